"""What readers say of a page: was it clear, and what was missing. Nothing here tells who answered."""
