"""Is it right for me? Yes-or-no questions of a signed page, answered at once; no answer is stored."""
