"""Tell whether a word that often promises is said of a thing that no patient is promised: an ideal spot for bicycles."""

import re

#: Adjectives, which promise if they stand before one of `PROMISED`, or before no noun at all ("it is perfect").
ADJECTIVES = frozenset(
    {"perfect", "ideal", "instant", "amazing", "dramatic", "permanent", "quick", "gentle", "safe", "best", "invisible", "painless"}
)
PROMISED = re.compile(
    r"\b(?:results?|skins?|treatments?|sessions?|visits?|appointments?|ways?|methods?|changes?|improvements?|effects?|solutions?|looks?|bod(?:y|ies)|bell(?:y|ies)"
    r"|tumm\w+|stomachs?|thighs?|hips?|legs?|figures?|experiences?|procedures?|therap\w+|pens?|devices?|needles?|needling|microneedling|techniques?|courses?|cures?|remed\w+"
    r"|fix(?:es)?|transformations?|finish|smoothness|smooth\w*|differences?|answers?|removals?|clinics?|practices?|team|hands|nurses?|doctors?|specialists?|experts?|prices?"
    r"|outcomes?|options?|choices?|care|approach|alternatives?|recover\w*|relief|glow|beauty|confidence|marks?|striae|lines?|stripes?|scars?|success\w*|money|decisions?"
    r"|thing|job|time|hour|break|fad\w+|tighten\w*|lift\w*|collagen|women|mothers?|patients?|everyone|everybody|all|you|your|any\w*|yet|ever|for|in|on|at|of|and|or|with"
    r"|to|as|from|by|than|because|that|when|after|even|enough|too|but|while|throughout|during|every\w*|so|if|we|it|is|are|was|here|now|again|today|tonight|possible|natural)\b"
)
#: What the adjective before it says of a place, a moment or a day is no promise.
OF_PLACE_OR_TIME = re.compile(r"^(?:spot|place|day|moment|evening|morning|weather|cup|corner|opportunity|route|view|guess|person to)\b")
WHEN = re.compile(r"^(?:that )?(?:you|we|it|they|he|she|the)\b")  # "the instant you ring"
NEXT_WORDS = re.compile(r"[ ,-]*((?:[\w'-]+[ ,]*){1,3})")
#: Verbs, which promise if they are done to marks.
DONE_TO_MARKS = frozenset({"remove", "erase", "cure", "get rid of"})
MARKISH = re.compile(
    r"\b(?:marks?|striae|stretch\w*|lines?|stripes?|streaks?|scars?|scarring|flaws?|imperfections?|blemish\w*|them|they|it|those|these|years|traces?|problems?|every\w*"
    r"|what|skin|pain|signs?|damage|age|past|yours?|you)\b"
)


def is_of_another_thing(word: str, sentence: str, end: int) -> bool:
    """Whether the use of this word that ends at `end` of a folded sentence is said of, or done to, something else."""
    if word in ADJECTIVES:
        following = NEXT_WORDS.match(sentence, end)
        words = following[1] if following else ""
        if word == "instant" and WHEN.match(words):
            return True
        return bool(words) and (bool(OF_PLACE_OR_TIME.match(words)) or not PROMISED.search(words))
    if word in DONE_TO_MARKS:
        return len(sentence.split()) > 5 and not MARKISH.search(sentence)
    return False
