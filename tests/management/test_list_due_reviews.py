"""`manage.py list_due_reviews`: what is due, and an exit status that a scheduler notices."""

import pytest
from django.core.management import call_command

from content.models import Reopened
from tests.factories import DAY, page_of_kind, signed
from tests.rendering import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_due_and_reopened_pages_are_listed_and_others_not(capsys: pytest.CaptureFixture[str]) -> None:
    due, again, fine = (page_of_kind("topic", title=name, slug=name.lower()) for name in ("Due", "Again", "Fine"))
    for content in (due, again, fine):
        publish(content)
    signed(due, due_on=DAY.replace(day=2))
    Reopened.objects.create(page=again.page, since=DAY, because="a fact")
    with pytest.raises(SystemExit) as ended:
        call_command("list_due_reviews")
    output = capsys.readouterr().out
    assert ended.value.code == 1
    assert "Review due since 2 March 2026: Due (/due/)" in output
    assert "Being reviewed again since 1 March 2026: " in output
    assert "/again/" in output
    assert "/fine/" not in output


def test_nothing_due_prints_a_sentence_and_exits_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("list_due_reviews")
    assert capsys.readouterr().out == "No review is due.\n"
