"""Split folded sentences into clauses, and tell what a clause is about, and whether it promises, advises or hedges."""

import re
from dataclasses import dataclass
from functools import lru_cache

MARK = r"[;:.!?]|\s-\s|[()]"
CONJUNCTION = (
    r"(?:and|or) (?=(?:i|we|you|it|they|he|she|there|this|that|ask|call|tell|ring|phone|don't|do not|never|please|our|your|the \w+ (?:is|are|was|were))\b)"
    r"|(?:but|because|although|though|whereas|while|so(?! (?:that )?(?:\w+ )?that\b)|yet|unless|since|until|if|when|once|where)\b"
)
BOUNDARY = re.compile(rf"{MARK}|,? (?={CONJUNCTION})|, (?={CONJUNCTION}|not\b)")
#: What this clinic sells and the body it is done to: a clause with none of these can't promise much.
TREATMENT = re.compile(
    r"\b(?:stretch|striae|(?:micro)?needl\w*|treat(?:ments?|ed|s)?|sessions?|courses?|devices?|pens?|methods?|techniques?|procedures?|protocols?|programme"
    r"|therap\w+|numbing|serum|formula|collagen|elastin|dermis|skins?|complexion|bell(?:y|ies)|tumm\w+|stomachs?|abdomen|thighs?|hips?|breasts?|bottoms?"
    r"|bod(?:y|ies)|figure|(?<!these )(?<!this )marks?|lines?(?! (?:is|are) (?:open|busy|best))|stripes?|streaks?|scars?|scarring|flaws?|imperfections?|blemish\w*|results?|effects?|outcomes?"
    r"|improve\w*|benefits?|change|success\w*|smooth\w*|pain\w*|hurts?|sting\w*|discomfort|sore\w*|uncomfortable|risks?|complications?|side ?-?effects?|downtime"
    r"|rejuvenat\w*|transform\w*|bikini|beach|solution|cure[sd]?)\b"
)
PRONOUN = re.compile(
    r"\b(?:it|its|it's|this|they|they're|them|you|you're|you'll|your|yours|we|we're|we'll|us|our|ours|she|her|he|i|my|i'm|those|these|that's|there|mother|baby|visit"
    r"|patients?|clients?|everyone|everybody|anyone|nobody)\b"
)
LONG = 6  # words; a shorter sentence without a subject is a slogan
#: Who treats, for claims of rank.
CLINIC = re.compile(
    r"\b(?:clinics?|practices?|nurses?|doctors?|specialists?|experts?|hands|team|practitioners?|our (?:best|lowest|finest)|dermatolog\w+|lasers?|creams?|surgery|peels?|oils?|methods?|market)\b"
)
#: Things of a clinic's everyday life, its papers, its house and its website, of which nothing is a promise to a patient.
OTHER_THINGS = re.compile(
    r"\b(?:cafe|coffee|tea|trams?|trains?|bus(?:es)?|cars?|car ?parks?|parking|lifts?|gates?|doors?|entrances?|exits?|address(?:es)?|letters?|post(?:code)?"
    r"|(?:the|by|our) (?:tele)?phones?|(?:tele)?phone (?:lines?|numbers?|calls?)|lines? (?:is|are) (?:open|best|busy)|reception\w*|bins?|rubbish|valuables|receipts?|leaflets?|pages?|websites?|sites?|search|cookies?"
    r"|javascript|accounts?|prints?|printer|paper|videos?|cards?|vouchers?|fees?|deposits?|prices?|invoices?|bills?|pay(?:s|ments?)?|laws?|by-laws|rules?|regist\w+"
    r"|certificates?|qualif\w+|garden|heat(?:er|ing)|waiting room|rooms?|toilets?|prams?|jewellery|jewelry|clothes|clothing|underwear|varnish|make-?up|records?"
    r"|data|permission|consents?|photographs?|photos?|pictures?|complain\w*|(?:prescribed|a|any|your|every|this|that|the) medicine|medicines|tablets?|capsules?|thinners?|prescri\w+|gp|antibiotics?"
    r"|hospitals?|staff|sterili[sz]\w+|machines?|forms?|notes?|(?<!the )(?<!no )questions?|drafts?|documents?|browsers?|passwords?|files?|e-?mails?|appointments?|bookings?|book"
    r"|holiday|desks?|bank|drinks?|water|soap|towels?|cream tube|bandages?|dressings?|swab|plants?|music|chairs?|couch|windows?|floors?"
    r"|stairs|ramp|wheelchair|wifi|toys?|children's|dogs?|insurance|policy|training|degree|post here|job|kitchen|fire|alarm|keys?|locks?|bags?|coats?"
    r"|signs?|posters?|magazines?|newsletters?|buil\w+|house|street|road|station|shops?|pharmacy|chemist)\b"
)
#: Treatments and choices that are not this clinic's; as the subject of a clause they may be called what they are.
OTHER_CHOICES = re.compile(
    r"^\W*(?!the cream)(?:(?:a|an|the|some|most|many|any|other|old|plastic|surgical|cosmetic|chemical|antibiotic|steroid|retinoid|concealing|permanent|tinted|body|hair|covering|prescription)"
    r" )*(?:laser(?! (?:like|pen))s?|surgery|surgeons?|excision|operations?|tummy tucks?|tattoo\w*|fillers?|botox|botulinum|peels?|antibiotics?|make-?up|concealers?|steroids?"
    r"|retinoids?|tretinoin|isotretinoin|radiofrequency|liposuction|vaccin\w*|(?:(?:doing|do|choosing) nothing)|leaving (?:them|it|marks|the marks)\b[\w ]{0,12}|waiting"
    r"|no treatment|(?:home |derma-?)?rollers?|[a-z-]*oils?|(?:[a-z]+ )?butter|creams?|moisturi[sz]ers?|hair removal|laser hair removal|cushing's\w*)\b(?! (?:can't|cannot|won't|fail|burn|(?:is|are|was) (?:yesterday|history|outdated|no match|obsolete|dead|old|finished|useless)))"
)
OF_THE_MARKS = re.compile(
    r"^\W*(?:most |old |new |newer |pale |these |the |your |many |some |all )*(?:stretch marks?|striae|marks|they)(?: themselves)?\b"
)
#: A clause that goes on about what the sentence began with.
CARRIED_ON = re.compile(
    r"^\W*(?:and |but |so |because |since |,)*(?:it|it's|they|they're|that|that's|which|both|none|others|some|all)\b"
)
NOT_OURS = re.compile(r"\b(?:our|ours|we|us)\b")
NEGATIVE_ADVICE = re.compile(
    r"^\W*(?:and |or |so |but |please |then |also |ideally,? )*(?:never|do not|don't|always) (?!worry|let\b|wait|hide|miss|settle|suffer|put up|fear|again|fails?|hurts?|has|have|had|felt|been|again|\w+(?:ful|ous|ive|less|sore|red)\b)\w+\b"
)
CARE = re.compile(
    r"^\W*(?:and |or |so |but |then |please |first,? |ideally,? |instead,? |today,? |always )*(?:call|ring|phone|tell|ask|contact|dial|keep|wear|bring|wash|avoid|use|apply|leave|wait|drink|eat|write"
    r"|send|report|pay|remove|take (?:off|a photo|your time|it easy|the (?:lift|tram|bus|train|stairs))|pat|rinse|clean|stay (?:out|off|away|at home)|see (?:a|your|the) (?:doctor|gp|nurse|pharmacist)"
    r"|get (?:help|medical)|let us know|speak to|talk to|check|read|sleep on|find us|go to (?:a&e|hospital)|lie down|sit|cancel|choose|look for|press|click|open"
    r"|cover|protect|moisturise|stop (?:at|using|taking)|think (?:about|it|carefully)|store|save|decide|finish|make sure)\b"
)
#: In a clause of advice these words sell all the same.
SELLS = re.compile(
    r"\b(?:for ever|forever|goodbye|perfect|flawless|new (?:skin|you|body)|smooth\w*|vanish\w*|disappear\w*|results?|bikini|beach|confiden\w*|love|dream\w*|discount|offer|stretch ?-?marks?)\b"
)
HEDGE = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|sometimes|some(?: people)?|a few|few|seems?|seem to|suggests?|hopes?|meant to|not everyone|about half|unclear|if there is one"
    r"|minority|tends? to|little|modest(?:ly)?|slight(?:ly)?|a bit|less noticeable)\b"
)
OBLIGED = re.compile(r"\b(?:must|should|ought to|has to|have to|please)\b")
MAYBE = re.compile(
    r"\b(?:may|might(?! as well)|could(?! (?:be (?:you|yours)|do you|ever|possibly))|perhaps|sometimes|some(?! (?:say|swear|call))|a few|few|not all|not every\w*|seems?|tends?)\b"
)
SUBJECT_PRONOUN = re.compile(
    r"\b(?:it|it's|this|they|you|we|she|he|i|that's|there|patients?|clients?|everyone|everybody|nobody|mothers?)\b"
)
HEAD = 5  # words of a clause in which its subject is looked for
NAMED = re.compile(
    r"^\W*(?:and |but |so )?(?:the|a|an|our|your|every|each|this|my|his|her|some|any|no|one|two|three|most|many|all|these|those|[a-z]+'s)\b"
)
WORD = re.compile(r"[\w'-]+")
DUTY = re.compile(
    r"\b(?:must|should|ought to|has to|have to|need(?:s)? to|required to|as long as|only (?:if|when)|make sure|until|wait (?:till|until)|if|unless|when you have|provided)\b"
)


NEGATIVE_AFTER = re.compile(
    r"\b(?:not(?! (?:even|just|only))|never|nor|neither|nothing(?! (?:more|else|less|but))|nobody|cannot|rarely|seldom|hardly|by no means|in no way|no (?:place|proof|evidence|sense|guarantee|meaning|such|one|more than)|(?:is|are|was|were) (?:edited|staged|bought|paid for|made up|advertising|marketing|rare)|can be (?:bought|edited|staged|faked))\b|n't\b"
)


@dataclass(frozen=True)
class Clause:
    """A clause of a folded sentence, and where it begins there."""

    text: str
    start: int


@lru_cache(maxsize=2048)
def clauses(sentence: str) -> tuple[Clause, ...]:
    """Return the clauses of a folded sentence, in order."""
    ends = [*(mark.end() for mark in BOUNDARY.finditer(sentence)), len(sentence)]
    starts = [0, *ends[:-1]]
    return tuple(Clause(sentence[start:end], start) for start, end in zip(starts, ends, strict=True) if end > start)


def clause_at(sentence: str, position: int) -> Clause:
    """Return the clause of a folded sentence in which this position lies."""
    found = Clause(sentence, 0)
    for clause in clauses(sentence):
        if clause.start > position:
            break
        found = clause
    return found


def is_advice(clause: Clause) -> bool:
    """Whether a clause tells readers what to do or leave, and sells nothing: "never stop a medicine yourself"."""
    if SELLS.search(clause.text):
        return False
    return bool(CARE.match(clause.text) or NEGATIVE_ADVICE.match(clause.text))


def is_about_other_things(sentence: str, clause: Clause, *, of_rank: bool = False, of_less: bool = False) -> bool:
    """Whether nothing in a clause is said of the treatment: a permanent entrance, an amazing number of letters."""
    if TREATMENT.search(clause.text) or (of_rank and CLINIC.search(clause.text)):
        return False
    return bool(OTHER_THINGS.search(clause.text)) or bool(
        not TREATMENT.search(sentence)
        and not (of_rank and CLINIC.search(sentence))
        and (
            OTHER_THINGS.search(sentence)
            or not (of_rank or of_less or len(sentence.split()) <= LONG or PRONOUN.search(sentence))
        )
    )


def is_about_another_choice(sentence: str, clause: Clause) -> bool:
    """Whether a clause tells of another treatment, of none, or of the marks as they are."""
    if NOT_OURS.search(clause.text):
        return False
    first = clauses(sentence)[0]
    is_carried_on = bool(CARRIED_ON.match(clause.text)) and first != clause and not NOT_OURS.search(first.text)
    return bool(OTHER_CHOICES.match(clause.text) or (is_carried_on and OTHER_CHOICES.match(first.text)))


def is_about_the_marks(clause: Clause) -> bool:
    """Whether a clause tells what stretch marks are like."""
    return bool(OF_THE_MARKS.match(clause.text)) and not NOT_OURS.search(clause.text)


def is_hedged(clause: Clause) -> bool:
    """Whether a clause speaks of some people, or of what may be."""
    return bool(HEDGE.search(clause.text))


def is_denied_later(sentence: str, clause: Clause, end: int) -> bool:
    """Whether the clause takes back after `end` what it says before: "the word cure has no place here"."""
    return bool(NEGATIVE_AFTER.search(sentence, end, max(end, clause.start + len(clause.text))))


def has_another_subject(clause: Clause, start: int) -> bool:
    """Whether a clause names its subject before `start` of the sentence, and it is no word of the treatment: "the bike stand"."""
    if not NAMED.match(clause.text):
        return False
    head = list(WORD.finditer(clause.text))[:HEAD]
    if start - clause.start < head[-1].end():
        return False
    words = clause.text[: head[-1].end()]
    return not (TREATMENT.search(words) or CLINIC.search(words) or SUBJECT_PRONOUN.search(words))


def is_maybe(sentence: str, clause: Clause, start: int) -> bool:
    """Whether what begins at `start` is said of some people or as a chance, or asked of somebody."""
    return bool(MAYBE.search(sentence, 0, start) or OBLIGED.search(sentence, clause.start, start))


def is_duty(sentence: str, clause: Clause, position: int) -> bool:
    """Whether what begins at `position` of the sentence is asked for, not promised: "the skin must be free of infection"."""
    return bool(DUTY.search(sentence[clause.start : position]))
