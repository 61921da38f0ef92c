"""The next step of a version for one person: what the large button says, and why it is disabled."""

from dataclasses import dataclass
from typing import Any

from cms.models import PageContent
from django.urls import reverse

from content.reviews import gate, rules, states
from content.reviews.models import Request
from content.reviews.states import State


@dataclass(frozen=True)
class NextStep:
    """A button; with an empty `url` it is disabled, and `disabled_reason` says why in a sentence."""

    label: str
    url: str = ""
    disabled_reason: str = ""


def for_version(content: PageContent, user: Any, state: State | None = None) -> NextStep | None:
    """Return the next step of a draft, or None for a live or old version; `state` spares the queries for it."""
    state = state or states.state_of(content)
    if state in {State.LIVE, State.OLD}:
        return None
    if rules.may_publish(user, content):
        return _sign_or_publish(content, state)
    if state == State.SIGNED:
        return NextStep("Publish", disabled_reason=gate.who_may_publish(content))
    who = "the doctor" if rules.needs_signature(content) else "a nurse"
    if state in {State.DOCTOR, State.NURSE}:
        request = Request.objects.get(content=content)
        return NextStep(
            f"Asked {who}", disabled_reason=f"{request.asked_by} has asked {who}. {gate.who_may_publish(content)}"
        )
    return NextStep(f"Ask {who}", reverse("page_ask", args=[content.pk]))


def _sign_or_publish(content: PageContent, state: State) -> NextStep:
    address = reverse("page_sign", args=[content.pk])
    if state == State.SIGNED:
        return NextStep("Publish", address)
    return NextStep("Read and sign" if rules.needs_signature(content) else "Read and publish", address)
