"""The search: an index of published text in our own tables, the same on both databases, and queries on it."""
