"""Static files: how they are built, and which part of the stylesheet a page carries."""
