"""The first content says one thing in all its pages, its drawings and its planner, and no more than its sources."""

import re
import tomllib
from typing import Any

import pytest

from content.blocks.drawings import DRAWINGS
from content.gallery.choices import BodyArea, SkinTone
from content.planner.plan import restrictions_after
from content.seed.loader import FOLDER
from tests.factories import DAY
from tests.planner.facts import FACTS

PAGES = {path.stem.partition("-")[2]: path.read_text() for path in sorted((FOLDER / "pages").glob("*.toml"))}
KEYS = re.compile(r'"(?:ABDOMEN|abdomen[a-z-]*)"')  # stored names, which nobody reads
ALL = KEYS.sub(
    "", "\n".join([*PAGES.values(), (FOLDER / "cases.toml").read_text(), *(one.alt for one in DRAWINGS.values())])
)


def blocks(page: str, kind: str) -> list[dict[str, Any]]:
    return [block for block in tomllib.loads(PAGES[page])["block"] if block["kind"] == kind]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (r"later is fine|you do not start again", "no source says so: a clinician may say longer"),
        (r"\babdom|\bnavel", "one name for an area, and the one that patients use"),
        (r"on every skin tone", "there are cases of each outcome and of each skin, not each of each"),
        (r"are photographs of people we treated", "there may be none"),
        (r"over the marks for a few minutes", "on each area: the whole takes 15 to 60 minutes"),
        (r"in the sun again", "out of the sun for two weeks first"),
        (r"(?<!very )pale skin|very pale skin", "very pale white skin, as in the gallery"),
        (r"patches appear, or stay", "dark skin looks darker in the first days, which is usual"),
    ],
)
def test_no_page_says_what_another_denies_or_no_source_holds(words: str, why: str) -> None:
    assert re.findall(words, ALL, re.IGNORECASE) == [], why


def test_areas_and_skins_have_the_names_of_the_gallery() -> None:
    assert BodyArea.ABDOMEN.label == "Belly"
    areas = {block["areas"][number][1] for block in blocks("treatment", "body_areas") for number in range(4)}
    assert areas <= set(BodyArea.labels)
    tones = next(block["alt"] for block in blocks("home", "picture"))
    assert ", ".join(label.lower() for label in SkinTone.labels[:-1]) in tones


@pytest.mark.parametrize("page", ["aftercare", "planner"])
def test_sun_waits_two_weeks_and_a_sunbed_for_the_end_of_the_course(page: str) -> None:
    rows = [row for block in blocks(page, "do_and_dont") for row in [*block["do_rows"], *block["dont_rows"]]]
    assert [row for row in rows if "sun" in row.replace("sunburn", "")] == [
        "keep the sun off the area for [[weeks-out-of-sun]], then use SPF 50",
        "sunbathe or use a sunbed for [[weeks-out-of-sun]]",
        "use a sunbed at all during your course",
    ]


def test_the_planner_names_no_day_for_a_sunbed() -> None:
    assert [what for what, _ in restrictions_after(DAY, FACTS) if "sunbed" in what] == []


def test_dark_skin_on_day_three_is_no_reason_to_call() -> None:
    (table,) = blocks("aftercare", "recovery_timeline")
    rows = {days: expected for days, expected, _ in table["stages"]}
    assert "Brown and black skin may still look darker, as is usual" in rows["Days 2 and 3"]
    (urgent,) = (card for card in blocks("aftercare", "care_card") if card["level"] == "URGENT")
    dark = [sign for sign in urgent["signs"] if "dark" in sign]
    assert all("after your own colour has come back" in sign or "at 7 days" in sign for sign in dark)
    for skin in ("white", "light brown", "medium brown", "dark brown", "black"):
        assert skin in urgent["advice"].lower()


def test_minutes_on_the_marks_are_said_for_each_area() -> None:
    said = re.findall(r"[^.:\"]*a few minutes[^.\"]*", PAGES["your-session"])
    assert len(said) >= 2
    assert all("on each area" in words for words in said)
