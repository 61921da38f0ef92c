"""Claims about who is best and who says so: speed, rank, regulators, money back, testimonials, science, pressure."""

from .groups import kind
from .words import SUGGEST_EVIDENCE

SPOKEN = (
    r"(?:put it|raves?|raved|says?|said|told|tells?|writes?|wrote|swears?|swore|gush\w*|beams?|reports?|laughs?|smiles?|calls?|confid\w*|texted"
    r"|admits?|cries|cried|posted|exclaim\w*|recalls?|whispers?|shared?|comments?|reviews?|agrees?|confirms?|loves?|loved|adores?|thank\w*)"
)
PRAISE = (
    r"(?:lov\w+|best|worth|magic\w*|gone|new|disappear\w*|vanish\w*|bikini|confiden\w*|recommend\w*|amaz\w+|happ\w+|finally|incredib\w*"
    r"|believe|works?|worked|thank\w*|wonder\w*|perfect|smooth\w*|fantastic|brilliant|life|never (?:looked|felt|hurt)|delight\w+"
    r"|thrilled|over the moon|impress\w+|result\w*|proud|husband|friends|wish|favou?rite|beautiful\w*|gorgeous|miracle\w*|five stars|mirror|shorts|dress(?:es)?|skirts?|swim\w*|wear)"
)
FIRST_PERSON = r"(?:i|i'm|i've|i'd|i'll|my|me|mine|myself)"
KINDS = (
    kind(
        "quick results",
        "This promises change in a short time. Change takes months, and some people see none.",
        "Say when change is seen: [[weeks-before-judging]] after the last session.",
        r"""
        (?:in|after|with|within|by|from|takes?|needs?|requires?) (?:only |just |as little as |no more than |under |less than |a mere )*(?:one|a single|1|two|2|the first|your first|the second|three|four|five|six) (?:\w+ )?(?:sessions?|treatments?|visits?|appointments?|goes?)\b(?=[^.;]{0,80}(?:<good>|gone|fad\w+|see|disappear\w*|vanish\w*|clear\w*|smooth\w*|undo|change|improve\w*|work|done))
        (?:see|seen|notice|gone|fade[sd]?|disappear\w*|vanish\w*|change|clear\w*|smooth\w*|dramatic|difference|soften\w*|flawless|perfect|improve\w*|<good>|results?|undo|work\w*)\b[^.;]{0,50}\b(?:in|after|within|by|from) (?:only |just |as little as |under |less than |a mere |about |around )*(?:the |your )?(?:one|a single|1|first|a few|two|second|a couple of|\d+|three|four|five|six|seven|ten|a|an|mere) ?(?:(?:sessions?|treatments?|visits?|appointments?|minutes?|hours?|days?|weeks?|weekend|night|month)\b)
        (?:one|a single|1|first) (?:\w+ )?(?:session|treatment|visit|appointment|go)\b (?:\w+ )?(?:is (?:all|enough|sufficient)|does (?:it|the)|suffices|will do|and (?:you're|it's|they're|you are) (?:done|gone)|fixes|changes everything|wonder)
        over ?-?night(?! (?:bag|stay|on-call))\b|by (?:friday|monday|tuesday|wednesday|thursday|saturday|sunday|tomorrow|tonight|the weekend|next week|summer|christmas|june|july|august|may|the wedding|your (?:wedding|holiday))\b|(?:in|within) (?:no time|a flash|minutes|seconds|hours|days|a heartbeat|the blink)\b(?=[^.;]*(?:<good>|fad|see|gone|smooth|mark|line|skin|chang|clear))|(?:minutes|seconds|hours|days) later[^.;]{0,40}(?:<good>|gone|fad)
        before (?:your|our|their) (?:very )?(?:own )?eyes|as you watch|watch (?:your|those|them|the|it) (?:\w+ ){0,3}(?:fade|melt|disappear|vanish|go|shrink|smooth)|(?:immediate|same-?day|rapid|speedy|swift|lightning|express|fast|turbo|on-the-spot)(?:ly)? ?-?(?:\w+ )?(?:results?|change|effect|improvement|difference|smooth\w*|transformation|track|visible|fix|acting|noticeabl\w*|disappear\w*|fad\w*|solution|way)
        (?:results?|smooth\w*|change|difference|improve\w*|effects?|works?) (?:\w+ ){0,4}(?:straight ?away|right away|at once|immediately|on the spot|from day one|from the (?:first|very first)|the same day|there and then)\b|(?:straight ?away|immediately|at once),? (?:\w+ ){0,3}(?:smoother|better|firmer|see|notice|fade\w*)|(?:fastest|quickest) (?:way|results?|route)|(?:works?|results?|heals?|fades?) (?:\w+ )?(?:quicker|faster) than
        visible (?:change|difference|result|improvement)s? (?:\w+ )?(?:after|in|within|from)|(?:see|get|visible|real|lasting|smooth|feel) (?:\w+ )?(?:results?|change|difference|improvement|skin) (?:in|within) (?:mere |just |only )?(?:minutes|hours|days|weeks|no time)|(?:smooth|new|clear|flawless|ready|perfect)\b[^.;]{0,30}in time for|while you(?:'re| are) still|before you(?:'ve| have|'re)? (?:even |know it)|in (?:a single|one|an) (?:afternoon|morning|hour|lunch\w*|day|week|weekend|go)\b|(?:minutes|hours|days) to (?:new|smooth\w*|better|flawless|perfect)|no (?:need to )?wait(?:ing)?(?: (?:for|months|weeks|around))|done and dusted|one and done|quick as
        (?:visible|smoother|softer|flatter|clearer|better|gone) as soon as|(?:results?|difference|change|smooth\w*|new skin|clear skin) (?:\w+ )?(?:today|tonight|tomorrow|this (?:week|weekend|evening)|now|here and now)(?! (?:is|are|does))|(?:summer|beach|bikini|holiday|wedding|camera|swimsuit)-ready|in just (?:an|one|a|two|three|\d+) \w+
        (?:walk|walks|step|steps|go|leave|leaves|come) (?:out|home|away|off) (?:\w+ )?with (?:\w+ )?(?:\w+ )?(?:smooth\w*|new|flawless|clear\w*|perfect|soft\w*|better|beautiful)|by (?:your|the) next (?:coffee|weekend|week|day|morning|shower|holiday)|(?:thirty|twenty|forty|ten|fifteen|five|\d+) minutes (?:and|later|to|is all)[^.;]{0,40}(?:new|smooth\w*|gone|done|flawless|perfect|all it takes)|in (?:thirty|twenty|forty|ten|fifteen|five|\d+) minutes[^.;]{0,40}(?:new|smooth\w*|gone|flawless|perfect)
        """,
        r"""
        (?:call|ask|tell|stop|phone|ring|wash|go|see a doctor|dial|come)\w* [^.;]{0,50}(?:at once|immediately|straight ?away|right away|tonight|tomorrow|same day|by \w+)
        (?:open|closed|call|answer|reply|book|phone|number|send|post|pay)\w* [^.;]{0,40}(?:by|tomorrow|tonight|overnight|within)
        (?:redness|swelling|fever|pain|rash|spread\w*|sunburn|blister\w*|sore\w*|warm|tight|settle\w*|worse|moisturis\w*|patch\w*)\b[^.;]{0,60}
        (?:change|changes|changed) (?:your mind|the date|it|your appointment|dressing|clothes|of (?:mind|clothes|colour))
        (?:redness|swelling|records?|right|request|copy|letter|cold sore|flush|bruis\w*|side effects?)\b[^.;]{0,80}
        (?:no|little|not|n't)\b[^.;]{0,30}(?:difference|change)
        some (?:people )?(?:see|have|get|notice) [^.;]{0,60}
        (?:swelling|redness|cream|plaster|numbness|swollen)\b[^.;]{0,60}
        """,
    ),
    kind(
        "better than others",
        "This says that it beats all others. No study here shows that.",
        "Say what it was compared with, and in which study.",
        r"""
        (?:(?:no\.?|nr\.?|nummer|#) ?1|no\. ?one|number ?(?:1|one))\b(?! (?:on|in) (?:the|your) (?:list|form|page)|:)|(?:top|five|5|six|6)-? ?(?:rated|ranked|star|class|notch|quality|drawer)\b|top (?:\w+ ){0,3}(?:clinics?|choice|specialists?|doctors?|experts?|practitioners?|surgeons?|destination|results?|name|team)\b|tops? the
        (?:leading|foremost|premier|premium|elite|pre-?eminent|most trusted|largest|biggest|favou?rite|best-?(?:known|loved|rated|kept|selling|in-class)|go-to|number-one|celebrated|renowned|acclaimed|world-?famous|famous|legendary|award-?winning|multi-?award\w*|prize-?winning|master) (?:\w+ ){0,3}(?:clinics?|specialists?|doctors?|experts?|practi\w+|professors?|hands|names?|teams?|centres?|centers?|provider|nurses?|brand|devices?|treatments?|skin|results?|secret|method|dermatolog\w+|therapists?)\b
        (?:(?:world|country|nation|city|town|county|region|coast|industry|market|area)'s|(?:uk|britain|england|scotland|wales|america|europe|london)(?:'s)?) (?:\w+ )?(?:leading|most|finest|top|first|only|number|no|favou?rite|largest|best|foremost|greatest)
        (?:voted|crowned|named|ranked|chosen|hailed|awarded|acclaimed|judged)\b (?:as |the |by |a |our |for |\w+ ){0,4}(?:best|top|leading|country|nation|first|no|number|finest|favou?rite|clinic|practice|treatment|results|outstanding|excellen\w*|\d)|award-?winning|award for (?:results|best|excellence|the best)|won (?:\w+ ){0,4}(?:best|award for (?:\w+ )?(?:results|clinic|treatment|skin)|skin|beauty)
        gold ?-?standard|world-?(?:class|beating|first|leading)|second to none|bar none|hands down|head and shoulders|like no other|in a (?:league|class) of|peerless|matchless|unrivall?ed|unmatched|unbeaten|unbeatable|unparallel\w+|unsurpass\w+|unequal\w+|incomparabl\w+|state-of-the-art|cutting-edge|next-generation|market-leading|industry-leading
        (?:no|nobody|no one|nothing|none|never) (?:\w+ ){0,4}(?:finer|better|greater|superior|stronger|more (?:skilled|experienced|effective|powerful|advanced|reliable)|comes? close|compares?|match(?:es)? (?:us|our|this|it)|rivals?|beats?|works? (?:as well|better)|does it (?:better|like)|gets? (?:better|such) results?|can (?:match|beat|rival)|holds a candle|comes near)|(?:could|can|will|would|won)(?:n't|not| not| never) (?:choose|find|ask for|have|pick|wish for|get|do) (?:\w+ ){0,2}(?:safer|better|finer|gentler)|find (?:a )?better
        most (?:\w+ )?(?:effective|advanced|powerful|trusted|popular|experienced|recommended|successful|modern|sought|skilled|skilful|potent|efficient|reliable|sophisticated|talented|qualified|impressive|loved|wanted|respected)\b|(?:finest|greatest|strongest|smartest|cleverest|ultimate|supreme|superior|highest success|cheapest|lowest price\w*|best-?priced|unbeatable price)\b(?! to)
        (?:beats?|beating|outperform\w*|outshin\w*|outclass\w*|trump\w*|surpass\w*|outdo\w*|eclips\w*|overtak\w*|replaces?|leaves? (?:\w+ ){1,3}(?:standing|behind|in the dust)|knock\w* (?:\w+ ){1,3}(?:aside|out)|put\w* (?:\w+ )to shame) (?:\w+ ){0,3}(?:lasers?|surgery|creams?|oils?|peels?|all|every\w*|any\w*|others?|rivals?|competit\w+|radiofrequency|dermarollers?|the rest|home)
        (?:better|safer|stronger|gentler|kinder|faster|more (?:effective|powerful|successful|reliable|comfortable|advanced)|superior|works? better|twice as (?:\w+)|ten times|\d+ times (?:more|better|as)|far more|smarter) (?:\w+ ){0,2}?(?:than|to|as) (?:\w+ ){0,2}(?:lasers?|surgery|creams?|oils?|peels?|all|every\w*|any\w*|others?|other|rivals?|competit\w+|radiofrequency|dermarollers?|the rest|our|nature|what)|(?:at|for) half the (?:price|cost)|where (?:\w+ ){0,2}(?:creams?|lasers?|others|all else|everything) (?:have )?fail\w*|unlike (?:other|laser|cream|any|our)|than (?:any|all|every) other
        the only (?:\w+ ){0,2}(?:treatment|method|clinic|thing|solution|device|cure|way to (?:treat|beat|lose|get|have|smooth|erase|remove)|answer|technique|therapy|proven)\b|only we\b|nowhere else|exclusive(?:ly)? (?:to|technique|method|treatment|formula)|(?:trusted|loved|adored|used|chosen|recommended|preferred|envied|praised) (?:by|of) (?:\w+ ){0,3}(?:thousands|hundreds|millions|celebr\w+|stars|doctors|dermatolog\w+|experts|women|mums|models|royal\w*|specialists|surgeons|everyone|athletes|actresses|influencers|professionals|midwives)|choice of (?:\w+ )?(?:dermatolog\w+|doctors|stars|experts|celebr\w+|models|women)|treatment of choice
        (?:nobody|no one|no clinic|nothing|no other \w+) [^.;]{1,40} like (?:us|our|we|dr|this|it|microneedling|they)|where (?:\w+ ){0,4}(?:have |has |had )?fail\w*|(?:lasers?|creams?|oils?|surgery|surgeons|others?|nothing|rivals|other (?:clinics|treatments)|competitors) (?:simply |just )?(?:can't|cannot|could never|can never|don't|do not|won't) (?:\w+ )?(?:compete|match|compare|touch|keep up|deliver|achieve|come|do)|forget (?:about )?(?:all )?(?:the )?(?:lasers?|creams?|surgery|oils?|peels?)|why bother|(?:cut|class|step|head) above|(?:streets|miles|way|light years|far) ahead|out of business|obsolete|highest-?rated|ranks? (?:first|top|highest)|ranked (?:first|top|number)|the place (?:to go|for)|the name (?:in|everyone|to)|pioneer\w*|masters? of|(?:the|true|leading|real) experts? in|unequalled|superior|best-?kept|(?:more|further|bigger|greater) (?:\w+ )?than any(?:thing|one)?\b|a league|outclass\w*|world-?renowned|nation-?wide|no other (?:clinic|treatment|method|device)
        (?:other|all other|rival) (?:methods|treatments|clinics|techniques) (?:pale|fade|fall|cannot|can't|don't|lag|fail|only)|(?:wins?|won|triumphs?|prevails?) (?:against|over) (?:\w+ )?(?:lasers?|creams?|surgery|all|every)|(?:no|not|never|isn't a) (?:\w+ )?better (?:option|choice|way|treatment|place|clinic|hands)|top address|game ?-?changer
        (?:lasers?|creams?|surgery|oils?|peels?|scalpels?) (?:belongs?|is|are) (?:in a|for the|yesterday|outdated|old hat|redundant|history|finished|pointless|a waste|no match|dead|useless)|(?:surgeons?|competitors|rivals|other clinics|colleagues|dermatologists) (?:\w+ )?(?:envy|envious|copy|admire|marvel|bow)|most admired|no match for|(?:first|top|best) choice|(?:eighth|8th) wonder
        """,
        r"""
        (?:may|might|could|seems?) (?:be )?(?:safer|better|worse) (?:\w+ ){0,6}than
        did (?:about )?as well as laser
        better than other care
        (?:better|cheaper|safer) than (?:nothing|none|not|sorry|guess\w*|waiting)
        no other (?:treatment|clinic)[^.;]{0,40}(?:either|removes|can)
        best (?:results?|outcomes?|changes?) (?:\w+ )?in (?:the|that|this) (?:study|trial)
        """,
    ),
    kind(
        "approval by a regulator",
        "This says that a regulator stands behind the treatment. Approval or registration says nothing of the kind.",
        "Say what the regulator did, for which use and where, or leave it out.",
        r"""
        <regulator>'?s?(?:\W+(?:the|has|have|had|itself|in|of|and|on|fully|officially|formally|now|also|all|both|examined|washington|london|brussels|finally|have|been|is|uk|us|world|standard|mark|\w+)){0,6}\W+<approve>\b(?! (?:about|out|on (?:side|to)|number))
        <regulator>-? ?<approve>\b
        <approve>\b(?: [\w']+){0,6}? (?:by|from|with|of|at|under) (?:the |all |every |both |major |leading |\w+ ){0,4}?<regulator>\b
        (?:officially|government|medically|fully|legally|internationally|dermatologically|clinically|medical|state|federally|independently) ?-?(?:approved|cleared|certified|licen[cs]ed|endorsed|recommended|recogni[sz]ed|accredited|authori[sz]ed|tested|validated|backed)\b|stamp of approval|seal of approval|official (?:seal|stamp|mark|approval|licen[cs]e)
        (?:ce|ukca|iso|fda|mhra|nhs|nice|ema)\W?-? ?(?:certified|approved|cleared|marked|registered|listed|grade|standard|compliant|endorsed|backed|recommended|tested|rated|quality)
        (?:approved|cleared|licensed|authori[sz]ed|certified) (?:medical )?(?:device|pen|treatment|for|to treat) (?:\w+ ){0,3}(?:stretch|marks?|striae|skin|scars?)\b|regulators? (?:\w+ ){0,8}(?:effective|harmless|safe|happy|satisfied|agree\w*)
        <regulator>'?s?\W+(?:\w+\W+){0,4}?(?:recogni[sz]\w+|tested|green-?lit|blessing|declare[sd]?|deem\w*|considers?|agrees?|calls?|guarantee\w*|happy|support\w*|seal|stamp|proven|behind)\b
        <regulator>'?s? (?:\w+ ){0,3}(?:given?|gives|gave|granted) (?:[\w']+ ){0,5}(?:go-?ahead|green light|nod|blessing|all-?clear|thumbs|approval|clearance|permission|yes)|(?:recogni[sz]ed|tested|blessing|green-?lit|given the (?:all-?clear|nod|go-?ahead|green light)|all-?clear|backing|support|meets|complies|compliant|holds|carries)\b(?: [\w']+){0,6}? <regulator>\b|(?:full|official) (?:backing|approval|clearance|recognition|blessing) (?:of|from|by)|holds? (?:\w+ )?(?:approval|clearance|licen[cs]e)\b|(?:approved|cleared|authori[sz]ed|licensed) (?:\w+ )?(?:in|by|across|throughout) (?:\w+ ){0,2}(?:countries|europe|america|the (?:us|uk|eu|usa|states)|nations|worldwide|authorit\w+|agenc\w+|world)|approved (?:technology|method|treatment|pen)
        """,
        r"""
        (?:inspect|register|regulat|warn|report|complain|check|look)\w*(?: \w+){0,4} (?:by|with|to|of|at|up) (?:the )?<regulator>
        <regulator> (?:\w+ ){0,2}(?:warn|register|inspect|regulat|publish|require|list)\w*
        <regulator>\b[^.;]{0,30}\bauthori[sz]ed (?:some|these|certain|a few) [^.]{0,60}
        (?:ce mark|it) (?:\w+ ){0,3}(?:says?|means?|shows?) (?:only|that a|that the device meets|nothing)
        what [\w ]{0,40}authori[sz]ed for
        specialist register|registered (?:doctor|nurse|clinician|with)|who (?:should|must|can|may|needs?|has|have|is|are|said|says|treats?|had|will|want|you|we|they|approv\w+ (?:it|this|the photo))\b
        (?:clinic|premises|building|nurse|doctor|clinician|pharmac\w+)\b[^.;]{0,30}(?:licen[cs]ed|registered|inspected|regulated)
        """,
    ),
    kind(
        "money back",
        "This ties the price to a result, so it promises one.",
        "Say what a session costs in total. Leave out what happens if the result disappoints.",
        r"""
        cash (?:back|returned|refunded)|money ?-?back(?! if (?:we|the clinic) (?:cancel|close|can))|(?:your |the )?money (?:will be |is )?(?:returned|refunded)|(?:refund\w*|return\w*|give back|hand back|reimburs\w*|pay back) (?:you )?(?:\w+ ){0,3}(?:penny|cent\b|money|everything you|in full|fee|payment|cost|double|price)|(?:full|complete|100 ?%|no-quibble|no-questions\S*) refund|refund\w* (?:if|when|unless|guarante\w*)
        (?:next|another|extra|further|second|following|rest|any) (?:\w+ ){0,3}(?:free|on us|on the house|at no (?:extra )?(?:cost|charge)|at our (?:own )?(?:cost|expense))\b|(?:is|are|it's|be|session|course|visit) (?:on us|on the house)\b|(?:for|it's|is|it is) free (?:if|until|unless)|free (?:until|of charge until) |or (?:it's|it is|the next|you get|your next)[^.;]{0,20}free|treat\w* (?:you )?(?:\w+ ){0,3}free (?:until|till|if)
        love it or|satisf\w+ (?:guarant\w+|or|assured|is certain)|(?:happy|satisfied|pleased|delighted) or (?:your|we|you|the)|if (?:you're|you are|it|they|it's|the)[^.;]{0,40}(?:not (?:happy|satisfied|work\w*|delighted|pleased|thrilled)|doesn't work|don't (?:work|vanish|fade|go)|still visible|visible|unhappy)[^.;]{0,40}(?:refund|free|money|pay\b|on us)|risk nothing|nothing to lose|no (?:win|cure),? no (?:fee|pay)|double your money
        (?:don't|do not|won't|never) (?:have to )?pay|(?:results?|smooth(?:er)? skin|success) or (?:a|your|you|the|we|no (?:bill|fee|charge|cost|pay))|free (?:repeat|re-?treatment|top-?up|extra)|(?:repeat|top-?up|second course)s? (?:\w+ )?free|no charge (?:if|unless|until)|(?:we|i)(?:'ll| will)? (?:pay|refund|reimburse) you|fee (?:is )?(?:waived|returned)|costs? you nothing
        (?:at )?no (?:extra |further |additional )?(?:cost|charge)(?= (?:until|if|when|unless))|(?:until|if|unless|till) [^.;]{0,40}(?:at )?no (?:extra |further |additional )?(?:cost|charge)|owe (?:us )?nothing
        """,
        r"""
        (?:cancel\w*|deposit|change your mind|by law|the law|booking fee|14 days|consultation fee)[^.;]{0,80}
        refund\w*[^.;]{0,60}(?:cancel\w*|deposit|change your mind|not suitable|we (?:can't|cannot|close)|move)
        (?:don't|do not) pay (?:anything )?(?:before|until you have (?:read|thought|had time)|today|now|on the day)
        (?:money|refund\w*|return\w*|fee)[^.]{0,60}\b(?:cancel\w*|deposit|we close|not suitable|haven't had|not had|did not have)
        money back[^.;]{0,50}(?:cancel|close|ill|law)
        """,
    ),
    kind(
        "a testimonial",
        "This lets somebody praise the treatment. One person’s praise says nothing about the next.",
        "Leave it out, or say what was seen in a study: how many people, and what happened to them.",
        rf"""
        "[^"]{{0,200}}\b{FIRST_PERSON}\b[^"]{{0,200}}\b{PRAISE}\b[^"]{{0,200}}(?:"|$)|"[^"]{{0,200}}\b{PRAISE}\b[^"]{{0,200}}\b{FIRST_PERSON}\b[^"]{{0,200}}(?:"|$)
        \b(?:patients?|clients?|customers?|mums?|moms?|mothers?|brides?|ladies|lady|celebrit\w+|actress\w*|model|visitors?|she|reviewers?|\w+, \d\d,?|(?!you|we|it|they|page|law|gmc|which|that|this|who)\w+ (?:from|of|in) (?!the\b|a\b|our\b|your\b|both\b|each\b|one\b)\w+)\b(?: [a-z]\.)?(?:,? (?!not\b|no\b|rarely\b|never\b)[\w']+){{0,5}}? {SPOKEN}\b[^.;]{{0,120}}\b{PRAISE}\b
        '[^']{{3,200}}\b{PRAISE}\b[^']{{0,200}}'[,.]? ?-? ?(?:\w+ ){{0,3}}{SPOKEN}|{SPOKEN}\b[^"']{{0,60}}(?<!\w)["'][^"]{{0,200}}\b{PRAISE}\b
        (?:delighted|happy|satisfied|thrilled|overjoyed|loyal|raving|grateful|ecstatic) (?:patients?|clients?|customers?|mums?|women)|(?:patients?|clients?|customers?|mums|women|everyone) (?:\w+ ){{0,3}}(?:love|adore|rave|swear by|are (?:delighted|thrilled|happy|amazed|overjoyed|over the moon|satisfied)|can't (?:believe|stop|get enough)|cry with|come back for|recommend us|tell their friends|keep coming)\b|patient-loved
        (?:chang\w+|transform\w+|sav\w+) (?:my|her|his|their|your) (?:life|body|confidence|marriage)|life-?changing|(?:i|she|he) (?:finally |now |again )?(?:wears?|wore|bought|put on|slipped into|dares?) (?:\w+ ){{0,3}}(?:bikini|shorts|crop top|swimsuit|again)|highly recommend\w*|word of mouth|(?:reviews?|ratings?) (?:\w+ ){{0,3}}(?:speak|say it|prove|five|5|glowing|outstanding)|glowing reviews?|(?:five|5)[- ]stars?\b|rave reviews?
        (?:thousands|hundreds|tens of thousands|over [\d,]+|more than [\d,]+|[\d,]{{4,}}) (?:of )?(?:\w+ ){{0,2}}(?:satisfied|happy|delighted|patients|clients|women|mums|customers|fans|believers)\b(?=[^.;]*(?:{PRAISE}|trust\w*|can't be wrong|chose\w*|cannot be wrong|treated|satisf\w+)|\W*$)
        (?:i|i'd|i'm|i've|i'll|my) [^.?"]{{0,80}}\b{PRAISE}\b
        \b{PRAISE}\b[^.?"]{{0,40}}(?:\bi\b|\bmy (?:skin|marks|body|belly|thighs|legs|life|husband))
        (?:cried|wept|crying|tears) (?:with|of|for) joy|joy(?:ful)?\b|reborn|over the moon|new woman|wish (?:i|they|she)(?:'d| had) (?:done|come|found|known)|never looked back|can't thank|worth every (?:penny|cent|euro|pound)|do it again (?:tomorrow|in a heartbeat)?|★|five stars|read how|(?:her|his|their) story|success stor\w+|mother of (?:two|three|four)|real (?:people|patients|women|results|stories)|happy (?:faces|customers|clients)
        (?:write|writes|wrote|tell|tells|told|email|emails|text|texts) (?:to )?(?:us|me) (?:\w+ ){{0,4}}(?:thank|say thank|how happy|love|delight\w*)|(?:husband|boyfriend|partner|friends|sister|mother|daughter)s? (?:\w+ )?(?:can't|cannot|couldn't|didn't|says?|said|asked|noticed?) (?:\w+ )?(?:believe|tell|see|notice|recogni[sz]e|wow|how)|best (?:decision|thing|money|choice|present|gift) (?:\w+ ){{0,3}}(?:ever|life|lives|did|made|spent)|dared? to (?:go|wear|swim|show)
        throw\w* away (?:her|their|my|his) (?:\w+ )?(?:cover|make-?up|concealer|cream|oils?|long)|(?:calls?|called|describes?|described) (?:it|us|our \w+|the \w+) (?:\w+ )?(?:the|a|an|as) (?:\w+ )?(?:discovery|best|miracle|wonder|revelation|blessing|gift|dream|godsend|triumph|life|magic\w*)|feel(?:s)? (?:like )?(?:myself|herself|themselves|a new|reborn|young) ?(?:again)?
        """,
        r"""
        (?:one|a|some|many|most|few|several) (?:patients?|people|clients?) (?:\w+ )?(?:say|said|tell us|told us|find|found|report\w*|describe\w*) (?:that )?(?:it|they|the|us)? ?(?:is|was|feels?|felt|hurt\w*|stung|stings?|found|find|sore|uncomfortable|scratch\w*|warm|like)
        my marks are (?:new|old|pale|red)
        i (?:agree|understand|confirm|know|consent|give|may|can|have (?:read|had|been|seen)|want|was told|am|do not|don't|need|accept|allow|permit|was) [^.;]{0,100}
        my (?:care|consent|permission|photographs?|pictures?|data|records?|name|treatment does|decision|yes|choice)\b[^.;]{0,100}
        """,
    ),
    kind(
        "before and after",
        "This lets readers expect the same result as in a picture.",
        "Say what the pictures show of one person, and that others saw less or nothing.",
        r"""
        before ?: ?.{1,80}\bafter ?: ?.{0,60}(?:<good>|<skin>|gone|nothing|none|no |clear)|left ?: ?.{1,80}\bright ?: ?.{0,60}(?:<good>|<skin>|gone|nothing|none|no |clear)|before\b[^.;:]{1,60}(?:covered|ruined|ugly|scarred|ashamed|hid\w*|lined)[^.]{0,60}\b(?:after|now|today)\b
        (?:your|you) (?:own )?\W*(?:after|before and after)\W* (?:photo|picture|shot|image)s? will|(?:what|how) (?:you|your \w+)(?:'ll| will| could| can| are going to)(?: be)? look|(?:you|yours|your \w+)(?:'ll| will| could| can)? (?:\w+ )?(?:look )?(?:just |exactly )?like (?:hers|his|theirs|these|the (?:pictures?|photos?|after|model))|(?:could|can|will|'ll) (?:be|look like) (?:you|this|yours|hers)\b|this could be you|(?:these|the|our) (?:pictures?|photos?|photographs?|images?) (?:\w+ ){0,2}(?:prove|speak|don't lie|do not lie|say it all|show what you|tell|leave no)|see the proof|(?:every|all) (?:mark|line|stripe|streak)s? (?:\w+ )?(?:cleared|gone|erased|removed|vanished|faded|smoothed)|the (?:outcome|result)s? (?:\w+ )?(?:all|every|most|you)
        typical (?:result|outcome)s?|result you can expect|(?:expect|get) (?:the same|results? like)|unretouched proof|(?:transformation|makeover)s?\b
        your future (?:skin|self|body|belly)|speaks? for (?:itself|themselves)|see for yourself|your (?:own )?success|picture (?:yourself|your)|imagine (?:your|life|a|wear|never|look|how)|this is what you(?:'ll| will)? (?:get|look|have)|after\W? ?:? ?(?:not a|no |nothing|perfect|smooth|flawless|clear)|same (?:woman|belly|skin|person),? [^.;]{0,30}later
        (?:your|you|yours) (?:\w+ )?(?:picture|photo|belly|tummy|skin|story|body) (?:could|can|will|is|may) (?:be )?(?:\w+ ){0,4}(?:next|here|on this|like this)|yours (?:is|could be|will be|can be) (?:next|too|like)|see (?:her|his|their|these|those|this) (?:belly|thighs?|skin|pictures?|photos?|hips?|results?)\?
        see the (?:photos?|pictures?|difference|change|transformation)|look at (?:\w+ ){0,3}(?:thighs?|belly|skin|hips?|tummy|arms?|legs?)\b[^.;]{0,40}(?:not|no|gone|smooth\w*|perfect|now|clear)
        """,
        r"""
        (?:not|never|n't|nobody|no one)\b[^.;]{0,60}
        """,
    ),
    kind(
        "science that proves",
        "This says that science has settled it. The studies are few and small, and they disagree.",
        SUGGEST_EVIDENCE,
        r"""
        (?:stud(?:y|ies)|science|research(?:ers)?|trials?|scientists?|evidence|experts?|professors?|dermatologists?|doctors|specialists|surgeons|universit(?:y|ies)|scientific literature|journals?|biology|physics) (?:\w+ ){0,4}?(?:show|shows|prove[sd]?|confirm\w*|establish\w*|demonstrat\w*|leaves? no|agree\w*|back[sed]*|describ\w* (?:\w+ ){0,3}as|call|hail\w*|endors\w*|recommend\w*|rave\w*|verif\w*|guarantee\w*|conclud\w*|support\w*|put\w* beyond|settled|say|swear|choose|prefer)\b(?! (?:not|no|more|less|how|who|what|you|to|that (?:people|some|it (?:may|might|can)))\b)
        (?:scientifically|clinically|medically|lab|laboratory|biologically|scientific(?:ally)?|university|doctor|dermatologist|expert|evidence|science|research|nobel) ?-?(?:proven|proved|validated|tested|verified|confirmed|established|backed|demonstrated|developed|engineered|formulated|approved|recommended|led|based|prize|trusted|advanced|designed)\b|beyond (?:\w+ )?doubt|no (?:question|doubt) (?:about|that|of)|undeniabl\w+|indisputabl\w+|irrefutabl\w+|undoubtedly|fact that it works|hundreds of (?:\w+ )?(?:trials|studies)|countless (?:trials|studies)|secret of
        stem cells?|\bdna\b|growth factors?|quantum|nano\w*|bio-?(?:hack|active|regenerat|stimul)\w*|detox\w*|cellular level|re-?programs?|re-?writes?|re-?sets? (?:the|your) skin|activat\w+ (?:\w+ ){0,2}(?:cells?|gene\w*|regeneration|healing power)|turbo-?charg\w*|supercharg\w*|new collagen (?:\w+ ){0,3}(?:fill\w*|replac\w*|never|erase\w*)|(?:has|have) filled (?:\w+ ){0,2}(?:line|mark)
        (?:\d{2,3}|ninety|eighty|seventy|hundred)(?:-\w+)? ?(?:%|per ?cent|-?fold|times)[^.;]{0,40}(?:reduc\w*|improve\w*|collagen|fewer|less|visible|success\w*|better|smooth\w*|increase\w*|more)\b|(?:boost|increas|doubl|tripl|multipl)\w* (?:\w+ ){0,3}collagen
        (?:stud(?:y|ies)|scientists?|research(?:ers)?|trials?|professors?|experts?) (?:\w+ ){0,3}(?:have|has) (?:\w+ )?(?:shown|proven|proved|confirmed|found) (?:that )?(?:it|micro|needling|our|the treatment|this|you|stretch)\w*|(?:evidence|science|proof) (?:is|has) (?:\w+ )?(?:overwhelming|clear|spoken|settled|conclusive|undisputed|certain|in\b)|unanimous\w*|(?:scientific|medical|proven|established) fact|peer-?reviewed|medical-?grade|text-?books?|clinically (?:shown|effective|superior)|patented|laws of (?:biology|nature)|the science (?:of|behind|is)|formula
        (?:rais|lift|increas|boost|push|multipl|doubl|tripl)\w* (?:your )?collagen|collagen (?:by|rises?|doubles?|increases?|production) (?:\w+ )?\d+|(?:countless|numerous|dozens of|hundreds of|many|all|endless|top|leading|major|independent) (?:\w+ )?(?:studies|trials|scientists|professors|experts|universities|papers)(?= (?:back|show|prove|confirm|agree|support|say|stand|have|put))
        """,
        r"""
        (?:small|few|in (?:a|one|the)|of|with) (?:\w+ ){0,3}(?:trial|stud(?:y|ies)|people)\b[^.]{0,80}
        (?:do(?:es)? not|don't|no) (?:\w+ )?(?:agree|show|prove)
        (?:show|shows|shown|say|says|recommend\w*|conclud\w*)[^.;]{0,60}(?:may|might|conflicting|small|unclear|uncertain|not|no more|about the same|as well as)
        what (?:the |is |we )?(?:evidence|studies|science|known)\b[^.;]{0,40}
        your (?:doctor|gp|specialist)|see (?:a|your) (?:doctor|gp)
        (?:doctors|experts|dermatologists|specialists) (?:\w+ )?recommend (?:that )?(?:you|sun\w*|using|wait\w*|protect\w*|people|not|against|caution)
        (?:show|shows|had|have) (?:mixed|conflicting|different|little|no|small|uncertain|unclear)
        """,
    ),
    kind(
        "a puff",
        "This praises in place of telling.",
        "Leave it out, and say what was seen.",
        r"""
        magic\w*|secret (?:weapon|of|formula|recipe|ingredient|the)|celebrit\w+|(?:film|movie|pop|hollywood) stars?|catwalk|super-?models?|revolution\w*|break-?through|ground-?breaking|game-?chang\w*|picture-?perfect|wonder(?:s|ful|fully|-?treatment|-?cure)?\b(?! (?:if|whether|what|when|where|who|which|how|why|about|that))|sensation\w*|incredibl\w*|unbelievabl\w*|stunning\w*|spectacular\w*|extraordinar\w*|phenomenal\w*|mind-?blowing|astonish\w*|astound\w*|fabulous\w*|fantastic\w*|marvell?ous\w*|flawless\w*|immaculate\w*|holy grail|super-?power\w*|out of this world|jaw-?dropping|eye-?popping|awesome\w*|remarkabl\w+|exquisite|divine|heavenly|dazzl\w+|as seen (?:on|in)|must-?have|drastic(?:ally)?|radical(?:ly)?
        (?:say|wave|kiss|bid|said) (?:hello|goodbye|bye|farewell|adieu|good-?bye) (?:to )?|(?:finally|at last),? (?:a |the |an )?(?:solution|answer|cure|relief|defeat\w*|rid|treatment|smooth|skin|freedom)|(?:the )?(?:answer|solution) to (?:all )?(?:your|stretch|every)|(?:fountain|elixir) of|(?:dream|goddess|beach|bikini|summer|wedding|swimsuit) ?-?(?:body|skin|belly|figure|ready|legs|thighs|tummy)|turn heads|head-?turning|age-?defying|anti-?age?ing|years younger|youthful\w*|rejuvenat\w*|radian\w+|regain (?:your )?(?:confidence|youth|body)|body confiden\w*|feel (?:beautiful|sexy|confident|like a|young|yourself) ?(?:again)?|love your (?:body|skin|belly|self)|(?:dare to )?bare (?:your|it all)|(?:unsightly|ugly|hideous|disfigur\w*|dreaded|ruined|embarrassing|shameful|horrid|nasty|unattractive) (?:\w+ )?(?:<marks>|<skin>)|(?:live|life) without (?:stretch|marks|shame)|investment in (?:your|you)
        hottest|talk of the|prepare to be|\w+ (?:not|never) believe your eyes|won't believe your eyes|short of a|everyone is talking|awaits? you|beauty secret|must for|unforgettable|a dream|dreams?\b(?! of (?:the|falling))|bliss\w*|(?:finally|at last) (?:free|yours|available|here)|(?:the )?(?:hero|star|queen) of|(?:skin|body) you(?:'ve| have)? (?:always|deserve|dream\w*|want\w*)|deserves? (?:the|this|smooth|perfect|better)|be the (?:envy|star)|confiden(?:t|ce)(?= (?:in|again|back|naked|on|boost|with))|ready for (?:the )?(?:beach|bikini|summer|camera)|glow(?:s|ing)?\b
        stops? traffic|(?:discovery|treatment|secret|sensation) of the (?:decade|century|year)|dreams? come true|envy of|jealous|catch(?:es)? every eye|head over heels|worth its weight|pure gold|jewel|treasure|unleash\w*|unlock (?:your|the (?:secret|power))|ultimate|indulge\w*|luxur\w+
        """,
        r"""
        (?:medical|clinical|scientific) wonder|no wonder
        """,
    ),
    kind(
        "pressure to book",
        "This presses people to decide. They need time to think.",
        "Leave it out: say the total price, and that there is no hurry.",
        r"""
        (?:book|buy|call|order|reserve|act|sign up|hurry|grab|claim|secure)\w* (?:\w+ ){0,3}(?:now|today|before (?:it's|prices|they|the offer)|while (?:stocks|places|it))\b(?=[^.;]*(?:off|offer|price|save|place|last|only|deal|free|discount|!))|limited (?:time|offer|places|availab\w*|number)|(?:only|just) (?:\d+|a few|two|three|four|five) (?:\w+ )?(?:places|slots|spaces|appointments|spots) (?:left|remain\w*)|(?:special|introductory|exclusive|summer|flash|unmissable|today's|early-?bird|black friday|january|spring) (?:offer|deal|price|discount|sale)s?|\d+ ?% (?:off|discount|cheaper)|book\w* (?:before|by|until)[^.;]{0,30}(?:pay|save|half|free|off)|(?:half|two for one|2 for 1|buy one|buy two)\W? ?(?:price|get)|(?:don't|do not|never) (?:miss|wait|delay|hesitate)\b(?! (?:for|until|to (?:call|ring|tell|ask|see|phone)|if|with))|last chance|hurry (?:up|now|while|before|and)|offer ends|bargain|prices? (?:\w+ )?(?:slashed|never been lower)|discount\w*|what are you waiting for|why wait|treat yourself
        """,
        r"""
        no hurry|(?:don't|do not) (?:wait|delay|hesitate)[^.;]{0,60}(?:call|ask|tell|doctor|appointment|999|emergency|help|ring)
        (?:no|not|never)(?: \w+){0,3} (?:offers?|discounts?)
        """,
    ),
)
