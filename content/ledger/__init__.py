"""What happened, for good: one writer, a database that refuses all else, and a chain of hashes that shows the rest."""
