"""The blocks of a new topic page, by slot: every text that somebody has to write begins with `PROMPT`."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from content.topics import PROMPT


class TopicKind(models.TextChoices):
    """What the page is for; it decides which blocks the draft begins with."""

    CARE = "CARE", "What to do: steps, days, do and do not"
    EXPLAIN = "EXPLAIN", "Explain something: facts, text, questions"


@dataclass(frozen=True)
class NewBlock:
    """A block to create: `plugin` is the class name of its plugin, `fields` what its form would hold."""

    slot: str
    plugin: str
    fields: dict[str, Any] = field(default_factory=dict)


def initial_blocks(kind: str) -> list[NewBlock]:
    """Return the blocks of a page of this kind, in the order in which patients read them."""
    body = _care() if kind == TopicKind.CARE else _explain()
    return [*body, *_help(), *_end()]


def _prompt(what: str) -> str:
    return f"{PROMPT} {what}"


def _care() -> list[NewBlock]:
    return [
        NewBlock(
            "topic_summary",
            "CalloutPlugin",
            {
                "title": "The most important thing",
                "text": _prompt("the one thing to remember, in two short sentences."),
            },
        ),
        NewBlock(
            "topic_body",
            "DoAndDontPlugin",
            {
                "heading": "What to do and what to leave alone",
                "do_rows": [{"text": _prompt("what to do, and for how long")}],
                "dont_rows": [{"text": _prompt("what to leave alone, without the words “do not”")}],
            },
        ),
        NewBlock(
            "topic_body",
            "RecoveryTimelinePlugin",
            {
                "heading": "Day by day",
                "stages": [
                    {
                        "when": _prompt("the day"),
                        "expect": _prompt("how it feels, then how it looks on white, brown and black skin."),
                        "care": _prompt("what to do on that day."),
                    }
                ],
            },
        ),
    ]


def _explain() -> list[NewBlock]:
    return [
        NewBlock(
            "topic_summary",
            "KeyFactsPlugin",
            {"facts": [{"value": _prompt("a number"), "meaning": _prompt("what the number is about")}]},
        ),
        NewBlock(
            "topic_body",
            "ProsePlugin",
            {
                "heading": "The short answer",
                "body": f"<p>{_prompt('the answer, as you would say it to a patient.')}</p>",
            },
        ),
        NewBlock(
            "topic_body",
            "ProsePlugin",
            {
                "heading": "What that means for you",
                "body": f"<p>{_prompt('what follows from it, one thing at a time.')}</p>",
            },
        ),
        NewBlock(
            "topic_body",
            "QuestionsPlugin",
            {
                "heading": "Questions",
                "questions": [
                    {
                        "question": _prompt("what patients ask, in their words"),
                        "answer": _prompt("the straight answer first."),
                    }
                ],
            },
        ),
    ]


def _help() -> list[NewBlock]:
    return [
        NewBlock(
            "topic_help",
            "CareCardPlugin",
            {
                "heading": "Call us the same day if:",
                "level": "URGENT",
                "signs": [{"text": _prompt("a sign that is not normal")}],
                "advice": _prompt("how the sign looks on brown and black skin."),
            },
        )
    ]


def _end() -> list[NewBlock]:
    return [
        NewBlock(
            "topic_sources",
            "SourcesPlugin",
            {
                "heading": "Sources",
                "sources": [{"text": _prompt("the study, how many people, and what it found"), "address": ""}],
            },
        ),
        NewBlock(
            "topic_closing",
            "ContactPlugin",
            {"heading": "Not sure? Call us", "text": "It is better to ask early than to wait and worry."},
        ),
    ]
