"""Words that need a reason before a page goes live, because they promise what nobody can keep.

The list follows the NHS content guide and the advertising rules for cosmetic procedures: a word may stand where it is
denied, asked or an everyday idiom; else a reviewer says why it may, or it is written another way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from content.wording.text import all_text, fold, parse

from .negation import is_denied
from .passages import Finding, Kind, Level, PageText, Passage

MAX_DISTANCE = 60  # characters each side that an idiom may reach
CODE = "needs-reason"
QUESTION = re.compile(
    r"^\W*(?:is|are|does|do|can|could|will|would|should|has|have|how|what if)\b"
    r"(?! (?:you|we) (?:want|wish|like|look|looking|ready|dream|long|know)\b).*\?\W*$"
)
AFFIRMATION = re.compile(
    r"^\W*(?:(?:yes|yeah|absolutely|of course|certainly|sure|definitely|totally|completely|indeed)\b"
    r"|(?:it|you|they|we|this) (?:is|are|can|does|do|will)\W*$)"
)


@dataclass(frozen=True)
class Claim:
    """A word with its inflections; `idioms` are uses that promise nothing, matched around it."""

    word: str
    forms: str
    suggestion: str
    idioms: tuple[str, ...] = ()

    @property
    def pattern(self) -> "re.Pattern[str]":
        """Its forms as whole words."""
        return re.compile(rf"\b(?:{self.forms})\b")

    @property
    def idiom_pattern(self) -> "re.Pattern[str] | None":
        """Its idioms."""
        return re.compile("|".join(self.idioms)) if self.idioms else None


SUGGEST_LESS = "Write “can make them less noticeable; no treatment removes them”."
SUGGEST_EVIDENCE = "Say what is known instead: how many people, in which study, and what happened to them."
#: Things that are taken off or away without anyone promising smooth skin.
REMOVABLE_ITEMS = (
    r"(?:make-?up|cream|gel|lotion|deodorant|jewell?ery|piercings?|rings?|clothes|clothing|bra|belt|dressings?|hair|needles?"
    r"|tips?|stitches|plasters?|film|wrap|photo(?:graph)?s?|pictures?|images?|pages?|records?|data|details|name|dirt|oil|sweat|scabs?|consent|permission)"
)
CARE = "wash|pat|rinse|dry|clean|dab|press|massage|apply|smooth|rub|put|touch"
OTHER_WORDS = r"(?:(?!(?:stretch|marks?|scars?|and)\b)\w+ ){0,3}"
CLAIMS = (
    Claim(
        "painless",
        r"pain-?less(?:ly|ness)?|pain less(?= (?:treatment|procedure|session|method|option|way|results?)\b)",
        "Write “often uncomfortable; numbing cream helps”.",
    ),
    Claim(
        "pain-free",
        r"pain ?-? ?free|free (?:of|from) (?:any |all )?pain|without (?:any )?pain|zero pain",
        "Write “often uncomfortable; numbing cream helps”.",
    ),
    Claim("cure", r"cure[sd]?|curing|curable|curative", SUGGEST_LESS),
    Claim(
        "remove",
        r"remov(?:e[sd]?|ing|als?|able|ers?)",
        SUGGEST_LESS,
        (
            rf"remov(?:e[sd]?|ing) {OTHER_WORDS}{REMOVABLE_ITEMS}\b",
            rf"\b{REMOVABLE_ITEMS}(?: \w+){{0,3}} (?:is|are|be|been) remov",
            r"(?:hair|tattoo|mole|make-?up|wax|stitch) remov",
            r"remov\w+ (?:it|them) from (?:the|our|this) (?:website|site|page)\b",
        ),
    ),
    Claim(
        "get rid of",
        r"(?:get|gets|got|gotten|getting|be|been) rid of|rids? (?:you|your skin) of|say goodbye to",
        SUGGEST_LESS,
    ),
    Claim(
        "erase",
        r"eras(?:e[sd]?|ing|ures?|ers?)",
        SUGGEST_LESS,
        (rf"eras\w+ {OTHER_WORDS}{REMOVABLE_ITEMS}\b",),
    ),
    Claim("invisible", r"invisible|invisibly", SUGGEST_LESS),
    Claim(
        "permanent",
        r"permanent(?:ly)?|permanence",
        "Say how long it was followed: “still there 3 months after the last session, in a study of 15 people”.",
        (
            # A risk that stays is a warning, and make-up and tattoos are called so.
            r"permanent(?:ly)? (?:scar|harm|damage|dark|pale|mark|loss|change in colour|make-?up|tattoo|injur)\w*",
            r"(?:scar|harm|damage|patch|loss|injur)\w*(?: \w+){0,2} (?:is|are|be|become) permanent",
            r"semi-permanent",
        ),
    ),
    Claim(
        "guaranteed",
        r"guarant(?:ee[sd]?|eeing|y)",
        "Say the range: some people see a clear change, some see little or none.",
    ),
    Claim("clinically proven", r"(?:clinically|scientifically|medically)[ -](?:proven|proved)", SUGGEST_EVIDENCE),
    Claim("proven", r"prov(?:en|es?|ed|ing|ably)", SUGGEST_EVIDENCE),
    Claim(
        "safe",
        r"safe(?:r|st|ly|ty)?",
        "Name the risks and who should wait, in place of the word.",
        (
            # A notice about safety, a thing kept, a question that the patient or the clinician still asks.
            r"safety (?:notices?|advice|advisory|warnings?|alerts?|communications?|information|data|records?|checks?)",
            r"\babout (?:\w+ )?safety|(?:efficacy|effectiveness|patient) (?:and )?safety",
            r"safety (?:and (?:efficacy|effectiveness)|of\b)",
            r"(?:keep|keeps|kept|keeping|stay|feel)(?: \w+){0,4} safe(?:ly)?\b|in a safe place|safely (?:stored|home)",
            r"(?:if|whether|ask|check|make sure)(?: \w+){0,3} (?:is|are|be) safe\b",
        ),
    ),
    Claim(
        "gentle",
        r"gentl(?:e|er|est|y|eness)|gentleness",
        "Say how it feels: scratching or buzzing, warm and tight afterwards.",
        (
            # What the patient does to their own skin.
            rf"(?:{CARE})\w*(?: [\w-]+){{0,6}} gently|gently (?:{CARE})",
            r"gentle,?(?: \w+){0,2} (?:soap|cleanser|wash|moisturiser|massage|touch|exercise|walk)",
        ),
    ),
    Claim(
        "quick",
        r"quick(?:er|est|ly|ness)?",
        "Say how long it takes by the name of the fact: [[treatment-minutes]].",
        (
            # A danger that grows, or help that must come.
            r"(?:spread|worse|worsen|swell|grow|help|act|call|tell|come|go|reach|see|rule out)\w*(?: \w+){0,5} quickly",
            r"quickly (?:get|gets|getting|spread|spreads|spreading|worse|tell|call)",
            r"(?:as|how|too) quickly|quick (?:questions?|guide|links?|summary)",
        ),
    ),
    Claim(
        "instant",
        r"instant(?:ly|aneous|aneously)?",
        "Say when change is seen: [[weeks-before-judging]] after the last session.",
    ),
    Claim(
        "perfect",
        r"perfect(?:ly|ion|ed|ing|s)?",
        "Say what may change: flatter, smoother, closer to the colour around.",
    ),
    Claim("ideal", r"ideal(?:ly|s)?", "Say for whom, and who should wait.", (r"^\W*ideally, ",)),
    Claim("amazing", r"amaz(?:ing|ingly|e[sd]?|ement)", "Leave it out, and say what was seen."),
    Claim("dramatic", r"dramatic(?:ally)?", "Leave it out, and say what was seen."),
    Claim(
        "best",
        r"best",
        "Say what it was compared with, and in which study.",
        (
            r"at best\b",
            r"\bbest (?:not )?to\b|\bbest if\b|\bbest (?:way|time) to (?:call|reach|contact|ask|come)",
            r"\b(?:do|does|did|doing|try|tries|tried|at) (?:my|your|our|their) best\b",
            r"\b(?:what|which|how)(?: \w+){0,3} best\b|\bbest suits you\b",
            r"best (?:wishes|before|interests?)|best (?:available )?evidence",
        ),
    ),
    Claim("miracle", r"miracles?|miraculous(?:ly)?", "Leave it out, and say what was seen."),
    Claim(
        "FDA-approved",
        r"(?:fda|food and drug administration)\b[^.;]{0,40}\bapprov(?:ed|es|al|e)"
        r"|approv(?:ed|es|al|e)\b[^.;]{0,40}\b(?:fda|food and drug administration)",
        "Write “the FDA has authorised some devices for …; stretch marks are not on that list”.",
    ),
    Claim(
        "risk-free",
        r"risk ?-? ?free|(?:free (?:of|from)|without|zero|no) (?:any |all )?risks?(?! factors?\b)",
        "Name the risks.",
    ),
)
PATTERNS = tuple((claim, claim.pattern, claim.idiom_pattern) for claim in CLAIMS)

REDNESS = re.compile(r"\bredness\b|\breddening\b")
ON_DARK_SKIN = re.compile(
    r"\b(?:brown|black|dark|darker|deeper)\b[^.\n]{0,60}\bskin\b|\bskin\b[^.\n]{0,60}\b(?:brown|black)\b"
)
HOW_IT_LOOKS = re.compile(
    r"\b(?:darker|purple|grey|greyish|red-brown|brownish|harder to see|hard to see|less easy to see)\b"
)
VARY = re.compile(r"\bresults? (?:\w+ ){0,3}?(?:vary|varies|varied|differ|differs)\b")
HOW_THEY_VARY = re.compile(
    r"\b(?:some|a few|many|most|others)\b[^.\n]{0,60}\b(?:change|results?|little|none|no|clear|see|saw|better)\b"
    r"|\b\d+ (?:of|out of|in) (?:the |every )?\d+|\bin \d+ of\b|\b(?:excellent|marked|moderate|minimal)\b"
    r"|\bfrom\b.{1,30}\bto (?:none|nothing)\b"
)


def check(page: PageText) -> list[Finding]:
    """Every use of the words that promises something, once for each word and sentence of a passage."""
    found: list[Finding] = []
    blocks: dict[int, list[Passage]] = {}
    for passage in page.passages:
        blocks.setdefault(id(passage.block), []).append(passage)
    around = {key: all_text(passages) for key, passages in blocks.items()}
    for passage in page.passages:
        if passage.kind is not Kind.ADDRESS:
            found += _in_passage(passage, around[id(passage.block)])
    return found


def _in_passage(passage: Passage, block: str) -> Iterator[Finding]:
    said = [sentence for paragraph in parse(passage).paragraphs for sentence in paragraph.sentences]
    small = [fold(sentence) for sentence in said]
    for number, sentence in enumerate(said):
        answer = small[number + 1] if number + 1 < len(small) else ""
        for claim in claims_in(small[number], answer):
            yield _finding(
                passage, claim.word, sentence, f"“{claim.word}” promises more than anyone can keep.", claim.suggestion
            )
        if REDNESS.search(small[number]) and not (ON_DARK_SKIN.search(block) and HOW_IT_LOOKS.search(block)):
            yield _finding(
                passage,
                "redness",
                sentence,
                "“Redness” speaks of pale skin only.",
                "Write “skin may look red, or darker on brown and black skin, and feels warm and tight”.",
            )
        if VARY.search(small[number]) and not HOW_THEY_VARY.search(block):
            yield _finding(
                passage,
                "results vary",
                sentence,
                "“Results vary” says nothing by itself.",
                "Say how they vary: “some people see a clear change, some see little or none”.",
            )


def claims_in(sentence: str, answer: str = "") -> list[Claim]:
    """The claims that this sentence (folded) makes; `answer`, the sentence after it, may agree to a question."""
    if QUESTION.match(sentence) and not AFFIRMATION.match(answer):
        return []
    taken: list[tuple[int, int]] = []
    made = []
    for claim, pattern, allowed in PATTERNS:
        for use in pattern.finditer(sentence):
            if any(start < use.end() and use.start() < end for start, end in taken):
                continue  # "clinically proven" is one claim, not two
            if not _is_idiom(allowed, sentence, use) and not is_denied(sentence, *use.span()):
                taken.append(use.span())
                made.append(claim)
                break
    return made


def _is_idiom(allowed: "re.Pattern[str] | None", sentence: str, use: "re.Match[str]") -> bool:
    """Whether an idiom covers this use."""
    if allowed is None:
        return False
    start = max(0, use.start() - MAX_DISTANCE)
    near = sentence[start : use.end() + MAX_DISTANCE]
    return any(
        one.start() <= use.start() - start < one.end() or one.start() < use.end() - start <= one.end()
        for one in allowed.finditer(near)
    )


def _finding(passage: Passage, word: str, sentence: str, wrong: str, offer: str) -> Finding:
    return Finding(Level.BLOCKING, CODE, passage.block, passage.place, wrong, offer, sentence, word)


def is_same_sentence(one: str, other: str) -> bool:
    """Whether two sentences are the same in normal form, however they were typed."""
    return fold(one) == fold(other)
