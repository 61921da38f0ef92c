"""The search: an index of published words in our own tables, alike on both databases, and what is found in it."""
