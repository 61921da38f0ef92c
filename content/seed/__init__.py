"""The site's first content, as TOML files that a clinician can read, and their loader."""
