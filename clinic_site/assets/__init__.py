"""Static files: how they are built, and which parts of the stylesheet a page carries."""
