"""When pages go live and offline, the addresses they had, and what patients saw on any day."""
