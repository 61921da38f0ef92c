"""The treatment's facts, the clinic's record, and readers' feedback."""
