"""One search over all that a person may open: pages, cases, consents, people and help."""
