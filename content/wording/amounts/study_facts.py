"""Facts that no clinic sets: what the studies found, and rules that hold whatever the treatment's own numbers are."""

from functools import lru_cache

from content.wording.screen import Screen

from .known_facts import AGE, NTH, PEOPLE, KnownFact, known
from .quantities import DAY, NUMBER, WEEK, quantities

#: How many of the 15 people in the series had which outcome.
OUTCOMES = {"excellent": 6, "marked": 4, "moderate": 2, "minimal": 3}
KNOWN_FACTS = (
    *(
        known(
            f"{outcome} results in the series",
            f"{count} of 15",
            rf"\b(?:15|fifteen|series)\b.*\b{outcome}\b|\b{outcome}\b.*\b(?:15|fifteen|series)\b",
            str(count),
            rf"\b{outcome}\b(?: results?| improvements?| changes?)?(?: in| for|:) ({NUMBER})\b",
        )
        for outcome, count in OUTCOMES.items()
    ),
    known(
        "size of the series",
        "15 people",
        r"\b(?:excellent|marked|moderate|minimal)\b",
        "15",
        rf"\b(?:series|study|group) of ({NUMBER}) {PEOPLE}\b|\bof (?:the )?({NUMBER}) {PEOPLE}\b",
    ),
    known(
        "year of the meta-analysis",
        "2024",
        r"meta-?analysis",
        "2024",
        r"meta-?analysis (?:of|from|in|published in|made in) (20\d\d)\b|\b(20\d\d) meta-?analysis",
    ),
    known(
        "articles of the review",
        "85 articles",
        r"\breview\w*\b",
        "85",
        rf"({NUMBER}) (?:articles|papers|publications)",
    ),
    known(
        "sessions in the trial",
        "3 and 5",
        r"\b(?:trial|study)\b.*\b(?:biops\w+|collagen|elastin)|\b(?:biops\w+|collagen|elastin)\b.*\b(?:trial|study)\b",
        "3 5",
        rf"after ({NUMBER})(?: and (?:after )?({NUMBER}))? (?:\w+ )?(?:sessions|treatments)",
    ),
    known(
        "FDA notice",
        "15 October 2025",
        r"\bfda\b.*\bnotice|\bnotice\b.*\bfda\b",
        "2025",
        r"\b(20\d\d)\b",
        excludes=r"numbing|\bdeath|\bdied",
    ),
    known(
        "how long effects lasted",
        "a mean of 3 days in the trial",
        r"\b(?:trial|study)\b.*\beffects?\b.*\blast|\beffects?\b.*\blast.*\b(?:trial|study)\b",
        str(3 * DAY),
        is_time=True,
        excludes=r"nobody|no study|\bfollowed|\blaser|\bits\b|\bneedles:",
    ),
    known(
        "when reactions settle",
        "within 7 days in the review",
        r"\breview\b.*\b(?:reactions?|settle)|\b(?:reactions?|settle)\b.*\breview\b",
        str(7 * DAY),
        is_time=True,
        excludes=r"next review|review (?:is )?due|reviewed",
    ),
    known(
        "how many were satisfied",
        "11 of 15",
        r"satisf",
        "11",
        rf"({NUMBER}) (?:out )?of (?:the )?(?:15|fifteen)\b",
    ),
    known(
        "sizes of the trials",
        "20 people, and 30 and 40 with PRP",
        r"\btrials?\b.*\b(?:people|patients|volunteers|participants|women|persons|adults)\b",
        "15 20 30 40",
        rf"({NUMBER}) {PEOPLE}\b(?! (?:had|got|said|were|was|saw))",
    ),
    known(
        "sunscreen",
        "SPF 50",
        r"\bspf\b|\bfactor\b|sun(?:screen| cream| protection)",
        "50",
        rf"(?:\bspf|\bfactor(?: of)?)[ :-]*({NUMBER})",
        excludes=r"not (?:be )?enough|n't enough|too (?:low|little|weak)|growth factor",
    ),
    known(
        "isotretinoin",
        "many clinics wait 6 months",
        r"isotretinoin|roaccutane|accutane",
        str(182 * DAY),
        is_time=True,
        excludes=r"\bago\b|\b(?:within|in) the (?:last|past)\b",
    ),
    known(
        "age",
        "18 or over",
        r"\b(?:treat|treated|needl\w*|microneedling|welcome|take (?:anyone|anybody|patients|people)|treatment from|minimum age|age limit|age: from|have it|accept|patients?|can't have|may have|book|photographed|(?:have|has|must|need|needs) (?:to )?be)\b",
        "18 0",
        rf"(?:\bunder|\bunder-|\bminimum age:?(?: of| is)?|\bmust be(?: at least)?|\bbe at least|\bfrom (?:the )?age(?: of)?|\baged?|\bteenagers of|\byounger than|\bturned|\bolder than|\bover|\bfrom|\bage limit:?|\bage:? from) ?-?{AGE}s?\b"
        rf"(?! (?:minutes|min|hours|days|weeks|months|sessions|people|areas|treatments|years? (?:of|ago|in)))|\b{AGE} (?:and|or|years? or|years? and) (?:over|older|above|up)\b|\b({NTH}) birthday|\b{AGE}[- ]years?[- ]olds?\b|\b(?:has|have|must|need|needs) (?:to )?be (?:at least )?{AGE}\b(?! (?:minutes|hours|days|weeks|months))|\bif you are {AGE}\b|\bfrom {AGE} years\b(?! (?:of|ago))",
        excludes=r"\bfda\b|united states|\bin the us\b|\bamerica|\btrial\b|\bstud(?:y|ies)\b|botulinum|\bweeks or|\bblood|[€£$]|\bminutes|\bhours",
    ),
    known(
        "FDA",
        "people aged 22 and over",
        r"\bfda\b|food and drug administration|(?:united states|\bin the us\b|\bus devices|\bamerica\w*)\b.*\b(?:authori[sz]ed|approved|cleared|allowed|listed)",
        "22",
        rf"\b(?:aged?|age of|age limit:?|age:?|over|from|under|(?:people|adults|patients|those|persons) of) {AGE}\b(?! (?:articles|people))|\b{AGE} (?:and|or) (?:over|older|above|up)\b",
    ),
    known(
        "call",
        "not better at 7 days",
        r"(?=.*\b(?:call|ring|phone|tell|contact|see|text|speak|let us know)\b)(?=.*(?:\b(?:not|never|no)|n't)\b.{0,30}\b(?:better|settled|gone|healed|calmed|improved|back to normal)\b)|\b(?:call|ring|phone|tell|contact|see|text)\b.*\b(?:(?:not|n't|never|still (?:there|red\b))\b.*\b(?:better|settled|gone|healed|calm\w*|improved|there|normal|at|after))"
        r"|\b(?:if|when)\b.*\b(?:not|n't|still(?= there))\b.*\b(?:better|settled|gone|healed|calm\w*|improved|there|normal)\b.*\b(?:call|ring|phone|tell|contact|see|text|speak)",
        str(7 * DAY),
        is_time=True,
        excludes=r"\bpatch|throat|allerg|breath|numbness|appointment|consult|fever",
    ),
    known(
        "gel",
        "only the gel on the first day",
        r"\bgel\b.*\b(?:only|nothing|alone|just|until|first)\b|\b(?:only|nothing (?:but|except)|just|alone|except)\b.*\bgel\b",
        str(DAY),
        is_time=True,
        excludes=r"few minutes|passed over|applied|device|rinse|shower gel",
    ),
    known(
        "meta-analysis",
        "11 studies, 6 of them randomised",
        r"meta-?analys[ie]s|put (?:\d+|eleven) studies together|pooled",
        "11 6 5 1",
    ),
    known(
        "studies of the meta-analysis",
        "11",
        r"meta-?analys[ie]s|pooled",
        "11",
        rf"({NUMBER}) (?:\w+ )?(?:studies|trials)\b(?! (?:were |was )?randomi)",
    ),
    known(
        "randomised studies of the meta-analysis",
        "6 of the 11",
        r"meta-?analys[ie]s|\b(?:11|eleven) (?:small )?studies",
        "6",
        rf"({NUMBER}) (?:of (?:them|these|the 11|the eleven) )?(?:were |being |was )?randomi[sz]ed",
    ),
    known(
        "review",
        "85 articles, 2,805 people, 7 days",
        r"\breviews?\b.*\b(?:articles?|safety|reactions?|papers?)\b|\b(?:articles?|papers?)\b.*\breviewed|\breview (?:of|covering|with) [\w,]+ people",
        "85 2805 1 3 7 15",
    ),
    known(
        "trial",
        "20 people; 3 and 5 monthly sessions; pain 5 out of 10",
        r"split-?body|\btrial\b.*\b(?:collagen|biops\w+|pain)\b|\b(?:collagen|biops\w+)\b.*\btrial\b",
        "20 3 5 5.2 5.23 10 1 4",
        excludes=r"\blaser\b|\bprp\b|platelet|[2-9] trials|two trials",
    ),
    known(
        "pain",
        "5 out of 10 on average",
        r"\bpain\b.*\b(?:average|mean|out of|of ten|of 10)\b|\b(?:average|mean)\b.*\bpain\b",
        "5 5.2 5.23",
        rf"({NUMBER}) ?(?:out of|of|/|in|on a scale (?:of|to|from)) ?(?:ten|10|1|one|zero|0|nought)\b|\bpain (?:\w+ ){{0,3}}(?:average|mean)(?: of| was|:)? ({NUMBER})\b|(?:average|mean)(?: pain)?(?: score)?(?: was| of|:) ({NUMBER})",
        excludes=r"\blaser\b",
    ),
    known(
        "PRP",
        "two trials, of 30 and 40 people",
        r"\bprp\b|platelet",
        "2 30 40 15 11 20 73.3 73 1 4 3",
        rf"({NUMBER}) ?(?:{PEOPLE}|and ({NUMBER}) {PEOPLE}|trials|of (?:the )?({NUMBER}))",
    ),
    known(
        "series",
        "of 15 people: excellent in 6, marked in 4, moderate in 2, minimal in 3",
        r"\b(?:15|fifteen|series)\b.*\b(?:excellent|marked|moderate|minimal)\b|\b(?:excellent|marked|moderate|minimal)\b.*\b(?:15|fifteen)\b",
        "15 6 4 2 3 1 14 92 11 5",
    ),
    known(
        "satisfied",
        "11 of 15 (73.3 %), asked at 20 weeks",
        r"\bsatisf\w+\b.*\b(?:of|per ?cent|%|weeks?|months?)|\b(?:of|%|per ?cent)\b.*\bsatisf\w+",
        "11 15 4 73.3 73 20 30 1",
        excludes=r"\bour (?:patients|clients)",
    ),
    known(
        "when satisfied",
        "asked at 20 weeks",
        r"\bsatisf\w+\b.*\b(?:asked|said|needling|trial|prp|group)\b|\b(?:asked|needling|trial|prp|group)\b.*\bsatisf\w+",
        str(20 * WEEK),
        is_time=True,
    ),
    known(
        "dark patches",
        "0 of 25 in one series, 7 of 32 in another",
        r"\b(?:dark patch\w*|pigment\w*|hyperpigment\w*)\b.*\b(?:of|in) (?:the )?(?:\d\d|twenty|thirty)|\b(?:25|32|twenty-five|thirty-two)\b.*\b(?:dark patch\w*|pigment\w*|hyperpigment\w*)",
        "0 25 7 32 10 2 1 3",
    ),
    known(
        "dark patches, first series",
        "0 of 25",
        r"patch|pigment",
        "0",
        r"({NUMBER}) (?:out )?of (?:the )?(?:25|twenty-five)\b".replace("{NUMBER}", NUMBER),
    ),
    known(
        "dark patches, second series",
        "7 of 32",
        r"patch|pigment",
        "7",
        r"({NUMBER}) (?:out )?of (?:the )?(?:32|thirty-two)\b".replace("{NUMBER}", NUMBER),
    ),
    known("granulomas", "15 published patients", r"\bgranulomas?\b", "15 85 1", excludes=r"weeks|months|needle|mm\b"),
    known(
        "numbing deaths",
        "two deaths, told of in 2007",
        r"\b(?:died|deaths?)\b.*\b(?:numbing|cream|fda)\b|\b(?:numbing|cream)\b.*\b(?:died|deaths?)\b",
        "2",
        rf"({NUMBER}) (?:people |patients |women |young women )?(?:died|deaths?)",
    ),
)


SCREEN = Screen(fact.about.pattern for fact in KNOWN_FACTS)


@lru_cache(maxsize=4096)
def contradicted(sentence: str) -> KnownFact | None:
    """Return the first of these facts to which a folded sentence gives another number, or None."""
    facts = [KNOWN_FACTS[number] for number in SCREEN.possible(sentence)]
    about = [fact for fact in facts if fact.about.search(sentence)]
    typed = quantities(sentence) if about else []
    return next((fact for fact in about if fact.contradiction(sentence, typed)), None)
