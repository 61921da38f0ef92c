"""What somebody typed into a form and has not saved yet, kept for them alone until they come back."""
