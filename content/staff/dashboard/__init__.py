"""Where staff begin: the start page, what waits for whom, the list of pages, the next step of a page."""
