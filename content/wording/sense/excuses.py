"""Tell whether a sentence makes no promise of its own: a question, a warning of others' promises, a condition."""

import re

QUESTION = re.compile(
    r"^\W*(?:is|are|does|do|can|could|will|would|should|has|have|how|what if|which|what|when|where|who|why(?! bother| settle| suffer)|may|must|am)\b"
    r"(?! (?:you|we) (?:want|wish|like|look|looking|ready|dream|long|know)\b)(?! (?:not|wait|pay|suffer|hide)\b).*\?\W*$"
)
AFFIRMATION = re.compile(
    r"^\W*(?:(?:yes|yeah|absolutely|of course|certainly|sure|definitely|totally|completely|indeed)\b"
    r"|(?:it|you|they|we|this) (?:is|are|can|does|do|will)\W*$)"
)
AGREED = re.compile(r"^\W*(?:that|this|it|they|and)(?:'s| is| are|'re)? (?:\w+ )?(?:true|right|so|correct)\b")
OTHERS = (
    r"\b(?:any(?:one|body)|some(?:one|body)|whoever|people|clinics?|compan(?:y|ies)|sellers?|adverts?|advertis\w+|ads?|websites?|sites?|videos?"
    r"|posts?|influencers?|shops?|brands?|magazines?|salons?|friends|forums?|leaflets?|creams?|products?|rollers?|blogs?|some)\b"
)
PLACES = r"(?:web)?sites?|salons?|shops?|clinics?|sellers?|adverts?|ads|posts?|videos?|brands?|compan(?:y|ies)|influencers?|blogs?|people online|beauticians?|friends?|reviews"
SAY = (
    r"\b(?:tells?|told|says?|said|saying|claim\w*|offer\w*|promis\w+|call(?:s|ed)?|sells?|selling|advertis\w+|swears?|guarantee\w*|boast\w*"
    r"|print|write|describe[sd]?|market(?:s|ed)|seen|read|hear[sd]?)\b"
)
REFUSE = (
    r"(?:\b(?:not|never|cannot|beware|wary|careful|ask|walk away|leave|slogan|selling|no|nobody|myths?|lies?|sales|misleading|question|avoid"
    r"|sceptical|doubt|untrue|however|but|think twice|check|too good|proof|evidence)\b|n't\b)"
)
REPORTED = re.compile(rf"{OTHERS}[^.]{{0,60}}{SAY}[^.]{{0,160}}{REFUSE}|{REFUSE}[^.]{{0,60}}{OTHERS}[^.]{{0,60}}{SAY}")
WARNING = re.compile(
    r"\bwe(?:'d| would| will|'ll)? (?:\w+ )?(?:never|not|cannot|can't|don't|won't|wouldn't|refuse to)(?: \w+){0,3} (?:say|call|claim"
    r"|promise|guarantee|tell you (?:that|how)|offer|write|use the|believe|know|mean|advertise|expect|foresee|make)"
    r"|\b(?<!no )(?<!not )(?<!not a )(?<!no a )(?:wrong|untrue|false|misleading|dishonest|a lie|a myth|nonsense|unrealistic|too good to be true"
    r"|against the (?:law|rules)|slogan|marketing|sales (?:talk|pitch)|fantasy|exaggerat\w+) (?:to (?:say|claim|promise|call)|that|claim|and|,|if)"
    r"|\b(?:is|are|would be|was) (?:simply |just |also |both )?(?:untrue|false|misleading|dishonest|a lie|a myth|nonsense|unrealistic|a slogan"
    r"|too good to be true|illegal|marketing|not true|a sales|wrong)\b"
    r"|\b(?:beware|watch out for|look out for|alarm bells|be (?:wary|careful|suspicious|sceptical)|wary of|(?:don't|do not|never|not to|shouldn't|should not) (?:\w+ )?(?:believe|trust"
    r"|expect|fall for|be fooled|rely|assume|hope|think)|steer clear|treat with)\b"
    r"|\b(?:nobody|no one|none of us|no (?:honest )?(?:clinic|doctor|clinician|nurse|study|trial|research)) (?:\w+ ){0,4}?(?:promise|guarantee|foresee"
    r"|predict|knows?(?! (?:that )?you| the (?:difference|meaning)| where| pain)|(?:say|tell)(?: you)?(?: in advance| beforehand| for sure)? (?:that|whether|if|how|which|what))\b"
    r"|\b(?:no|little|weak|not enough|without|lack of|too little) (?:good |clear |reliable |firm )?(?:evidence|proof|studies|research|source)\b"
    r"|\b(?:is|are|has|have|was|were|it's)(?: not|n't) (?:yet |been |yet been |been yet )?(?:proven|proved|shown|known|tested|established|possible"
    r"|realistic|clear|certain|sure)\b|\b(?:unknown|unclear|uncertain)\b|\bthe words? \"|\bmay have (?:read|heard|seen)|\byou(?:'ll| will) (?:\w+ )?(?:hear|read|find clinics)|\bwalk away\b|\bmay (?:read|hear|see|come across)\b"
    r"|\b(?:unlikely|impossible to (?:say|promise|predict)|far from|stop(?:s|ped)? short of)\b|^\W*(?:ask|check|find out) (?:\w+ ){0,3}(?:if|whether|how|what|who|for)\b"
    r"|\b(?:some|others|many|few)(?: people| patients)? (?:still |may |will )?(?:see|get|have|notice)s? (?:\w+ )?(?:no|little|nothing|none|less)\b"
    r"|\bnot (?:everyone|everybody|all (?:marks|people|patients|skin))\b|\b(?:we|you|i|clinicians|doctors) (?:cannot|can't|could not) (?:\w+ )?(?:tell|say|know|predict|foresee|be sure)\b"
    r"|\b(?:depends?|depending) on\b|\bmixed (?:results?|findings)\b|\bnot (?:certain|proof|the same as)\b|\bnobody (?:has|can) (?:check|test|prov)\w*|\bmisleading\b"
    r"|\b(?:is|are) not for (?:you|everyone)\b|\bthere is no such thing\b|\b(?:ignore|distrust|question|disregard|mistrust) (?:any|anyone|claims?|adverts?|people|those)\b"
)
NOTHING_CAN = re.compile(
    r"\bno (?:advert|clinic|device|treatment|cream|one|therapy|method|laser|doctor|operation)\b[^.;,]{0,30}\b(?:can|should|may|will|could|has)\b"
)
QUOTED_AND_REFUSED = re.compile(
    r"^(?:(?!\b(?:i|my|me|i'm|i've)\b)[^\"])*\"(?:(?!\b(?:i|my|me|i'm|i've)\b)[^\"])*\"[^\"]*"
    r"(?:\b(?:not|never|slogan|selling|ask|untrue|myth|but|no)\b|n't\b)"
)
TAKEN_BACK = re.compile(
    r"^\W*(?:that|this|it|they|none of this|none of it|both|these)\b(?:'s|'re)? ?(?:\w+ )?(?:is|are|was|were|does|do|can|has)?(?: not|n't| never)? ?"
    r"(?:(?:doesn't|don't|isn't|aren't|can't|won't|cannot|is not|does not|do not)\W*$|not true|untrue|false|a myth|myths|wrong|misleading|nonsense|not so|true|a slogan|marketing)"
)
#: Words outside quotation marks that speak of the quoted words as words, or of where they are said.
OF_WORDS = re.compile(
    r"\b(?:adverts?|advertis\w+|ads?|slogans?|claims?|claim(?:s|ed|ing)|words?|phrases?|sentences?|labels?|box|headlines?|reviews that|websites?|sites|salons?|sellers?"
    r"|brochures?|such as|suspicious|sceptical|beware|marketing|promises? (?:like|such)|read|writes on|myths?|expressions?|call(?:s|ed|ing)? (?:it|them|themselves)|so-called"
    r"|misleading|means? (?:little|nothing)|tells? you (?:very )?(?:little|nothing)|clinics? that|anyone who|whoever)\b"
)
QUOTED = re.compile(r"\"[^\"]{1,200}\"?|(?<!\w)'[^']{3,200}'(?!\w)")
PRAISED = re.compile(
    r"\b(?:patients?|clients?|customers?|mums?|mothers?|she|he|women|told us|tells us|wrote to us|raves?)\b"
)
#: Somebody unnamed says it, and the sentence keeps a distance.
SOMEBODY_SAYS = re.compile(
    rf"\b(?:some|one|certain|a few|other|many|several|most)(?: \w+)? (?:{PLACES})(?: \w+){{0,3}} {SAY}|\b(?:an?|your|the) (?:\w+ )?(?:{PLACES}|friend|neighbour|colleague|influencer|blogger|seller)s?"
    rf" (?:\w+ )?(?:may|might|could|will perhaps|can) (?:\w+ )?(?:tell|say|claim|promise|call|offer|swear)|\b(?:{PLACES})(?: \w+)? (?:may|might|could|often|sometimes) (?:\w+ )?(?:tell|say|claim|promise|call|offer|swear)|^\W*(?:myth|false|fiction|wrong|not true|untrue|claim)\b ?[:\d]"
    r"|\b(?:the|a|an) (?:idea|belief|notion|claim|story|rumou?r|promise|hope|myth)s? that\b|\b(?:forums|magazines|the internet|websites|social media) (?:are|is) full of\b"
    r"|\b(?:who|that|which) (?:claim|promise|advertise|guarantee|swear|tell you)s?\b(?=.*\b(?:not|never|no|ask|wary|careful|walk|beware|leave|avoid|think)\b|.*n't\b)"
)
#: Words with which a sentence judges what others say, or says how little is known.
SCEPTICAL = re.compile(
    r"(?<!go )(?<!be )\bwrong\b|\b(?:false|untrue|careless|dishonest|mislead\w*|nonsense|out of place|myths?|lies\b|telling lies|mistake\w*|misunderst\w*|misconcep\w*|unrealistic"
    r"|naive|foolish|too good to be|suspicious|wary|beware|distrust|careful|caution|edited|staged|retouched|can be bought|paid (?:to|for) (?:say|by)|was paid|been paid|paid for by"
    r"|marketing|advertis\w+|adverts?|slogans?|sell(?:s|ing|ers?)?|hype|means? (?:very )?(?:little|nothing)|prov(?:es?|ing) (?:very )?(?:little|nothing)"
    r"|says? (?:very )?(?:little|nothing)|tells? you (?:very )?(?:little|nothing)|no (?:proof|evidence|study|studies|data|source)|(?:little|weak|thin) (?:proof|evidence)|on offer"
    r"|walk away|alarm|bad sign|how they know|exaggerat\w*|overstat\w*|so-called|supposed(?:ly)?|alleged(?:ly)?|rumou?rs?|in truth|in reality|unlikely|unproven|untested|uncertain"
    r"|unknown|unclear|unsure|doubtful|promises? more|anyone who|people who say|such words|pushed|under pressure|otherwise|no place)\b"
)
CONSENT = re.compile(
    r"^\W*i(?:'ve| have| had|'m| am| was)? (?:also |now |fully )?(?:understand|understood|agree|know that|know i|confirm|accept|consent|allow|permit|told|shown|given|able"
    r"|been (?:told|given|shown|asked)|had (?:all|the|time|at least|enough)|read|explained|aware|let|no (?:infection|fever|cold|allerg\w+|wounds?)|not (?:pregnant|allergic|under))\b"
)
#: A denial of what can be said, promised or known, in whatever person.
NOBODY_SAYS = re.compile(
    r"\b(?:nobody|no one|no-one|none of us|none|neither|never|not(?! just| only| merely)|cannot|\w*n't(?! just| only| merely)|nor|hardly anyone|no (?:honest |serious |good |decent )?(?:clinic|doctor|nurse|clinician|study|trial|one|source|text|page))"
    r"(?: [\w',]+){0,4}? (?:call|calls|called|describe\w*|promis\w+|claim\w*|pretend\w*|speak(?:s|ing)? of|say|says|said|knows?(?! (?:that )?you| the (?:difference|meaning)| where| pain)|foresee|predict\w*|guarantee\w*|swear)\b"
    r"|\b(?:would|i'd|we'd|might) be (?:lying|dishonest|wrong|misleading|unfair|unwise|a lie|untrue)|\bwould be (?!unable|hard|impossible)(?:\w+ ){1,3}to (?:say|claim|promise|call|speak|pretend|expect|hope)|\b(?:stop|stopped|avoid|refuse|refused) (?:\w+ )?(?:calling|saying|promising|using|speaking)|\bno (?:promises?|certainty|guarantees?|such thing as a)\b"
    r"|\b(?:isn't|is not|are not|aren't|not) (?:something|anything|a realistic|realistic|our (?:aim|goal|promise)|the (?:aim|goal|same as))|\bmisunderst\w+|\bmisconception|\bis a mistake\b"
)
CONDITION = re.compile(
    r"\b(?:if|until(?! the end)|unless|whether|(?<!pay )once|when|in case)\b(?! (?:nothing|creams?|others?|all else|everything))(?! you(?:'d| would)? (?:want|wish|like|dream|long|are (?:tired|ready)))[^,;:.]*$"
)
OURS = re.compile(r"\b(?:we|our|us|this|treatment)\b")


def is_about_words(sentence: str, start: int, end: int) -> bool:
    """Whether what stands between `start` and `end` is, or touches, words in quotation marks, in a sentence about words and those who use them."""
    for quoted in QUOTED.finditer(sentence):
        if quoted.start() < end and start < quoted.end():
            outside = f"{sentence[: quoted.start()]} {sentence[quoted.end() :]}"
            return bool(OF_WORDS.search(outside)) and not PRAISED.search(outside)
    return False


def is_question(sentence: str, answer: str = "") -> bool:
    """Whether a folded sentence asks, and the sentence after it doesn't say yes."""
    return "?" in sentence and bool(QUESTION.match(sentence)) and not AFFIRMATION.match(answer)


def is_reported(sentence: str, answer: str = "") -> bool:
    """Whether a folded sentence tells of others' promises to warn of them, or says that nobody can promise."""
    return bool(
        WARNING.search(sentence)
        or (SOMEBODY_SAYS.search(sentence) and not AGREED.match(answer))
        or _is_sceptical(sentence)
        or CONSENT.match(sentence)
        or NOBODY_SAYS.search(sentence)
        or REPORTED.search(sentence)
        or ('"' in sentence and QUOTED_AND_REFUSED.search(sentence))
        or (TAKEN_BACK.match(answer) and "true" not in answer.split(" not ", maxsplit=1)[0][:20])
    )


def _is_sceptical(sentence: str) -> bool:
    """Whether a sentence, what it quotes left out, judges what others say."""
    return bool(SCEPTICAL.search(QUOTED.sub(" ", sentence) if '"' in sentence else sentence))


def is_condition(sentence: str, start: int) -> bool:
    """Whether what begins at `start` stands in a clause of a condition: "until it is gone"."""
    clause = CONDITION.search(sentence[max(0, start - 120) : start])
    return bool(clause) and not OURS.search(clause[0] if clause else "")
