"""Finished pages as files: their store, the WSGI app that serves them, the cache of a process, the id of the build."""
