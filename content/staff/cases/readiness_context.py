"""Where a case stands, as every page about it says above."""

from typing import Any

from django.utils import timezone

from content.gallery import readiness
from content.gallery.models import Case
from content.outcomes import cases as outcomes


def readiness_context(case: Case) -> dict[str, Any]:
    """Return the context of `staff/case_readiness.html`: the case's state, and what keeps it from being shown.

    `returned` is what the doctor said who sent it back as it is, or None.
    """
    on = timezone.localdate()
    return {
        "returned": outcomes.current_return(case),
        "state": readiness.state(case, on),
        "missing": readiness.missing_items(case, on),
        "may_it": readiness.showable_sentence(case, on, is_showable=case.is_showable(on)),
        "warning": readiness.expiry_warning(case, on),
    }
