"""The course of sessions, drawn from the facts."""

import pytest
from django.test import Client

from content.models import SessionSpacing, Treatment
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import SessionSpacingFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_session_spacing_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(SessionSpacingFactory(), sessions=6)


def test_session_spacing_reckons_every_window_from_the_facts() -> None:
    Treatment.objects.update(weeks_between_min=3, weeks_between_max=5)
    weeks = [text_of(session.find("span")) for session in shown(SessionSpacingFactory(sessions=3)).iter("li")]
    assert weeks == [
        "Session 1 Week 0 Your first visit",
        "Session 2 Weeks 3 to 5 3 to 5 weeks after session 1",
        "Session 3 Weeks 6 to 10 3 to 5 weeks after session 2",
    ]


@pytest.mark.parametrize("sessions", ["1", "9", "99", "-3"])
def test_session_spacing_draws_two_to_eight_sessions(staff: Client, sessions: str) -> None:
    values = {"heading": "A course of sessions", "sessions": sessions}
    assert refused(staff, SessionSpacing, values) == ["Draw a course of 2 to 8 sessions."]
