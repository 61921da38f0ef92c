"""The checks of wording, pure."""
