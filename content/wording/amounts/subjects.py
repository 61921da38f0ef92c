"""For each fact of a treatment, the words that say that a number is about it, and the words that say it is not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .quantities import DAY, HOUR, WEEK

SESSION = r"(?:sessions?|treatments?|visits?|appointments?|procedures?|needlings?|(?:micro)?needling)"
#: A session by which a time is reckoned, as in "after your session"; the time is then not the session's own.
ANCHOR = re.compile(
    r"(?:after|before|until|between|following|prior to|since|from|ahead of|post)"
    r"(?: (?:the|your|each|a|an|any|every|all|our|last|first|final|next|second|this|that|two|is over|finishing|one))* ?$"
)
BEFORE_A_SESSION = re.compile(
    rf"^[\w' ]{{0,20}}?\b(?:before|prior to|ahead of|in advance of)(?: (?:the|your|each|a|an|any|every|we|you|coming|our|first|having))* ?(?:{SESSION}|birth|come|coming)"
)
#: What other things take so many minutes or days; the nearest words decide.
OTHER_THINGS = re.compile(
    r"\b(?:consult\w*|first (?:visit|talk|meeting)|phone\w*|calls?|ring|texts?|reminders?|letters?|e-?mails?|answer\w*|repl(?:y|ies)|park\w*|station|bus"
    r"|trains?|drive|walk\w*|(?:minutes|days|weeks|miles) away|closed|opens?|opening|records?|requests?|cookies?|page|reading|read|pay\w*|prices?|cost\w*"
    r"|deposits?|invoices?|law|change your mind|think(?: it)?|cancel\w*|photo\w*|picture was|taken|check (?:the|your)|wash\w*|showers?|cool\w*|gel|moisturis\w*"
    r"|moisturiz\w*|reapply|drink|eat|sleep|flak\w*|peeling|scabs?|bruis\w*|patch\w*|pigment\w*|cold sores?|numbness|itch\w*|fever|collagen|fibres?"
    r"|training|qualif\w*|experience|worked in|expire\w*|valid|store[sd]?|(?:keep|kept) (?:your|the|a|all|its|our) (?:\w+ )?(?:records?|copy|data|forms?|details|number|file|deposit)|delete[sd]?|holiday|fl(?:y|ight)\w*|medicine\w*|tablets?|ibuprofen"
    r"|aspirin|pregnan\w*|birth|vaccin\w*|appointment reminder|wait for the result of|biops\w*|swab|complain\w*|complaints?|refund\w*|staff|pram"
    r"|spf|sunscreen|sun ?cream|age[sd]?|years? old|steroid\w*|licen[cs]e\w*|insur\w*|garden|move[sd]?)\b"
)
OTHER_TREATMENTS = re.compile(
    r"\b(?:lasers?|chemical peels|^peels|botulinum|botox|fillers?|tattoo\w*|tummy tuck|surg(?:ery|ical|eon)|liposuction|antibiotics?|vaccin\w*|caesarean"
    r"|giving birth|the birth|mole removal|radiofrequency|breast-?feed\w*|chemotherapy|radiotherapy|physiotherapy|dentist|prp|platelet\w*|isotretinoin"
    r"|roaccutane|accutane|consultation|blood thinners?|contraception|home rollers?|dermarollers?|eyebrows?|piercings?)\b"
)


@dataclass(frozen=True)
class Subject:
    """A fact's `cue` words, of which the nearest to a number counts, and words that must (`needs`) or must not stand there.

    `least` and `most` are the minutes between which a number may be meant for the fact, whether or not it is right;
    `count` says that sessions are counted. A cue in `ANCHOR`'s place doesn't count if `is_length`.
    """

    cue: re.Pattern[str]
    least: float = 0
    most: float = 10**9
    needs: re.Pattern[str] | None = None
    excludes: re.Pattern[str] | None = None
    count: bool = False
    is_length: bool = False
    manners: frozenset[str] = frozenset({"for"})


def _subject(
    cue: str,
    least: float,
    most: float,
    *,
    needs: str = "",
    excludes: str = "",
    manners: str = "for",
    count: bool = False,
    is_length: bool = False,
) -> Subject:
    return Subject(
        re.compile(rf"\b(?:{cue})\b"),
        least,
        most,
        re.compile(needs) if needs else None,
        re.compile(excludes) if excludes else None,
        count,
        is_length,
        frozenset(manners.split()),
    )


def _aftercare(cue: str, excludes: str = "") -> Subject:
    """Return the subject of advice for a time after a session, whatever it forbids or allows again."""
    return _subject(cue, 10, 100 * WEEK, excludes=excludes, manners="for nth")


#: Two hours may be a treatment's; a night can't.
LONGEST_VISIT = 12 * HOUR
SUBJECTS: Mapping[str, Subject] = {
    "treatment-minutes": _subject(
        rf"{SESSION}|needles?|device|pen|session length|treatment time|work on|we needle|be treated",
        0.9,
        LONGEST_VISIT,
        is_length=True,
        excludes=r"\bnumbness\b|\bconsultation\b|first visit|\blate\b|few minutes",
    ),
    "numbing-minutes": _subject(
        r"numbing(?: cream)?|numbs?|an(?:a)?esthetic|cream",
        0.9,
        24 * HOUR,
        needs=r"\bnumb(?:ing|s|ed)?\b|ana?esthetic|\bthe cream (?:to|needs?|takes?|has|is left|stays|works|on|is put on|goes on)\b|\bleave the cream\b",
        excludes=r"\bnumbness\b",
    ),
    "visit-minutes": _subject(
        r"visits?|appointments?|allow|altogether|in all|in total|together|start to finish|door to door|at the clinic|with us|here for|set aside|keep free|whole thing",
        4,
        LONGEST_VISIT,
        is_length=True,
        excludes=r"first visit|follow-up|consultation|\blate\b|before (?:your|each|the) (?:visit|appointment)",
    ),
    "weeks-between-sessions": _subject(
        rf"apart|between (?:\w+ ){{0,3}}?(?:{SESSION}|two|one|them)|(?:gaps?|intervals?|spacing|breaks?)|spaced?(?: out)?|(?:second|third|following) (?:session|one|treatment|visit|appointment) (?:is|takes|comes|follows|will)|(?:after|than) the (?:first|previous|last one|one before)|rests? between|rebook|next (?:{SESSION}|one)"
        rf"|follow(?:ing)? (?:{SESSION}|each other)|from one (?:{SESSION}|to)|(?:session|one) before|treat (?:it|you|the area) again|come (?:back|again)(?! to)|(?:need|see|want) you (?:back|again)"
        rf"|repeat(?:ed)?|every",
        0.4 * DAY,
        3 * 365 * DAY,
        needs=rf"\b(?:{SESSION}|needle[sd]?|apart|gaps?|intervals?|treat\w*|come|needling)\b",
        excludes=r"photo|\bdays away\b|clinic is|staff|wash|moisturis|reapply|check the area|day of the week",
    ),
    "usual-sessions": _subject(
        r"need(?:s|ed)?|course|usual(?:ly)?|most|normal(?:ly)?|typical(?:ly)?|average|recommend\w*|suggest\w*|package|series|plan|book|takes?|have|has|had"
        r"|complete[sd]?|total|number of|often|require[sd]?|enough|advise|programme|all (?:that )?(?:it|you|people)|consists?|give|offer|expect|schedule|come"
        r"|sessions?(?= ?:)|treatments?(?= ?:)|in all|as a rule|how many|count|done after|finish\w*|stop|norm|standard|times|do the job|work|(?:you're|you are|and) (?:through|done|finished)",
        0,
        0,
        count=True,
        excludes=r"\bmissed\b|\btreats? (?:one|two|three|\d) areas?\b|one session treats",
    ),
    "days-to-settle": _subject(
        r"settl\w+|calm\w*(?: down)?|heal\w*|recover\w*|back to normal|(?:looks?|is|feels?|seems?) (?:\w+ )?(?:normal|calm)|down-?time|redness|flush\w*|look(?:s|ing)? (?:\w+ )?(?:red|pink|darker|sunburnt|flushed)|(?:red|pink)(?: or darker)?"
        r"|darkening|pinkness|swelling|swollen|sensitive",
        0.4 * HOUR,
        3 * 365 * DAY,
        excludes=r"\b(?:call|ring|phone|tell|contact|see|text|send|ask)\b.*\b(?:if|when|not|still)\b|\bif\b.*\b(?:call|ring|phone|tell|contact|see|wait)\b|cold sore|\bbruis|patch|scab|\bcuts?\b|wound|\bburns?\b|sunburn(?!t)|let us know|not what we expect|\bmarks (?:fade|heal)|blister",
    ),
    "weeks-before-judging": _subject(
        r"judg\w+|final (?:results?|picture|photo\w*|change|look|outcome)|\"final\"|results?|outcome|turned out|whether (?:it|the course)(?: has)? worked|has worked|how well|full (?:effect|change|result)"
        r"|finished changing|final|best result|see (?:the|your|any) (?:change|difference|effect|results?)",
        0.5 * DAY,
        3 * 365 * DAY,
        manners="for nth",
        excludes=r"not the final|no final|\btests?\b|blood|swab|\bstarts? to see\b|first changes?",
    ),
    "hours-in-cotton": _aftercare(
        r"cotton|loose(?:ly)?(?:,|-fitting)? (?:\w+ )?(?:clothes|clothing|sleeves|trousers|tops?|fabrics?)|tight (?:clothes|clothing|waistbands?|jeans|leggings|tights|underwear)"
    ),
    "hours-without-make-up": _aftercare(
        r"make-?up|perfumes?|fake tan|self-?tan\w*|foundation|concealer|body shimmer|deodorant",
        r"permanent make-?up|\b(?:hides?|covers?|hiding|concealing)\b",
    ),
    "hours-without-exercise": _aftercare(
        r"exercis\w+|sports?|gym|swim(?:ming|s)?|saunas?|(?:swimming )?pools?|run(?:ning)?|jog\w*|work(?:ing)? ?-?outs?|weights|steam rooms?|hot tubs?|jacuzzi"
        r"|yoga|pilates|football|dumbbells?|cardio|cycling|sweat\w*|dancing"
    ),
    "days-without-scrubs": _aftercare(
        r"scrub(?:s|bing)?|(?:\w+ )?acids?|retin\w+|vitamin a(?: creams?)?|wax(?:es|ing)?|shav(?:e|es|ing)|razors?|exfoliat\w+|tretinoin|epilat\w*|hair removal(?: cream)?"
    ),
    "weeks-out-of-sun": _aftercare(
        r"sun(?:bath\w+|-?beds?|light|shine|lounger)?(?! ?-?(?:cream|screen|protection|block))|tan(?:ning)?(?: beds?)?|solariums?|beach"
    ),
}
#: How often sessions come, which is another way of saying how far apart they are.
HOW_OFTEN = _subject(
    rf"{SESSION}|needle[sd]?|treat(?:ed)?|see (?:you|patients|people)|come(?: in| back)?|book|course|intervals?|spac\w+|gaps?|patients|repeat(?:ed)?",
    0.2 * DAY,
    3 * 365 * DAY,
    manners="every",
    excludes=r"photo|wash|moisturis|reapply|check the area|day of the week|staff|review(?:s|ed)?\b|clean|disinfect|inspect|\btrial\b",
)
