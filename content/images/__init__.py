"""From an upload to a `<picture>`: opened in a child process, made harmless, kept, and rendered in several sizes."""
