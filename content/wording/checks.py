"""All checks by name, and a function that runs them."""

from collections.abc import Callable, Mapping

from content.wording import claims, headings, links, numbers, pictures, plain_language, required_parts, waiting
from content.wording.findings import Finding, Level, PageText

CHECKS: Mapping[str, Callable[[PageText], list[Finding]]] = {
    "words that need a reason": claims.check,
    "numbers": numbers.check,
    "parts of the page": required_parts.check,
    "who should wait": waiting.check,
    "links": links.check,
    "headings": headings.check,
    "pictures": pictures.check,
    "plain language": plain_language.check,
}


def check(page: PageText) -> list[Finding]:
    """Return the findings of all checks, the blocking ones first."""
    return in_order([finding for run in CHECKS.values() for finding in run(page)])


def in_order(findings: list[Finding]) -> list[Finding]:
    """Return the findings with the blocking ones first, otherwise in the same order."""
    return sorted(findings, key=lambda finding: finding.level is not Level.BLOCKING)
