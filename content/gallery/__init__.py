"""Before and after: cases, the one rule that says which may be shown, their pages, and how they are taken down."""
