"""Tell whether a use of a claim's words promises nothing: it is denied, hedged, advised, asked for, or said of something else."""

import re

from content.wording.claim_kinds.words import Claim

from . import clauses, subjects
from .excuses import NOTHING_CAN, is_about_words, is_condition
from .negation import DENIED_INSIDE, is_denied

MAX_DISTANCE = 60  # characters each side that an idiom may reach
#: Kinds that a "not" between their words takes back: "the FDA has not approved".
DENY_THEMSELVES = frozenset({"FDA-approved", "approval by a regulator"})
#: What else the FDA approves: said of these, its approval is a fact that a reviewer can vouch for.
OTHER_PRODUCTS = re.compile(
    r"\b(?:isotretinoin|medicines?|drugs?|tablets?|lidocaine|creams?|sunscreens?|lasers?|botulinum|botox|fillers?|vaccines?|retinoids?|tretinoin"
    r"|acne|wrinkles|face|facial)\b"
)
#: Kinds that need no look at what else the clause is about.
ALWAYS = DENY_THEMSELVES | {"money back", "pressure to book", "before and after"}
OF_RANK = frozenset({"better than others", "best", "a testimonial", "a puff", "science that proves"})
OF_HARM = frozenset({"no harm", "no pain", "permanent", "safe"})
#: No advice needs these words, other than to deny them.
NO_ADVICE = frozenset(
    {
        "a testimonial",
        "painless",
        "pain-free",
        "cure",
        "guaranteed",
        "miracle",
        "risk-free",
        "clinically proven",
        "invisible",
        "amazing",
        "dramatic",
    }
)
#: In a caption or a report, what is left after some sessions.
STILL_THERE = re.compile(
    r"\b(?:not gone|still (?:there|visible|seen)|can still|paler|slightly|narrower|a little|less)\b"
)
LASTING = frozenset({"for ever", "permanent", "lifelong"})
#: What may last is a warning.
LASTING_HARM = re.compile(
    r"\b(?:dark\w* (?:patch\w*|spots?|marks?)|patch\w*|pigment\w*|scars?|scarring|lumps?|damage|pale spots?|numbness|colour change|change in colour|mark may|marks may)\b"
)
BOASTS_OF_NONE = frozenset({"better than others", "no harm", "no pain", "certain success", "a testimonial"})
#: Kinds that say that something bad is absent, which may also be asked for.
OF_LESS = frozenset({"no harm", "no pain", "risk-free", "pain-free"})
NO_BETTER = re.compile(r"\b(?:no|not) (?:better|safer|stronger|faster|gentler|more \w+) than (?!us\b|ours|our\b)")
NOT_FOR_EVER = re.compile(r"(?:\b(?:not|never|nor)|n't)\b.{0,30}\b(?:for ?ever|for good|for life|always|permanent\w*)$")
TURNS = re.compile(r"\b(?:neither|nor|rather than|instead of|not because)\b")
ABSENCE = re.compile(
    r"\b(?:no|not|never|nobody|none|nothing|without|neither|free (?:of|from)|devoid of|cannot)\b|n't\b|-free\b"
)
CAN_BE_HEDGED = frozenset(
    {
        "quick results",
        "certain success",
        "before and after",
        "a testimonial",
        "better than others",
        "for everybody",
        "safe",
    }
)
#: Kinds of which a study may report, if the sentence says how many people were in it.
MEASURED = frozenset(
    {
        "no harm",
        "better than others",
        "science that proves",
        "certain success",
        "safe",
        "a testimonial",
        "quick results",
        "for ever",
    }
)
PEOPLE = (
    r"(?:\d+|\w+teen|twenty|thirty|forty|small) (?:people|patients|women|adults|studies|articles|volunteers|trials?)"
)
STUDY_OF_PEOPLE = re.compile(
    rf"\b(?:trials?|study|studies|series|reviews?|meta-analysis|group)\b.*\b{PEOPLE}\b|\b{PEOPLE}\b.*\b(?:trials?|study|studies|series|reviews?|small)\b"
    r"|\b(?:small|one|a) (?:trial|study)\b|\b(?:\d+|\w+) of (?:the )?(?:\d+|fifteen|twenty|thirty|forty) (?:people|patients|women|adults)\b|\bthe authors\b"
)


def is_excused(claim: Claim, idioms: "re.Pattern[str] | None", sentence: str, use: "re.Match[str]") -> bool:
    return (
        (claim.word == "better than others" and bool(NO_BETTER.search(sentence)))
        or (claim.word == "approval by a regulator" and _is_for_something_else(sentence))
        or (claim.word in MEASURED and bool(STUDY_OF_PEOPLE.search(sentence)))
        or _is_idiom(idioms, sentence, use)
        or is_condition(sentence, use.start())
        or is_about_words(sentence, *use.span())
        or is_denied(sentence, *use.span(), denies_itself=claim.word in DENY_THEMSELVES)
        or (claim.word not in {"money back", "a testimonial"} and _is_taken_back(sentence, use))
        or _denies_twice(claim, use[0])
        or subjects.is_of_another_thing(claim.word, sentence, use.end())
        or (claim.word not in ALWAYS and _is_said_of_something_else(claim, sentence, use))
    )


def _denies_twice(claim: Claim, words: str) -> bool:
    """Whether the words of a claim turn it round themselves: "never free of pain", "neither quick nor certain"."""
    if TURNS.search(words) and claim.word not in OF_LESS:
        return True
    if claim.word == "for ever" and NOT_FOR_EVER.search(words):
        return True
    if claim.word == "quick results" and DENIED_INSIDE.search(words):
        return True
    return claim.word in OF_LESS and len(ABSENCE.findall(words)) > 1


def _is_taken_back(sentence: str, use: "re.Match[str]") -> bool:
    return clauses.is_denied_later(sentence, clauses.clause_at(sentence, use.start()), use.end())


def _is_for_something_else(sentence: str) -> bool:
    """Whether a sentence tells what else a regulator has approved: scars of acne, a medicine."""
    return bool(OTHER_PRODUCTS.search(sentence)) and not re.search(r"\bstretch|\bstriae|\bour\b|\bwe\b", sentence)


def _is_said_of_something_else(claim: Claim, sentence: str, use: "re.Match[str]") -> bool:
    """Whether the clause of this use advises, hedges, or isn't about what this clinic's treatment does."""
    clause = clauses.clause_at(sentence, use.start())
    return (
        (claim.word not in NO_ADVICE and clauses.is_advice(clause))
        or clauses.is_about_other_things(sentence, clause, of_rank=claim.word in OF_RANK, of_less=claim.word in OF_LESS)
        or clauses.is_about_another_choice(sentence, clause)
        or clauses.has_another_subject(clause, use.start())
        or clauses.is_maybe(sentence, clause, use.start())
        or (claim.word in OF_HARM and clauses.is_about_the_marks(clause))
        or (claim.word in OF_LESS and clauses.is_duty(sentence, clause, use.start()))
        or (claim.word in LASTING and clauses.is_hedged(clause) and bool(LASTING_HARM.search(clause.text)))
        or (claim.word not in BOASTS_OF_NONE and bool(NOTHING_CAN.search(sentence)))
        or (claim.word in CAN_BE_HEDGED and clauses.is_hedged(clause))
        or (claim.word == "quick results" and bool(STILL_THERE.search(sentence)))
    )


def _is_idiom(idioms: "re.Pattern[str] | None", sentence: str, use: "re.Match[str]") -> bool:
    """Whether an idiom overlaps this use from its start or to its end."""
    if idioms is None or use[0].startswith('"'):  # what a patient is quoted with
        return False
    start = max(0, use.start() - MAX_DISTANCE)
    near = sentence[start : use.end() + MAX_DISTANCE]
    return any(
        idiom.start() <= use.start() - start < idiom.end() or idiom.start() < use.end() - start <= idiom.end()
        for idiom in idioms.finditer(near)
    )
