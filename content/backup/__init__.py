"""One file that holds database and photographs of one moment, and the way back from it."""
