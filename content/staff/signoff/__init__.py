"""From a draft to a live page: checks, asking, signing, set times, taking offline, the archive."""
