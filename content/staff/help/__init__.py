"""The staff guide, and a page to practise on."""
