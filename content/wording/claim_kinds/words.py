"""The words that need a reason, each with its inflections, harmless idioms and what to write instead.

After the NHS content guide and the advertising rules for cosmetic procedures.
"""

from dataclasses import dataclass
from re import Pattern

from content.wording.screen import alternatives, compiled


@dataclass(frozen=True)
class Claim:
    """A word and its inflections, or a kind of promise, as a pattern; `idioms` are patterns of uses that promise nothing.

    `problem` says in a sentence what is wrong with it, if that isn't just the word.
    """

    word: str
    forms: str
    suggestion: str
    idioms: tuple[str, ...] = ()
    problem: str = ""

    @property
    def phrases(self) -> list[str]:
        """A pattern of each of its forms as whole words."""
        return [rf"(?<!\w)(?:{form})(?!\w)" for form in alternatives(self.forms)]

    @property
    def idiom_pattern(self) -> "Pattern[str] | None":
        """A pattern of its idioms, or None."""
        return compiled("|".join(self.idioms)) if self.idioms else None


SUGGEST_LESS = "Write “can make them less noticeable; no treatment removes them”."
SUGGEST_EVIDENCE = "Say what is known instead: how many people, in which study, and what happened to them."
#: Things that can be removed without promising smooth skin.
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
    Claim(
        "cure",
        r"cure[sd]?|curing|curable|curative",
        SUGGEST_LESS,
        (
            r"\b(?:syndrome|disease|infection|illness|condition|cancer|cause)s?\b[^.;]{0,40}cured?\b|manicure|obscure|secure",
        ),
    ),
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
            r"semi-permanent|\b(?:marks|scars|striae) (?:\w+ )?(?:are|is|can be|may be|stay) permanent\b",
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
        r"safe(?:r|st|ly)?|safety(?= (?:is|are) (?:\w+ )*(?:certain|assured|guaranteed|total|complete))|(?:complete|total|guaranteed|absolute|utmost|maximum) safety",
        "Name the risks and who should wait, in place of the word.",
        (
            # A notice about safety, a thing stored, a question that the patient or the clinician still asks.
            r"safety (?:notices?|advice|advisory|warnings?|alerts?|communications?|information|data|records?|checks?|rules?|standards?"
            r"|laws?|questions?|reports?|tests?|reasons?|concerns?|glasses|goggles|pins?|box|needs?|net|training|problems?)",
            r"(?:in|on|to|for|with|from|of) (?:\w+ ){0,2}safety\b|patch safety|for your (?:own )?safety",
            r"safe to (?:wash|shower|bathe|touch|eat|drink|use soap)|(?:stored|kept|locked|held|disposed of|thrown away|sent|saved) (?:\w+ )?safely",
            r"safe(?:r|st)? (?:place|time|distance|hands|side|way (?:to )?(?:get|ask|store|travel|dispose|come|go)|storage|access|bin|entrance)",
            # A comparison that is hedged, or a time from which something is allowed.
            r"(?:may|might|could|seems?)(?: to)? be (?:\w+ )?safer?\b|(?:safe|safer|safest) to (?:wait|ask|stop|call|leave|cover|drive|say|assume)",
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
            r"lasers? (?:is|are|was) (?:\w+ )?quicker|(?:as|how|too) quickly|quick (?:questions?|guide|links?|summary)",
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
        (r"perfectly (?:normal|fine|all right|ok|okay|understandable|possible|legal|natural to|common)\b",),
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
            r"best (?:results?|outcomes?|changes?)(?: \w+){0,2} (?:study|trial)",
            r"best (?:wishes|before|interests?)|best (?:available |known )?(?:evidence|stud(?:y|ies)|trials?|guess|estimate)|best-?(?:studied|researched|documented)",
            r"\bbest (?:place|time|person|day|moment|number|hours?|route) (?:to|for|is)\b|best (?:friend|man|kept dry)|second best|the best (?:we|you|anyone) can\b",
            r"\bbest (?:option|choice|answer|thing|advice)(?: \w+){0,3} (?:may|might|depends|can be|is (?:often|sometimes|to (?:ask|call|wait|leave)))",
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
