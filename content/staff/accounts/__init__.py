"""Who may sign in and what they may do: roles, access, sign-in, second factor, lockout, links, people."""
