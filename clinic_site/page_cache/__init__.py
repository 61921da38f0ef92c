"""The page cache: finished responses as files, the WSGI app that serves them, the process cache and the build id."""
