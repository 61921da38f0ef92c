"""Permission to show photographs, nothing else: a reference code in place of a name, and the words that were signed."""
