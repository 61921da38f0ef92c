"""Plans a course of sessions around days away: when each may fall, when to judge the result, a calendar file."""
