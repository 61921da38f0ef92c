"""Facts quoted in text."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from content.models import Treatment
from content.treatment.tokens import TOKENS, format_range, substitute, substitute_all, validate_tokens

FACTS = Treatment(
    treatment_minutes_min=15, treatment_minutes_max=60, numbing_minutes_min=30, numbing_minutes_max=60,
    weeks_between_min=4, weeks_between_max=6, usual_sessions_min=3, usual_sessions_max=6,
    days_to_settle_min=1, days_to_settle_max=7, weeks_before_judging=12,
)  # fmt: skip


def test_every_fact_is_words_with_its_unit() -> None:
    assert {name: words(FACTS) for name, words in TOKENS.items()} == {
        "treatment-minutes": "15 to 60 minutes",
        "numbing-minutes": "30 to 60 minutes",
        "visit-minutes": "45 to 120 minutes",
        "weeks-between-sessions": "4 to 6 weeks",
        "usual-sessions": "3 to 6 sessions",
        "days-to-settle": "1 to 7 days",
        "weeks-before-judging": "12 weeks",
        "hours-in-cotton": "48 hours",
        "hours-without-make-up": "48 hours",
        "hours-without-exercise": "72 hours",
        "days-without-scrubs": "7 days",
        "weeks-out-of-sun": "2 weeks",
    }


@pytest.mark.parametrize(
    ("least", "most", "words"), [(4, 6, "4 to 6 weeks"), (4, 4, "4 weeks"), (1, 1, "1 week"), (1, 2, "1 to 2 weeks")]
)
def test_in_words_says_a_range_as_people_do(least: int, most: int, words: str) -> None:
    assert format_range(least, most, "week", "weeks") == words


def test_substitute_leaves_the_rest_of_the_text_alone() -> None:
    assert (
        substitute("A [b] [[usual-sessions]], [[weeks-between-sessions]].", FACTS)
        == "A [b] 3 to 6 sessions, 4 to 6 weeks."
    )
    assert substitute_all([{"a": "[[usual-sessions]]", "b": 3}], FACTS) == [{"a": "3 to 6 sessions", "b": 3}]


def test_substitute_without_a_treatment_makes_no_number_up() -> None:
    assert substitute("Wait [[weeks-between-sessions]].", None) == "Wait as your clinician says."


@pytest.mark.parametrize(
    "text",
    [
        "[[weeks]]",
        "[[ weeks-between-sessions ]]",
        "[[Weeks-Between-Sessions]]",
        "[[weeks-b<strong>etween</strong>-sessions]]",
        "[<em>[</em>weeks-between-sessions]]",
        "[<em>[usual-sessions]</em>]",
        "[[weeks-between-sessions",
        "weeks-between-sessions]]",
        "[[[[usual-sessions]]]]",
        "&#91;&#91;usual-sessions&#93;&#93;",
        "&lbrack;[usual-sessions]]",
    ],
)
def test_validate_tokens_refuses_brackets_that_are_no_known_token(text: str) -> None:
    with pytest.raises(ValidationError, match=r"The facts are: \[\[treatment-minutes\]\], "):
        validate_tokens(text)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/[[usual-sessions]]/">x</a>',
        "<a href='https://e.org/?q=%5B%5Busual-sessions%5D%5D'>x</a>",
        "<a href=/&#91;&#91;usual-sessions>x</a>",
        '<a href="/%5b[usual-sessions]]">x</a>',
    ],
)
def test_validate_tokens_refuses_a_fact_in_an_address(text: str) -> None:
    with pytest.raises(ValidationError, match="inside an address"):
        validate_tokens(text)


@pytest.mark.parametrize(
    "text", ["", "[one] [two]", "a[0][1]", "<b>[[usual-sessions]]</b>", "[see [[usual-sessions]] there]"]
)
def test_validate_tokens_lets_other_brackets_be(text: str) -> None:
    validate_tokens(text)


@given(st.text(alphabet="[]ab<>/-&;#91 weks"))
def test_what_is_accepted_shows_no_double_bracket(text: str) -> None:
    try:
        validate_tokens(text)
    except ValidationError:
        return
    assert "[[" not in substitute(text, FACTS)


def test_a_slip_of_the_pen_is_named_with_what_was_meant() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_tokens("Wait [[weeks-betwen-sessions]].")
    assert refused.value.messages[0].startswith(
        "“[[weeks-betwen-sessions]]” is not the name of a fact. Did you mean [[weeks-between-sessions]]? The facts are: "
    )
