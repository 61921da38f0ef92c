"""The wiring of the site: settings, addresses and response headers. It knows nothing of medicine."""
