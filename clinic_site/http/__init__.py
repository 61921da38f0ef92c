"""What every request and response meets: headers, policy, origin check, proxies, logs, health."""
