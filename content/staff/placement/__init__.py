"""Where a page is found: its title, its address and its place in the menu."""
