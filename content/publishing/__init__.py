"""When pages go live and offline, their former URLs, the page cache, and the archive of what patients saw."""
