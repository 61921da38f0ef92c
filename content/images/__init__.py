"""From an upload to a `<picture>`: decoded in a child process, stripped of metadata, stored, and rendered in sizes."""
