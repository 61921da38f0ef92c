"""Tell whether a word that often promises is said of a thing that no patient is promised: an ideal spot for bicycles."""

import re

#: Adjectives, which promise if they stand before one of `PROMISED`, or before no noun at all ("it is perfect").
ADJECTIVES = frozenset(
    {
        "perfect",
        "ideal",
        "instant",
        "amazing",
        "dramatic",
        "permanent",
        "quick",
        "gentle",
        "safe",
        "best",
        "invisible",
        "painless",
    }
)
PROMISED = re.compile(
    r"(?:results?|skins?|treatments?|sessions?|visits?|appointments?|ways?|methods?|changes?|improvements?|effects?|solutions?|looks?|bod(?:y|ies)|bell(?:y|ies)"
    r"|tumm\w+|stomachs?|thighs?|hips?|legs?|figures?|experiences?|procedures?|therap\w+|pens?|devices?|needles?|needling|microneedling|techniques?|courses?|cures?|remed\w+"
    r"|fix(?:es)?|transformations?|finish|smooth\w*|differences?|answers?|removals?|clinics?|practices?|team|hands|nurses?|doctors?|specialists?|experts?|prices?"
    r"|outcomes?|options?|choices?|care|approach|alternatives?|recover\w*|relief|glow|beauty|confidence|marks?|striae|lines?|stripes?|scars?|success\w*|money|decisions?"
    r"|thing|job|break|fad\w+|tighten\w*|lift\w*|collagen|women|mothers?|patients?|needle\w*|dermis|address)"
)
#: Words after which no noun of an adjective comes, so that it is said of the subject: "it is perfect for you".
FUNCTION = re.compile(
    r"(?:in|on|at|of|and|or|with|to|as|from|by|than|because|that|when|after|even|enough|too|but|while|throughout|during|so|if|we|it|is|are|was|for|all|you|your|any\w*|every\w*"
    r"|yet|ever|here|now|again|today|tonight|at|up|the|a|an|not|just|only|without|before|until|how|what|who|where|whatever|this|these|our|my|her|his|their|once|i)"
)
#: What the adjective before it says of a place, a moment or a day is no promise.
OF_PLACE_OR_TIME = re.compile(
    r"^(?:spot|place|day|moment|evening|morning|weather|cup|corner|opportunity|route|view|guess|person to)\b"
)
WHEN = re.compile(r"^(?:that )?(?:you|we|it|they|he|she|the)\b")  # "the instant you ring"
SLOGAN = 5  # words; a sentence so short needs no subject
NOUNS = 4  # words looked at after an adjective
WORD = re.compile(r"[ -]*([\w']+)")
#: Verbs, which promise if they are done to marks.
DONE_TO_MARKS = frozenset({"remove", "erase", "cure", "get rid of", "marks that vanish"})
#: Verbs that are done to other things every day; the words after them decide.
DONE_TO_THINGS = frozenset({"remove", "erase", "get rid of"})
OBJECT = re.compile(r"(?<!al)(?<!er)(?<!able)(?: [\w'-]+){1,7}")
BE = re.compile(r"\b(?:be|is|are|was|were|been|being|gets?|got|have|has|had) (?:\w+ )?(?:remov|eras)\w*$")
#: What the sentence has to be about for these kinds.
CHANGE = re.compile(
    r"\b(?:results?|outcomes?|benefits?|solution|lifelong|happy|delight\w*|skins?|marks?|lines?|stripes?|striae|scars?|smooth\w*|change\w*|difference|improve\w*|fad\w+|gone|clear\w*|new|visible|visibly|better|flawless|bell(?:y|ies)|thighs?"
    r"|body|look\w*|effects?|work\w*|treat\w*|needl\w*|microneedling|sessions?|it|you|your|see|soft\w*|tight\w*|firm\w*|perfect|transform\w*|bikini|beach|success|before your)\b"
)
ABOUT = {"quick results": CHANGE, "for ever": CHANGE}
MARKISH = re.compile(
    r"\b(?:marks?|striae|stretch\w*|lines?|stripes?|streaks?|scars?|scarring|flaws?|imperfections?|blemish\w*|them|they|it|those|these|years|traces?|problems?|every\w*"
    r"|what|skin|pain|signs?|damage|dermis|nothing|bell(?:y|ies)|bodies|body|thighs?|age|past|yours?|you)\b"
)


def is_of_another_thing(word: str, sentence: str, end: int) -> bool:
    """Whether the use of this word that ends at `end` of a folded sentence is said of, or done to, something else."""
    if word in ADJECTIVES and not sentence.endswith("ly", 0, end):
        nouns = _nouns(sentence, end)
        if word == "instant" and WHEN.match(sentence[end:].strip()):
            return True
        return bool(nouns) and (bool(OF_PLACE_OR_TIME.match(nouns[0])) or not any(map(PROMISED.fullmatch, nouns)))
    if word in ABOUT and len(sentence.split()) > SLOGAN:
        return not ABOUT[word].search(sentence)
    if word in DONE_TO_THINGS and (done := OBJECT.match(sentence, end)) and not BE.search(sentence, 0, end):
        return not MARKISH.search(done[0])
    if word in DONE_TO_MARKS:
        return len(sentence.split()) > SLOGAN and not MARKISH.search(sentence)
    return False


def _nouns(sentence: str, end: int) -> list[str]:
    """Return the few words after `end` up to the first small one, among which the noun of an adjective is."""
    nouns: list[str] = []
    while len(nouns) < NOUNS and (word := WORD.match(sentence, end)) and not FUNCTION.fullmatch(word[1]):
        nouns.append(word[1])
        end = word.end()
    return nouns
