"""A treatment's facts, each stored once, the tokens that quote them and the arithmetic of its course."""
