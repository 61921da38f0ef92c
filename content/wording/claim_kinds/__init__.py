"""The kinds of claims that the checks look for, as words, phrases and boasts, and in other languages."""
