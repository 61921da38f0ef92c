"""The clinic's own pictures (rooms, equipment, people who work here), where they came from, and taking them down."""
