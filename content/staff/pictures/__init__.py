"""The library of the clinic's pictures as staff see it, and the portraits of clinicians."""
