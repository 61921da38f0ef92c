"""What to do and what not to do."""

import pytest
from django.test import Client

from content.models import DoAndDont
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import DoAndDontFactory, page_for
from tests.rendering import add_form, filled_in, shown, text_of, unescaped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]


def test_do_and_dont_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(DoAndDontFactory(), dont_rows=[{"text": "swim for 72 hours"}])


def test_do_and_dont_lists_dos_first_and_begins_every_other_row_with_do_not() -> None:
    lists = [[text_of(row) for row in rows.iter("li")] for rows in shown(DoAndDontFactory()).iter("ul")]
    assert lists == [
        ["wear loose cotton", "keep the area clean"],
        ["do not pick the area", "do not sunbathe for 2 weeks"],
    ]


@pytest.mark.parametrize("said", ["do not", "Don’t", "never", "avoid", "DO NOT"])
def test_do_and_dont_refuses_a_row_that_would_say_not_twice(staff: Client, said: str) -> None:
    values = {"do_rows": [{"text": "wear loose cotton"}], "dont_rows": [{"text": f"{said} pick the area"}]}
    assert refused(staff, DoAndDont, values) == [
        f"Row 1: leave out “{said}”; the page begins every row of this list with “do not”."
    ]


def test_do_and_dont_warns_of_a_list_over_seven_rows_but_saves_it(staff: Client) -> None:
    rows = [{"text": f"instruction number {number}"} for number in range(8)]
    values = {"do_rows": rows, "dont_rows": [{"text": "pick the area"}]}
    placeholder = page_for(DoAndDont)
    response = add_form(staff, placeholder, DoAndDont, filled_in(values))
    assert "“Do” has 8 rows. Readers take in up to 7: can it be shortened or split in two?" in unescaped(response)
    assert DoAndDont.objects.get(placeholder=placeholder).do_rows == rows
