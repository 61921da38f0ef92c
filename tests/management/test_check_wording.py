"""The command tells a person and a machine whether any page has something to mend."""

import pytest
from cms.models import PageContent
from django.core.management import CommandError, call_command

from content.reviews import gate
from tests import factories as f
from tests.factories import page_of_kind, slot_of
from tests.rendering import publish

pytestmark = pytest.mark.django_db


def test_first_content_has_only_hints(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_wording")
    *lines, last, outside = capsys.readouterr().out.splitlines()
    assert last == f"13 versions checked: 0 stop a page, {len(lines)} hints."
    assert all(line.startswith("hint: ") for line in lines)
    assert outside.endswith(" texts outside pages checked: 0 to correct.")


def test_draft_with_a_claim_is_named_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    draft = page_of_kind("clinic", title="Our promise")
    f.ProseFactory(placeholder=slot_of(draft, "clinic_body"), heading="Ours", body="<p>It is painless.</p>")
    with pytest.raises(SystemExit) as stopped:
        call_command("check_wording")
    assert stopped.value.code == 1
    out = capsys.readouterr().out
    assert "STOPS: Our promise (draft) · Text, “Ours”: text · “painless” promises" in out
    assert "14 versions checked: 1 stop a page" in out


def test_one_page_is_checked_by_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    draft = page_of_kind("clinic", title="Our promise", slug="our-promise")
    f.ProseFactory(placeholder=slot_of(draft, "clinic_body"), body="<p>It is painless.</p>")
    with gate.seeding():  # as a page that went live before there was this check
        publish(draft)
    draft.versions.get().copy(f.author())
    with pytest.raises(SystemExit):
        call_command("check_wording", "--page", "/our-promise/")
    out = capsys.readouterr().out
    assert "(live)" in out
    assert "(draft)" in out
    assert "2 versions checked: 2 stop a page" in out
    for path in ("/contact/", "contact", "/"):
        call_command("check_wording", "--page", path)
        assert "1 versions checked: 0 stop" in capsys.readouterr().out, path


def test_unknown_address_is_an_error(db: None) -> None:
    with pytest.raises(CommandError, match="No page is at “/nowhere/”"):
        call_command("check_wording", "--page", "/nowhere/")


def test_old_versions_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    draft = page_of_kind("clinic", title="Once")
    block = f.ProseFactory(placeholder=slot_of(draft, "clinic_body"), body="<p>It is painless.</p>")
    with gate.seeding():  # as a page that went live before there was this check
        publish(draft)
    new = draft.versions.get().copy(f.author()).content
    type(block).objects.filter(placeholder__object_id=new.pk).exclude(pk=block.pk).update(body="<p>It may hurt.</p>")
    publish(PageContent.admin_manager.get(pk=new.pk))
    call_command("check_wording")
    assert "Once (" not in capsys.readouterr().out.replace("hint", "")
