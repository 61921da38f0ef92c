"""Writing a page: its kind and slots, its draft and lock, new topics, versions, the bar above it."""
