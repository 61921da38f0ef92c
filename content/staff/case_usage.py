"""x"""


def pages_by_code() -> dict[str, list[str]]:
    """x"""
    return {}
