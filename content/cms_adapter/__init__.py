"""The adapter to django CMS and versioning: the only package that reaches into their internals."""
