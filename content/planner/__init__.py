"""Plan a course of sessions around a life: windows, days away, the day to judge, and a file for the calendar."""
