"""The sentences above the list of cases: how many there are, the honest range, and what samples are."""

from content.gallery.facets import OutcomeRange
from content.gallery.results import PAGE_SIZE, Results

NOT_COUNTED = "They say nothing about results at this clinic."


def count_sentence(results: Results) -> str:
    """Return how many cases the reader sees, of how many."""
    if not results.total:
        return "There are no cases to show at the moment."
    if not results.count:
        return "No case matches all of these filters."
    total = _cases(results.total)
    matching = f"{results.count} of {total} {_match(results.count)}" if results.is_filtered else total
    if results.pages == 1:
        return f"{matching}."
    first = (results.page - 1) * PAGE_SIZE + 1
    last = first + len(results.case_ids) - 1
    return f"{matching}. Here are {first} to {last}."


def outcome_range_sentence(outcome_range: OutcomeRange) -> str:
    """Return how many of the consented cases are shown, and how many of each outcome are among them."""
    large, *others = (count for _, count in outcome_range.outcomes)
    names = zip(others, ("moderate", "small", "none"), strict=True)
    rest = ", ".join(f"{count} {name}" for count, name in names)
    are = "case is" if outcome_range.consented == 1 else "cases are"
    return (
        f"{outcome_range.shown} of {outcome_range.consented} consented {are} shown: {large} large "
        f"change{'' if large == 1 else 's'}, {rest}."
    )


def samples_sentence(count: int, outcome_range: OutcomeRange | None) -> str:
    """Return what the drawn cases are; "" if there are none."""
    if not count:
        return ""
    drawn = f"{count} sample case{'' if count == 1 else 's'}, drawn for this preview"
    if outcome_range is None:
        return f"{drawn}. {NOT_COUNTED}"
    return f"Not counted: {drawn}. {NOT_COUNTED}"


def _cases(count: int) -> str:
    return f"{count} case{'' if count == 1 else 's'}"


def _match(count: int) -> str:
    return "matches" if count == 1 else "match"
