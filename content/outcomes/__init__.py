"""What became of requests: live, sent back with words, changed, thrown away, for those who asked."""
