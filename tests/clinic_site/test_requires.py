"""What the machine must have."""

import pytest

from clinic_site.requires import unmet_requirement


@pytest.mark.parametrize(
    ("python", "sqlite", "sentence"),
    [
        ((3, 11, 0), (3, 37, 0), ""),
        ((3, 14, 2), (4, 0, 0), ""),
        ((3, 10, 12), (3, 40, 1), "This site needs Python 3.11 or newer; this machine has Python 3.10.12."),
        ((2, 7, 18), (3, 40, 1), "This site needs Python 3.11 or newer; this machine has Python 2.7.18."),
        ((3, 12, 1), (3, 36, 0), "This site needs SQLite 3.37 or newer; this machine has SQLite 3.36.0."),
    ],
)
def test_problem_says_what_is_too_old(python: tuple[int, ...], sqlite: tuple[int, ...], sentence: str) -> None:
    assert unmet_requirement(python, sqlite) == sentence
