"""Numbers in sentences, with their units, and the facts that they are about."""
