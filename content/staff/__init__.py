"""What staff may do with pages beyond what the CMS settles: a page keeps to its kind, a block to its slots."""
