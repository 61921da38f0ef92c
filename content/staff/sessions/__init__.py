"""How long a sign-in lasts, and what becomes of a form that is sent after it has ended: nothing typed is lost."""
