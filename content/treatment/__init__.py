"""A treatment's facts, each stored once, and what is reckoned from them."""
