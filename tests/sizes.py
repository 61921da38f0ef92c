"""How often a test tries: a little in `make test`, more in `make test-full`, as often as you like by the environment."""

import os

IS_FULL = os.environ.get("TIER") == "full"


def tries(few: int, many: int, variable: str = "") -> int:
    """As many as the environment's variable says, else few, or many in a full run."""
    return int(os.environ.get(variable, "") or (many if IS_FULL else few))
