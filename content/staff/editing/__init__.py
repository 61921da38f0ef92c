"""Writing a page: its kind and slots, its draft and who holds it, new topics, versions, the bar above it."""
