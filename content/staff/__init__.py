"""What staff may do with pages, beyond what the CMS settles: so far, that a page keeps to its kind."""
