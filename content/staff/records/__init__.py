"""The treatment's facts, the clinic's record, and what readers said."""
