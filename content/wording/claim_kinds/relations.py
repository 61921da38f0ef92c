"""Claims as relations between groups of words, whatever stands between them: no … pain, marks … gone, any skin … suits.

A second way of finding the kinds in `phrases` and `boasts`. `<link>` bridges up to seven words of a clause, none of which
turns the sense round.
"""

from dataclasses import replace

from . import boasts, phrases, promises
from .groups import WORDS, expand
from .words import Claim

STOPS = (
    r"(?:much|more|away|take|takes|taking|remov\w*|stop\w*|reliev\w*|kill\w*|know\w*|say\w*|tell\w*|promis\w*|call\w*|describ\w*|claim\w*|whether|if|how|when|unless"
    r"|because|until|should|mean\w*|always|everyone|everybody|only|just|merely|think|believe|ignore|wait|evidence|proof|guarantee\w*|likely|but|enough|ask\w*|must|rule"
    r"|while|than|without|no|not|never|nothing|nobody|without|cannot|can't|won't|don't)"
)
WORDS.update(
    {
        "link": rf"(?:(?!{STOPS}\b)[\w'%-]+ ){{0,7}}?",
        "no": r"\b(?:no|not|\w+n't|never|without|zero|nobody|no one|no-one|none|nothing|neither|nor|not once|hardly any|hardly anyone|free of|devoid of|cannot|minus)",
        "hurt": r"(?:pain(?:s|ful|fully)?|aches?|discomfort|uncomfortable|hurts?|hurting|sting(?:s|ing)?|sore(?:ness)?|unpleasant\w*|ouch|twinges?|tears|agony|pricks?|suffer\w*)\b(?!-?(?:free|less)| (?:relief|killers?|scores?|scale|medicine|tablets?))",
        "feel": r"(?:feel|feels|felt|notice|noticed|sense|register)\b",
        "fail": r"(?:fail\w*|disappoint\w*|let (?:\w+ ){0,2}down|regret\w*|dissatisf\w*|unhappy|failure|flops?|go wrong|unsuccessful|wasted|in vain)",
        "danger": r"(?:side ?-?effects?|after-?effects?|adverse \w+|complications?|risks?|risky|dangers?|dangerous|hazards?|harm|harmful|damage|consequences?|bad reactions?|reactions?|problems? afterwards|scarring|down-?time|recovery time|after-?care|allergic|allergies|ill effects?|drawbacks?|downsides?|worries|fear\w*|to fear|to worry|upset your skin)\b(?!-?(?:free|less)| (?:factors?|of infection (?:is|in)|assessment))",
        "marksonly": r"(?:(?:stretch|old|white|silver\w*|purple|red|deep) ?-?)*(?:marks?|striae|lines?|streaks?|stripes?)\b",
        "change": r"(?:results?|effects?|improvements?|changes?|skin|smoothness|outcomes?|difference|collagen|beauty|solution|gains?|benefits?|success)",
        "ever": r"(?:for ?-?ever\w*|for good|for (?:your |the rest of your )?(?:whole )?life|for always|for keeps|life-?long|for a lifetime|years on|for (?:years|decades)|decades|(?:end|rest) of (?:your|their|my|her) (?:days|life|lives)|(?:here|there) to stay|never again|once and for all|ever after|evermore|timeless\w*|everlasting\w*|eternal\w*|with you always|at any age to come|stand the test)\b",
        "others": r"(?:lasers?|creams?|oils?|peels?|surgery|surgeons?|retin\w+|other (?:clinics?|treatments?|methods?|practices?|devices?|pens?)|conventional \w+|traditional \w+|rivals?|competitors?|competition|the rest|dermatologists?)",
        "ours": r"(?:our|ours|we|us|this|it|needling|microneedling|needles?)",
        "nice": r"(?:joy|pleasure|treat|delight|relaxing|relaxation|luxury|cosy|blissful|calming|enjoyable|restful|pleasant|soothing|fun|massage|spa)",
        "everyday": r"(?:comb\w*|brush\w*|pluck\w*|wax\w*|thread\w*|scratch\w*|paper ?cut|pinch|hair ?cut|shav\w*|mosquito|nettles?|rubber band|tickl\w*|dentist|hairdresser|manicure|pedicure|facial|bath|stroll|walk|nap|eyebrows?|sneeze|yawn)",
        "soon": r"(?:(?:in|within|after|by|from|before) (?:\w+ ){0,3}?(?:one|a single|single|1|two|first|an?|the|\d+|three|four|five|six|seven|ten|twelve|twenty-four|few|next|very|lunch|your) ?-?(?:\w+ )?(?:visits?|sessions?|treatments?|appointments?|goes?|go|minutes?|hours?|days?|weeks?|weekend|night|afternoon|morning|month)|by (?:the )?(?:weekend|friday|monday|tomorrow|tonight|summer|christmas|next week)|overnight|straight ?away|at once|immediately|same day|on the spot|right away|by the end of (?:the|your) (?:first |second )?(?:week|day|session|month|visit))\b",
        "rebuilt": r"(?:rebuilt|rebuilds?|rebuilding|renewed|renews?|new|gone|smooth\w*|clear|flawless|perfect|different|ready|transformed|transforms?|repaired|repairs?|restored|healed|reborn|regrown|better|vanished|disappeared)\b",
        "whole": r"(?:every|all|any|each|everyone|everybody|anyone|anybody)",
        "fits": r"(?:works?|suits?|fits?|benefits?|respond\w*|helps?|candidates?|effective|made for|can have|ideal|right for|perfect for|eligible|same (?:\w+ )?(?:result|success|change)\w*|treatable|welcome)\b",
    }
)


def _more(word: str, lines: str) -> Claim:
    """Return the kind of this name with other patterns."""
    base = next(kind for kind in (*phrases.KINDS, *promises.KINDS, *boasts.KINDS) if kind.word == word)
    return replace(base, forms=expand(lines))


KINDS = (
    _more(
        "no pain",
        r"""
        <no> <link><hurt>
        <no> <link><feel> (?:\w+ ){0,2}(?:it|anything|thing|needles?|much|them|pen|device|treatment|session|us|needling)\b
        needles? (?:that |which )?(?:you|they|nobody|patients) <no> <link><feel>|(?:you|they|patients) (?:can't|cannot|won't|will not|don't|do not|hardly|barely|scarcely)(?: even)? <feel>
        (?:take|takes|taking|took|block|switch|shut|end|kill|banish|eliminat|dissolv|wipe|remov|numb)\w* (?:(?!is|are|and|or|some|part|most|much|little|edge|bit of the)[\w'-]+ ){0,5}<hurt>
        (?:so|very|wonderfully|remarkably|surprisingly|extremely|delightfully) (?:mild|gentle|light|soft|comfortable|easy)\b(?! on)
        (?:less|no more|no worse|not more|hardly more|milder|easier|about as|only as|just as|no more than|fewer) (?:\w+ )?(?:than|as) (?:a |an |your |having (?:a |your )?|being |(?:a visit|going|a trip) to (?:the|your) )?(?:\w+ )?<everyday>|(?:hurts?|<hurt>) (?:\w+ )?(?:less|no more|no worse|as little|only) (?:\w+ )?than|(?:about |only |just )?as <hurt> as (?:a |an )?(?:\w+ )?<everyday>
        <treatment> (?:\w+ ){0,4}(?:is|are|feels?|find it|was|be) (?:like )?(?:a |an |pure |sheer |such a |really |quite |actually )*<nice>|(?:find|call|consider) (?:it|our \w+|the \w+) (?:a |an |rather |quite |pure )*<nice>|(?:downright|positively|actually|really|quite) (?:enjoyable|pleasant|relaxing|nice|fun)|comfort is (?:complete|total|assured|certain|guaranteed)|<hurt>: (?:[\w',]+ ){0,3}(?:won't|never|don't|no such|zero|not here|none|what)\b
        <no> <link>(?:asked|begged|had) (?:us )?to stop|whether (?:the \w+|it|we) (?:\w+ ){0,3}(?:on|started|begun|running)\b|as well not be there|relaxation\b|no reason to be\b|<hurt> (?:\w+ )?as (?:much|little) as|(?:kids'?|child's|children's) (?:stuff|play)|compared (?:with|to) (?:wax|pluck|shav|thread)\w*|less than (?:wax|pluck|shav|thread)\w*|(?:dozes?|sleeps?|napp?(?:s|ed)) (?:off|through)|like (?:nothing|a dream|a holiday)
        pain\w* (?:\w+ ){0,5}(?:a zero|zero|nought|nil|none|0 out of|1 out of)|(?:give|rate|score)\w* (?:\w+ ){0,3}(?:a )?(?:zero|nought)
        """,
    ),
    _more(
        "no harm",
        r"""
        <no> <link><danger>
        (?:not one|not a single|no|never an?|zero|without a single|without an?) (?:\w+ )?(?:infections?|scars?|burns?|reactions?|complications?|accidents?|incidents?|problems?) (?:in|since|so far|ever|at all|whatsoever|to date|among)|nothing but (?:\w+ )?(?:benefits?|good|advantages|positive)|without (?:a |any )?(?:complaint|protest|trouble|consequence|fuss)s?\b|(?:taken|take|takes) the (?:risk|danger|fear|worry|sting|pain) out|(?:expecting|expectant|pregnant|breast-?feeding|nursing) (?:mothers?|women|mums?|patients?) (?:\w+ ){0,4}(?:welcome|safe|too|treated|benefit|love|enjoy)|the worst (?:that|thing)\b[^.;]{0,40}(?:is|glow|tingle|little|slight)
        (?:a |one )?(?:single )?day off\b(?= needed|\W*$)|impossible (?:for (?:\w+ ){1,2})?to (?:go wrong|fail|hurt|harm|scar)|(?:mild|gentle|tender|harmless) (?:to|on|for) (?:the |your |all |even )?(?:\w+ )?(?:skin|body|system)|(?:leaves?|causes?|does|brings?) (?:\w+ )?no (?:\w+ )?(?:scars?|marks?|damage|harm|injur\w+|irritation|traces?)|(?:not|never|n't) (?:\w+ )?(?:irritat\w*|damag\w*|injur\w*|harm\w*|scar(?:s|red)?|burn\w*|upset)\b(?! (?:if|when))|as (?:safe|harmless|natural|gentle) as|(?:carry|go|get) on as (?:normal|usual|if nothing)|no (?:need to|reason to) (?:rest|recover|take it easy|hide|stay|take time)|(?:purely|entirely|completely|100 ?%) natural|natural(?:ly)? (?:process|method|way)[^.;]{0,30}(?:no|without|nothing)|(?:work|party|swim|gym|beach) (?:the )?same (?:day|evening)|(?:even )?(?:during|in|while) pregnan\w+[^.;]{0,20}(?:fine|safe|possible|no problem|welcome)|(?:not|never) the slightest <link><danger>|nothing <link>(?:react to|fear|dread|worry about|recover from|lose|be afraid)|(?:not|nothing|never) (?:[\w'-]+ ){0,3}(?:risky|dangerous|harmful|hazardous)
        <danger> (?:do|does|is|are|can|will|has|have|simply|just)(?: not|n't| never| unknown| impossible| unheard)(?: \w+)?(?: occur| happen| exist| arise| appear| come| here)?
        (?:have|get|use|do|start|continue) (?:it|the treatment|needling|this|microneedling|our \w+) (?:\w+ ){0,3}(?:in|during|while|when|throughout) (?:\w+ )?(?:pregnan\w*|breast-?feed\w*|expecting)|(?:safe|fine|gentle|mild|harmless) (?:\w+ ){0,3}(?:mother|baby|babies|newborn|pregnan\w*|child\w*|mums)
        (?:completely|totally|absolutely|perfectly|entirely|utterly|100 ?%) (?:secure|safe|sterile and safe|without|tolerated|natural|healthy|free of)
        """,
    ),
    _more(
        "certain success",
        r"""
        a hundred (?:out )?of (?:a|one) hundred|(?:vouch|answer) for (?:your|the|every) (?:result|success|outcome|change|\w+)|(?:everyone|everybody|every (?:patient|woman|client)) (?:who|that) (?:\w+ ){1,4}(?:gets?|leaves?|sees?|goes|has) (?:what|a|the|home|happy)|bound to|<no> <link><fail>\b|no such thing as (?:a )?<fail>
        (?:rely|bank|count|depend|bet) (?:up)?on <link>(?:<change>|change|smooth\w*|it to work|us to)|(?:you|it|your \w+) (?:will|is going to|are going to) (?:definitely|certainly|surely|always|without fail|no doubt)
        success\b <link>(?:every|each|always|all|any|assured|inevitable|given|rule)\b|(?:always|every time|invariably|without exception|without fail|automatically|inevitably) (?:\w+ ){0,3}(?:works?|succeed\w*|delivers?|helps?|improve\w*|fades?|lightens?|smooths?|pleases?|achieve\w*)
        (?:works?|succeed\w*|deliver\w*) (?:\w+ ){0,3}(?:every|each|always|all|any) (?:\w+ )?(?:time|case|patient|body|one)|(?:so|absolutely|completely|totally|100 ?%|quite) (?:sure|certain|confident|convinced)\b[^.;]{0,30}(?:work|result|love|happy|success|delighted|change)
        (?:certain|sure|bound|destined|guaranteed) (?:to|of|that) (?:\w+ ){0,4}(?:see|change|result\w*|work\w*|improve\w*|smooth\w*|love|success|fade|satisf\w*|delight\w*|happy)|(?:<change>|satisfaction|it) (?:is|are) (?:\w+ )?(?:certainty|certain|given|foregone|sure thing|promise)\b|satisfaction <link>(?:certain|sure|assured|complete|guarantee\w*|promise\w*)|results? (?:that )?you (?:can't|cannot|won't) (?:miss|fault|ignore|deny)
        """,
    ),
    _more(
        "marks that vanish",
        r"""
        (?:tak|lift|strip|rub|wip|sweep|peel|chas|driv|mak|wash|kick|push|iron|buff|smooth|needl|send|wav|watch|let|rid|whisk|scrub|polish|clear)(?:e|es|ing|s|ed|t|k|ping|bing)?\b (?:[\w'-]+ ){0,5}?<marksonly> (?:\w+ ){0,2}(?:away|off|(?<!stand )out(?! more)|go|disappear|vanish|leave|farewell|goodbye|packing)\b(?! with a)
        (?:tak|lift|strip|rub|wip|sweep|peel|chas|driv|wash|kick|push|iron|buff|smooth|whisk|scrub|polish|clear)(?:e|es|ing|s|ed|ping|bing)? (?:away|off|out) (?:[\w'-]+ ){0,4}<marksonly>
        (?:farewell|good riddance|adieu|so long)\b|goodbye|<marksonly>(?:,|:| -)? (?:(?!not|never|no|cannot|rarely)[\w',]+ ){0,6}?(?:beaten|defeated|conquered|solved|sorted|over and|history|finished|a (?:\w+ )?memory|treated, beaten|no more|nowhere)\b
        (?:<marksonly>|<skin>|they|them|scars?)\b[^.;?]{0,50}\b<no> (?:(?:be|been|longer|even|ever|to|possibly|easily|anyone|you|can|could|is|are|anywhere) ){0,4}(?:told|seen|found|detected|distinguish\w*|made out|spotted|tell (?:\w+ )?apart|recogni[sz]\w*)\b
        <skin> (?:[\w']+ ){0,4}(?:without|free of|shows? no|showing no|no longer shows?|has no|with no|not) (?:[\w]+ ){0,4}(?:<marksonly>|flaws?|trace|signs?|memory|blemish\w*)|(?:without|not) (?:a|one) (?:single )?(?:flaw|line|mark|stripe|streak|trace)\b
        (?:return|restor|bring|brought|tak|turn|giv|get|win|look|back)\w* (?:[\w']+ ){0,5}(?:state|way|condition|shape|skin|body|belly|tummy|figure|how it was|what it was|time|looks?|self)\b (?:[\w']+ ){0,4}(?:before|prior to|pre-?) ?(?:\w+ ){0,3}(?:pregnan\w*|birth|baby|babies|teens|growth|child\w*|marks|weight)
        (?:as|like|if) <link>(?:never|before) (?:\w+ ){0,3}(?:pregnan\w*|birth|babies|child\w*|growth spurt|been there|marked|stretched)|no sign of (?:\w+ ){0,3}(?:carried|pregnan\w*|child\w*|birth|<marksonly>)|<no> <link>sign of <link>(?:carried|pregnan\w*|<marksonly>)
        (?:heals?|mends?|fix(?:es)?|solves?|resolves?|reverses?|undoes|corrects?|defeats?|beats?|conquers?) (?:(?!but|and|than)[\w'-]+ ){0,4}?(?:stretch ?-?marks?|striae|torn \w+|scar tissue|damage|problem)\b|(?:the|a|an|real|true|one|at last a) (?:remedy|answer|antidote|solution|fix) (?:for|to|against) (?:\w+ ){0,2}(?:<marksonly>|striae|problem|worry)
        come (?:in )?(?:\w+ ){0,3}with (?:\w+ )?<marksonly>[^.]{0,40}(?:without|gone)|<marksonly>\W+ gone\b|\w+: (?:simply |all |completely )?(?:gone|vanished|history|forgotten)\b|(?:spotless|unmarked|mark-?less|stripe-?less|line-?free) |(?:grows?|grown|grew) back (?:\w+ ){0,3}(?:young|new|smooth|thick|clear|free)\w*|(?:the )?<marksonly> no longer exists?|one <marksonly> (?:left|remains)
        (?:nothing|none|not \w+) (?:\w+ )?(?:left|remains?|to hide|to cover)\b(?! (?:of the|to do|for us|over))|<marksonly> (?:\w+ ){0,2}(?:dissolv\w*|melt\w*|close[sd]?\b|level\w*|heals? over|give up|surrender)|scars? (?:\w+ ){0,2}(?:dissolv|melt)\w*|<skin>,? (?:just |exactly )?as (?:they|it) (?:was|were|looked) (?:at|before|when|in)|(?:without|no) (?:lines|stripes|streaks|stretch marks)\b|forgets? (?:that )?(?:the|they|it|you)
        (?:tak|lift|strip|wip|remov|eras|undo|revers|repair)\w* (?:off |away |out )?what (?:\w+ ){1,3}(?:left|did|do|does|has|have)\b|<marksonly> (?:will be|are|get|is|being|been) (?:\w+ )?(?:wiped|rubbed|taken|lifted|swept|smoothed|stripped|peeled|washed|buffed|polished|ironed|chased) (?:out|off|away)|short work of|here today,? gone|gets? (?:\w+ ){0,2}<marksonly> out of|only skin,? no|take them (?:away|off)|(?:tak|lift|wip|rub)\w* them (?:away|off|out)\b(?! (?:when|if|before))|(?:dissolv|melt|shrink)\w* (?:\w+ ){0,4}(?:into|to) (?:nothing|thin air)
        """,
    ),
    _more(
        "for ever",
        r"""
        <change>\b <link>(?:is|are|will|be|stays?|lasts?|remains?|keeps?|holds?|that|which|endures?|persists?|yours)\b <link>(?:<ever>|always|permanent\w*|throughout|long after|unchanged|through)
        (?:set|sorted|done|smooth|beautiful|yours|gone|free|fixed|flawless|clear|skin|solution|marks|enjoy\w*|lasts?|stays?|keeps?|benefit\w*)\b (?:[\w'-]+ ){0,5}?<ever>
        (?:stay|stays|stayed|remain|remains) (?:\w+ )?(?:smooth|gone|away|that way|flat|invisible|clear|soft|put|like that|true|yours|for good|with you)\b
        (?:<change>|marks|they|it|smooth\w*|them)\b <link><no> <link>(?:come back|coming back|return\w*|reappear\w*|recur\w*|fade|fades|wear(?:s)? off|age|relapse\w*|reverse\w*|undone|lost|lose it|deteriorat\w*)\b|(?:<change>|it) <link><no> <link>(?:go away|goes away|leaves? you)\b
        no reason (?:for|why|that) (?:\w+ ){0,4}(?:ever|fade|return|come back|change)|ever to (?:fade|return|come back)|life-?long (?:solution|results?|change|smooth\w*|freedom|effects?|benefit\w*|answer|remedy|cure)|last (?:money|time|treatment|payment) you(?:'ll| will)? (?:ever )?(?:spend|need|have|make)
        (?:ten|twenty|thirty|forty|fifty|\d\d) years (?:on|later|from now|afterwards|hence|down)|once and never again|(?<!do )never again\b|pay once\b|one course,? and you
        """,
    ),
    _more(
        "for everybody",
        r"""
        <whole>(?:\w+ )?(?: (?:skin|body|woman|man|patient|person|age|type|tone|colour|mark|complexion|mother|stomach|shape|size)\w*)? <link><fits>
        <fits> <link>(?:every|all|any|each) (?:\w+ ){0,2}?(?:bod(?:y|ies)|skins?|ages?|types?|tones?|colours?|marks?|complexions?|women|people|patients?|shapes?|sizes?|mothers?)\b|<fits> (?:just |simply |nearly |almost )?(?:everyone|everybody|anyone|anybody|all of us|all comers)
        (?:every|all|any) (?:\w+ ){0,2}(?:skin|age|colour|type|tone|mark|body|shape)s?,[^.]{0,20}\b(?:every|all|any)
        (?:nobody|no one|no-one|no|none|not|there isn't|there's no|never|\w+n't) (?:[\w'-]+ ){0,5}(?:we|it|that|this|who|which|microneedling|needling|our \w+) (?:can't|cannot|won't|doesn't|don't|couldn't|can not|fails? to) (?:\w+ )?(?:help|treat|work|suit|improve|smooth|benefit|fix|handle|tackle|be)
        (?:works?|suits?|made|effective|ideal|right)\b[^.;]{0,60}\balike\b|suits? (?:pregnant|nursing|all|every|even)|nobody (?:for|on) whom|makes? no difference (?:whether|how|what|where|who)|they all (?:go|fade|respond|vanish|leave)|(?:man or woman|men and women|young (?:or|and|to) old|old (?:or|and) young|teenagers? (?:\w+ )?to|from (?:teenagers?|mothers?|men|the palest|new mums?)) ?[^.;]{0,50}(?:same|benefit|works?|result|helps?|suit\w*|all|treat\w*|right|change)|(?:you|everyone|everybody|anyone) will benefit|one (?:treatment|method|pen|answer|solution)[^.;]{0,20}(?:fits|suits|for) (?:all|every)
        """,
    ),
    _more(
        "better than others",
        r"""
        (?:no|nobody|no one|nothing|none|never|few|hardly anyone) (?:[\w'-]+ ){0,7}?(?:finer|match(?:es)?|rivals?|equals?|compar(?:es|e|able)|compet(?:e|es)|as (?:well|good|effective|skilled|strong)|anywhere near|comes? close|keeps? up|surpass\w*|does more|do more|beats?|outdo\w*|better(?! (?:after|at|in|by|within|or|than (?!us|ours?|we|this|micro|it\b)))(?= results?| hands| clinic| care|$|\W))
        <others>\b (?:[\w']+ ){0,3}?(?:can't|cannot|could never|can never|never|won't|merely|only|burns?|fails?|doesn't(?! replace| need| hurt)|don't(?! replace| need| hurt)|yesterday's|outdated|history|fall behind|lags?)\b[^.]{0,60}\b<ours>\b|<ours>\b[^.;]{0,60}\b(?:what|than|where|whereas|while|unlike)\b[^.;]{0,40}<others>[^.;]{0,30}(?:can't|cannot|fail\w*|never|don't|can only|only|couldn't)
        (?:leav|beat|knock|outpac|outrank|outshin|trounc|overtak|eclips|dwarf)\w* (?:[\w']+ ){0,5}(?:behind|in the dust|trailing|standing|in the shade|hands down)|put\w* (?:\w+ ){1,4}(?:to shame|in the shade)|looks? like (?:a )?(?:waste|joke|child's play)|(?:why bother|forget about|bin|throw away|ditch) (?:\w+ ){0,4}<others>|results? (?:that )?(?:no|few) \w+ (?:can|could)
        (?:lead|leads|leading|leader|leaders|head|ahead of) (?:\w+ ){0,4}(?:field|market|pack|county|region|country|way|industry|world|in (?:striae|stretch|skin|needling))|market leaders?|top (?:marks|spot|clinic|rated|choice)|in the (?:front|top) (?:rank|row|league)
        (?!(?:nearest|oldest|latest|earliest|closest|newest|highest (?:dose|risk)|interest|honest|request|west|east|rest|test|lowest|harvest))\w{3,}est (?:[\w-]+ ){0,4}(?:in|of|on|from) (?:the |all |our |your )?(?:\w+ )?(?:world|country|county|city|town|region|market|industry|land|area|north|south|midlands|kingdom|britain|england|scotland|wales|ireland|london|manchester|clinics|coast)|(?:best|finest|safest|surest) (?:hands|skin clinic|clinic|choice|care)|best clinic
        (?:stronger|better|safer|faster|gentler|cheaper|superior|more \w+|smarter|kinder|twice as \w+) (?:to|than|as) (?:any|every|all|other|the competition|our|laser|peels?|creams?|surgery|radiofrequency|both|anything)
        winners? of (?:\w+ ){0,4}(?:award|clinic|prize|year)|(?:clinic|treatment|practice|team) of the year|award for (?:\w+ )?(?:results|skin|excellence|best)|(?:fly|travel|come|flock)s? (?:in |here |to us )?from (?:abroad|all over|far|around|every|as far)|where (?:\w+ ){0,2}others? (?:\w+ )?(?:give up|fail|stop|end)|(?:two|three|four|five|ten|twenty|hundred|\d+) times (?:the|more|better|as|stronger|faster)|(?:envy|talk|pride) of (?:other|the|all|every)
        (?:won't|will not|can't|cannot|never) find (?:\w+ )?(?:better|finer|a better|anyone better)|<change>\b[^.;]{0,30}\bno (?:surgeon|laser|other|clinic|doctor|cream|rival|competitor)\w* (?:\w+ )?(?:can|could|will|match\w*|dreams)|\b(?:county|city|town|country|region|nation)'s (?:\w+ )?(?:favourite|best|top|leading|first|only|number|finest)
        """,
    ),
    _more(
        "quick results",
        r"""
        (?:see|seeing|notice|spot|feel|get|enjoy|show|shows|visible)\b (?:[\w']+ ){0,4}?(?:it|change|difference|results?|improvement|smooth\w*|effect)\b <link><soon>
        <soon>,? <link>(?:skin|marks|lines|bod(?:y|ies)|bell(?:y|ies)|thighs?|legs)\b (?:[\w']+ ){0,4}?<rebuilt>|(?:skin|marks|lines|belly|thighs?|legs) (?:[\w']+ ){0,4}?<rebuilt> (?:\w+ ){0,3}?<soon>
        (?:results?|change|difference|effect|improvement) (?:shows?|appears?|is (?:seen|visible)|starts?|comes?|sets in) (?:\w+ )?<soon>|(?:results?|change|difference|smooth\w*|new skin) (?:\w+ )?(?:before you|the (?:same|very) day|by (?:the|your)|in (?:no|record) time|while you wait)|fast-?track\w*|(?:shortest|fastest|quickest) (?:way|path|route)|notice it (?:by|in|within|after)|(?:it|they) (?:works?|vanish\w*|goes|go) (?:in|within) (?:\w+ )?(?:days|hours|minutes)
        (?:walk|come|arrive|go)\w* (?:in|here|to us)? ?(?:\w+ )?with (?:\w+ )?<marksonly>[^.]{0,40}without|(?:immediate|instant|same-day|overnight) (?:\w+ )?(?:tighten\w*|lift\w*|firm\w*|smooth\w*|glow|effect|change|result\w*|relief)|(?:as soon as|the moment|the minute) (?:we|you) (?:begin|start|finish|leave)|(?:smooth\w*|skin|results?|body|belly) (?:\w+ ){0,4}(?:hour|hours|day|days|week|weeks|minutes|session|appointment|visit|step|call) away|(?:one|two|three|\d|a few|a couple of) (?:sessions?|visits?|treatments?|appointments?) and (?:your|the|you're|they)|in a day what|in (?:one|a single) (?:visit|session|day|hour|afternoon|go)\b[^.;]{0,40}(?:<change>|gone|smooth\w*|new)|(?:<change>|gone|smooth\w*|new) [^.;]{0,30}in (?:one|a single) (?:visit|session|day|hour|afternoon|go)\b
        """,
    ),
    _more(
        "science that proves",
        r"""
        (?:stud(?:y|ies)|researchers?|research|team|university|universities|harvard|oxford|scientists?|science|doctors|experts|professors|trials?|laborator\w+|tests?|colleagues)\b (?:(?!no|not|never|who|which|small|whether|ask|may|might)[\w'-]+ ){0,8}?(?:shown?|showed|proves?|proved|proven|confirm\w*|establish\w*|demonstrat\w*|conclusively|settled|discovered|found) (?:\w+ ){0,3}?(?:that )?(?:it|our|needling|microneedling|this|the skin|skin|marks?|the treatment|the matter|collagen)\b(?! (?:may|might|can|could|hurt|had|was as|is as|did))
        (?:youth|healing|your) genes?\b|nobel|laureates?|youth (?:cells?|hormones?|genes?)|(?:switch|turn)\w* on your skin|collagen\b[^.;]{0,40}(?:\d+|hundred|fifty|double|triple) ?(?:%|per ?cent|percent|times|-?fold)|(?:doctors|experts|scientists|dermatologists|surgeons|professors) (?:everywhere|worldwide|around the world|all over|agree|alike)|science (?:has|is|says|proves|settled)|(?:copy|copies) what we do
        proven (?:in|by|over|through|many|to) (?:\w+ ){0,4}(?:trials?|stud\w+|years|patients|science|thousand|tests?)
        """,
    ),
    _more(
        "a testimonial",
        r"""
        "[^"?]{0,200}\b(?:i|i'm|i've|i'd|my|me)\b[^"?]{0,200}"[^"]{0,6}(?:\w+ )?(?:says?|said|writes?|wrote|told|raves?|smiles?|beams|(?!to |in |on |and |or |is |are |the |when |if |but |you |we )\w+(?: \w\.?)?,? (?:\d\d|from|in|of|aged))|(?:told us|writes?|wrote|says?|said|verdict|raves?)\W+"[^"?]{0,200}(?:best|life|love|amaz\w+|worth|new|again|ever|happy|gone|wow|thank\w*|perfect)
        (?:patients?|clients?|women|mums?|customers?|mothers|everyone|everybody|people) <link>(?:smil\w+|rav\w+|ador\w+|delighted|thrilled|overjoyed|ecstatic|grateful|amazed|in tears|recommend us|love (?:it|us|their|the)|come back happy|changed lives)\b|(?:patients?|clients?|women|mums|customers|they) (?:\w+ )?(?:hug|kiss|thank|cry|weep|beam|glow)\w*|(?:five out of five|ten out of ten|5 out of 5|10 out of 10)\b|(?:wept|cried|tears|weep|cry)\w* (?:\w+ )?(?:with|of|for) (?:joy|happiness|relief)|(?:can't|cannot|couldn't) stop (?:smiling|looking|telling|talking|showing)|changes? lives
        """,
    ),
    _more(
        "before and after",
        r"""
        (?:could|can|will|might) (?:\w+ )?be (?:you|yours|your (?:<skin>|legs|turn|photo|picture|story))\b|typical of what|what awaits you|awaits you|from \w+ to (?:nothing|none|zero|clear|smooth|silk|flawless|spotless)|(?:we|our team|it|needling)(?:'ll| will| can)? do (?:it|the same|this|that) for you|(?:look|see) (?:what|how) (?:we|it|needling|our \w+) (?:did|does|can do|has done|changed)|from (?:striped|lined|marked|scarred|ruined|streaky) to|(?:same|such) results? (?:for you|await)|(?<!and )after: (?:\w+ ){0,2}(?:no|not|none|perfect|smooth|clear|flawless|spotless)
        """,
    ),
    _more(
        "a puff",
        r"""
        the most (?!people|patients|important|common|likely|recent|frequent|useful|that|of|often|anyone|we|you|they|painful|sensitive|a |it |serious|careful|in )\w+ (?:[\w-]+ )?(?:discovery|advance|treatment|method|invention|news|thing|pen|device|technique|way|chapter|development)|to die for|so (?:smooth|soft|good|beautiful|young|silky|perfect|new) (?:that )?(?:you|your|people|everyone|it|nobody|even)|(?:raving|rave) about|(?:in love with|fall for|love with) (?:your|the)|true (?:wonder|marvel|miracle)|(?:everyone|all the world|the town|people) (?:is|are|keeps?) (?:talking|raving)|(?:wonder|marvel|triumph) of|cry with|(?:life|lives) (?:will )?(?:change|transform)\w*|dream come
        """,
    ),
)
