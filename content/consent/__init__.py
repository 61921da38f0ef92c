"""Permission to show photographs: a reference code in place of a name, and the words that were signed."""
