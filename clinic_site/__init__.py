"""The project package: settings, URLs, page cache, HTTP middleware and static files. It knows nothing of medicine."""
