"""From a draft to a live page: checks, requests, signing, set times, taking offline, the archive."""
