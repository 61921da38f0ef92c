"""Groups of words that patterns of claims share, and how a kind of claim is made of phrases."""

import re

from .words import Claim

WORDS = {
    "marks": r"(?:(?:stretch|skin|silvery|old|red|purple|deep|ugly) ?-?)*(?:marks?|striae|lines?|streaks?|stripes?|scars?|scarring|flaws?"
    r"|imperfections?|blemish\w*|traces?)",
    "skin": r"(?:skins?|complexion|bod(?:y|ies)|figure|silhouette|tumm(?:y|ies)|bell(?:y|ies)|stomachs?|abdomen|waist|thighs?|hips?"
    r"|legs?|arms?|breasts?|bottoms?|dermis|tissue|texture|contours?|bikini)",
    "wholly": r"(?:complete|entire|total|full|absolute|utter|whole|perfect)(?:l?y)?|wholly|altogether|100 ?%|simply|just|really",
    "people": r"(?:patients?|clients?|customers?|visitors?|guests?|wom[ae]n|m[ae]n|mums?|moms?|mothers?|ladies|brides?|people|person"
    r"|case|cases|body|bodies|skins?|skin types?|skin tones?|ages?|marks?|colours?|areas?)",
    "treatment": r"(?:treatments?|microneedling|needling|needles?|methods?|techniques?|procedures?|devices?|pens?|sessions?|courses?"
    r"|therap(?:y|ies)|approach|visits?|appointments?)",
    "pain": r"(?:pain|aches?|discomfort|hurt|sting(?:ing)?|soreness|ouch|twinges?|suffering|tears|agony|prick(?:ing)?)",
    "harm": r"(?:(?:side|ill|after) ?-?effects?|adverse (?:effects?|events?|reactions?)|complications?|risks?|dangers?|hazards?|harm|damage"
    r"|scars?|scarring|infections?|bleeding|bruis(?:es|ing)|redness|swelling|peeling|irritation|reactions?|burns?|dark(?:er)? patch\w*"
    r"|(?:hyper)?-?pigmentation|discolou?ration|down-?time|recovery(?: time)?|contra-?indications?|drawbacks?|downsides?|catch)",
    "extent": r"(?:any|all|every|known|real|serious|lasting|nasty|unwanted|visible|single|whatsoever|the|a|an|more|further|such|hint of"
    r"|trace of|risk of|danger of|chance of|fear of|lingering|slightest|bit of|sign of)",
    "works": r"(?:works?|worked|effective|effect|success\w*|results?|outcomes?|improve\w*|respond\w*|clear\w*|repair\w*|heal\w*|smooth\w*"
    r"|transform\w*|satisf\w*|happy|delighted|benefit\w*|reduction|fix\w*|cure\w*|enjoy\w*|excellent|thrilled|love\w*)",
    "number": r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|a|a single|a few|a couple of|the (?:first|second|third|last|final)"
    r"|your (?:first|second|third|last)|our|the|just one|only one|mere)",
    "regulator": r"(?:u\.?s\.? |us |american |british |european |national |federal |international )*(?:fda|food (?:and|&) drug"
    r" administration|mhra|ema|european medicines agency|medicines (?:agency|regulator)\w*|nice|nhs|national health service|cqc|care"
    r" quality commission|tga|health canada|gmc|general medical council|the who|world health organi[sz]ation|ce|iso|ukca|bfarm|asa"
    r"|regulat(?:ors?|ory)(?: (?:body|bodies|agency|agencies|authorities))?|health (?:authorit(?:y|ies)|ministr(?:y|ies)|department)"
    r"|department of health|ministry of health|authorities|government|watchdogs?)",
    "approve": r"(?:approv(?:e[sd]?|ing|al)|app-?roved|clear(?:s|ed|ance)|certif(?:y|ies|ied|icate\w*|ication)|licen[cs](?:e[sd]?|ing)"
    r"|endors(?:e[sd]?|ement)|recommend(?:s|ed|ation)?|vouch(?:es|ed)?|sign(?:s|ed) off|signed it off|pass(?:es|ed)|back(?:s|ed|ing)"
    r"|bless(?:es|ed|ing)|authori[sz](?:e[sd]?|ation)|accredit(?:s|ed)|rubber-?stamp\w*|accept(?:s|ed)|green light|seal|stamp|rat(?:es|ed)"
    r"|confirm(?:s|ed)|favou?rs?|prefer(?:s|red)|prais(?:es|ed)|sanction(?:s|ed)|grant(?:s|ed)|trust(?:s|ed)|found|say-so|thumbs)",
    "good": r"(?:smooth\w*|even|flawless|perfect|beautiful|gorgeous|stunning|radiant|glow\w*|young\w*|soft(?:er)?|silky|clear(?:er)?"
    r"|new|brand-?new|fresh\w*|confiden\w*|proud|sex\w*|normal|spotless|unblemished|untouched|firm\w*|toned|difference|transform\w*"
    r"|delight\w*|thrilled|amaz\w*|best|twenty|sixteen|eighteen|dream\w*|results?|love|free|gone)",
}  # fmt: skip
GROUP = re.compile(r"<([a-z]+)>")


def expand(phrases: str) -> str:
    """Return one pattern of all phrases, a line each, with the groups of `WORDS` put in."""
    lines = [line.strip() for line in phrases.strip().splitlines()]
    pattern = "|".join(line for line in lines if line)
    while GROUP.search(pattern):
        pattern = GROUP.sub(lambda group: f"(?:{WORDS[group[1]]})", pattern)
    return pattern


def kind(word: str, problem: str, suggestion: str, phrases: str, idioms: str = "") -> Claim:
    return Claim(word, expand(phrases), suggestion, (expand(idioms),) if idioms else (), problem)
