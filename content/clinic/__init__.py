"""The clinic and the people whose names patients read: one record of each fact, edited in the admin."""
