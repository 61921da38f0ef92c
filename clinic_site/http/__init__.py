"""What every request and response meets: headers, CSP, origin check, proxies, logs, health."""
