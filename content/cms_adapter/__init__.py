"""What this site takes over of django CMS and versioning: the only room that reaches into their internals."""
