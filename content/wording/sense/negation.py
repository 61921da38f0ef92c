"""Tell whether a claim is denied in its sentence: "no treatment removes them" promises nothing."""

import re

NEAR_BEFORE, NEAR_AFTER = 160, 80  # characters looked at; a bound keeps long texts quick

BOUNDARY = re.compile(
    r"[;:()]|,|\s-\s|\b(?:(?<!anything )but|and|so|while|yet(?! to)|because|although|though|whereas|just|instead(?! of))\b",
    re.IGNORECASE,
)
NEGATOR = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nothing|nobody|no one|cannot|without|rarely|seldom|hardly|scarcely|few|anything but|by no means|in no way|yet to|far from|unlikely|rather than"
    r"|instead of|whether|wary of|beware of|claim(?:s|ed|ing)? (?:to|that)|cant|dont|wont|doesnt|isnt|arent)\b|n't\b"
)
#: Words that look like a denial and are none.
NO_DENIAL = re.compile(
    r"\b(?:not (?:only|just|merely|to mention)|why not|no (?:other|doubt|wonder|question|problem|reason|secret)"
    r"|(?:don't|do not) (?:miss|wait|worry|hesitate)|(?:won't|will not|can't|cannot) (?:believe|beat|wait)|nothing but"
    r"|(?:not|n't|never) be disappointed|nothing (?:beats|compares|comes close)|(?:nothing|nobody|no one) else"
    r"|(?:not|n't|never) (?:regret|find|look|forget|mind)"
    r"|(?:needs?|have|has) no [\w ]{1,30} to|(?:n't|not) need (?:any |a |an )?\w[\w ]{0,30} to(?= ?$))"
)
#: After the claim: "a cure does not exist", "permanent results are not promised".
DENIED_AFTER = re.compile(
    r"^[\w' ]{0,30}?\b(?:(?:is|are|was|were|remains?) (?:\w+ )?(?:rare|unusual|unlikely|uncommon|unrealistic|impossible|out of reach)|(?:is|are|was|were|does|do|has|have|can|will)(?: not|n't|not| never)(?: yet)?(?: been)?(?: be)? ?"
    r"(?:possible|promised|(?:the|our|an) aim|a promise|realistic|likely|available|known|exist|expected|given|found"
    r"|offered|guaranteed|something (?:we|anyone)|what we|true))\b"
)
DENIED_INSIDE = re.compile(r"\b(?:not|never)\b|n't\b")  # "the FDA has not approved"
NOBODY_CAN = re.compile(
    r"^\W*(?:no|neither|none|nobody)\b[^,;]{1,40},[^,;]{1,40},\s*(?:can|will|could|would|has|have|is|are|does|do)\b[^,;]*$"
)
LIST_GOES_ON = re.compile(r"(?:,[\w ]{1,30}){0,3},? (?:or|nor)\b")  # "not painless, safe or permanent"
COMPARATIVE = re.compile(r"^(?:safer|quicker|gentler)$")
VERB = re.compile(r"^(?:removes|cures|erases|guarantees|proves|perfects|gets rid of)$")
BASE_VERB = re.compile(r"^(?:remove|cure|erase|guarantee|prove|perfect|get rid of)$")
SUBJECT = re.compile(r"\b(?:we|it|this|they|you|our|your)\b")
CONDITION = re.compile(r"^\W*(?:if|when|once|after|before|as)\b")


def is_denied(sentence: str, start: int, end: int, *, denies_itself: bool = False) -> bool:
    """Whether the claim from `start` to `end` of a folded sentence is denied in its own clause.

    `denies_itself` says that a "not" inside the claim takes it back, as in "the FDA has not approved".
    """
    claim, after = sentence[start:end], sentence[end : end + NEAR_AFTER]
    before = sentence[max(0, start - NEAR_BEFORE) : start]
    if DENIED_AFTER.search(after) or (denies_itself and DENIED_INSIDE.search(claim)) or before.endswith("non-"):
        return True
    if NOBODY_CAN.search(before):  # "no device, ours included, can erase"
        return True
    if re.search(r"(?:\bnot|\bnever|n't),[^,]{0,40}, ?(?:an? )?$", before):  # "is not, on its own, a cure"
        return True
    clause = NO_DENIAL.sub(" ", _clause(before, claim, after))
    negators = list(NEGATOR.finditer(clause))
    return bool(negators) and _governs(clause, negators[-1], claim, after)


def _clause(before: str, claim: str, after: str) -> str:
    """Return what stands before the claim in its clause; a list that begins with "no" is one clause despite commas."""
    marks = [
        mark
        for mark in BOUNDARY.finditer(before)
        if mark[0].lower() != "and" or not _continues_denial(before, mark, claim)
    ]
    if not marks:
        return before
    clause = before[marks[-1].end() :]
    is_in_list = re.search(r"\b(?:or|nor)\b", clause) or (not clause.strip() and LIST_GOES_ON.match(after))
    if marks[-1][0] == "," and is_in_list:
        while marks and marks[-1][0] == ",":
            marks.pop()
        clause = before[marks[-1].end() if marks else 0 :]
    return clause


def _continues_denial(before: str, mark: "re.Match[str]", claim: str) -> bool:
    """Whether this "and" only joins a second verb to a denied one: "can't flatten and remove"."""
    return not before[mark.end() :].strip() and bool(BASE_VERB.match(claim))


def _governs(clause: str, negator: "re.Match[str]", claim: str, after: str) -> bool:
    """Whether the denial reaches the claim."""
    between = clause[negator.end() :]
    if CONDITION.match(clause) and SUBJECT.search(between):
        return False
    if negator[0] == "without" or clause[: negator.end()].endswith("with no"):
        return len(between.split()) <= 2 and not VERB.match(claim) and not SUBJECT.search(between)
    if COMPARATIVE.match(claim) and negator[0] in {"no", "never", "nothing", "none", "nobody", "no one"}:
        # "Nothing is safer" boasts; "no safer than laser" doesn't.
        return negator[0] == "no" and not between.strip() and after.startswith(" than")
    return True
