"""Claims by kind, in whatever words: marks that vanish, no pain, no harm, for ever, for everybody, rank, testimonials.

Each kind is a list of patterns of folded text. Names in angle brackets stand for the groups of `WORDS`.
"""

from .groups import kind
from .words import SUGGEST_LESS

SYMPTOM = (
    r"(?:redness|flush\w*|swelling|soreness|sore|bruis\w+|numb\w*|warmth|warm|heat|tight\w*|flak\w*|itch\w*|rash|scabs?|crusts?|spots?|patch\w*"
    r"|pain|sting\w*|fever|cold sores?|lumps?|darker|darkening|colour|side effects?|dryness|peeling|tiny holes|pinkness|permission|cookie|data)"
)
KINDS = (
    kind(
        "marks that vanish",
        "This says that marks go altogether. No treatment does that.",
        SUGGEST_LESS,
        r"""
        disappear\w*
        vanish\w*
        evaporat\w*|dissolves? (?:\w+ ){0,3}<marks>|dissolved
        fad(?:e|es|ed|ing) (?:<wholly>|away|out of sight|from (?:view|sight)|(?:in)?to (?:nothing|nowhere|invisib\w+|thin air)|for ever|forever)
        (?:melt|sweep|polish|buff|iron|airbrush|magick?)(?:e[sd]?|s|es|ed|ing|ting|ped|ping)? (?:\w+ ){0,4}(?:away|out|off)\b
        (?:wash|rubb?|smooth|blend|peel|scrub|needl|sand|wip|clean)\w* (?:\w+ ){0,3}(?:(?:away|out|off) (?:\w+ ){0,3}<marks>|(?:<marks>|them|years) (?:away|out|off|clean))
        airbrush\w*|photoshop\w*|spotless|blemish-?free|(?:mark|scar|line|streak|stripe|flaw)s?-?(?:free|less)(?:ly)?
        (?:banish|eliminat|eradicat|obliterat|annihilat|delet|abolish|destroy|conquer|defeat|beat|kill|zap|blast|undo|undid|revers|fix|correct|clear|defy|resolv|neutralis|finish|end|ban|ditch|los|shed|tackl(?=\w+ .* once)|expel|evict)\w* (?:off |up |away )?(?:(?!not\b|no\b)\w+ ){0,4}(?:<marks>\b|problem\b|years of damage)
        <marks>(?: (?!not|never|no|cannot|rarely)\w+){0,3} (?:gone|cleared|undone|reversed|fixed|erased|sorted|history|no more|no longer|behind you|things? of the past|(?:distant |bad |faded )?memor(?:y|ies)|nowhere|cease\w*|stop\w* exist\w*)\b
        free (?:you|yourself|your skin) (?:of|from) (?:\w+ ){0,3}<marks>
        (?:just|simply|all|completely|totally|be|been|are|were|is|was|now|finally|they're|marks?) gone\b(?! (?:on|to|up|down|home|through|over))|gone (?:for|in|after|within|by)\b
        (?:no|not a|not one|without a?|zero) (?:more |single |visible |remaining )*(?:stretch ?marks?|striae|trace|sign|hint|line)\b(?! of (?:infection|change|poor|bad|illness|disease|a |weak))
        as (?:if|though) (?:you|they|it|the|your|nothing|pregnancy|stretch|marks?)\b[^.]{0,40}\b(?:never|happened|new)
        like (?:you|they|it|nothing)(?:'d| had)? (?:never|ever)|like new\b|good as new
        brand-?new(?! (?:clinic|building|website|device|page))|virgin (?:tissue|skin)|new (?:skin|belly|body|stomach|tummy|you)\b(?! (?:cells?|fibres|care))|baby-?(?:soft|smooth)
        (?:restor|return|reset|revert|transport|bring|brought|tak|turn|put|rewind|roll)\w* (?:\w+ ){0,5}(?:to how|to what|to where|back to|to (?:its|the|your) (?:original|former|natural|pre|youth)|back the clock|back time|to normal|to perfect)
        (?:stomach|skin|body|figure|belly|tummy|thighs|shape) (?:that )?(?:you|it|they|she) (?:had|was|were|used to|always wanted|deserve|dream\w*)
        (?:exactly|just|precisely) (?:how|as|like|what) (?:it|they|you|your skin) (?:was|were|looked|had)
        look\w* (?:\w+ ){0,2}(?:twenty|sixteen|eighteen|years younger|young|normal|untouched|flawless|perfect|like a (?:model|teen\w*))\b(?! (?:again )?(?:days|hours|weeks))
        (?:get|got|have|want|win)\w* (?:your|my|their|her) (?:old |pre-baby |young )*(?:<skin>|confidence|life) back
        (?:nobody|no one|no-one|none|not even|noone|unable|impossible|cannot|can't|couldn't|won't|hard|never|hardly) (?:[\w']+ ){0,6}(?:guess|tell|say|see|spot|find|detect|notice|know|believe)\w* (?:\w+ ){0,5}(?:marks?|there|had|ever|where|difference|were|been)\b(?! (?:them|others))
        (?:complete|full|total|absolute|perfect|entire|100 ?%) (?:\w+ )?(?:repair|recover\w*|clearance|restoration|regeneration|correction|disappearance|transformation|reversal|cure|smoothness|resolution|healing)
        (?:fully|completely|totally|entirely|perfectly|wholly|utterly|rebuilds?) (?:\w+ )?(?:repair|restor|regenerat|reconstruct|smooth|clear|correct|reverse|heal|rebuil|flat|even|renew|replac|remodel)\w*
        (?:rebuild|regenerat|reconstruct|renew|repair|replac)\w* (?:\w+ ){0,5}(?:completely|fully|entirely|totally|perfectly|from scratch|to perfection|with (?:virgin|new|fresh|healthy))
        closes? over|unnoticeable|undetectable|imperceptible|unblemished|unmarked
        nothing (?:\w+ )?(?:remains|is left behind|to see|to hide|stays behind)|(?:not|never|n't|unable)[^.;]{0,40} point to where|<marks> (?:\w+ )?(?:don't|do not|won't|will not|doesn't|never) (?:stand|have|survive|last|return|bother|trouble|resist)
        (?:never|n't|no longer) (?:\w+ )?(?:trouble|bother|embarrass|haunt|shame)\w*|no more (?:hiding|covering|worrying|shame|<marks>|long sleeves|excuses|cover-?ups?)
        (?:every|all) (?:single |last |your |those |the )*(?:lines?|marks?|streaks?|stripes?|scars?) (?:\w+ )?(?:filled|level\w*|flat\w*|smooth\w*|healed|repaired|lifted|gone|out|away|closed|treated successfully|disappear\w*)|every last <marks>
        (?:takes?|taking|took|taken|strip\w*|lift\w*|peel\w*|rins\w*|chas\w*|driv\w*|spirit\w*|whisk\w*|shav\w*) (?:away|off|out) (?:\w+ ){0,3}<marks>|get\w* shot of|(?:the )?end (?:of|to|for) (?:your |all |those )*<marks>|last you(?:'ll)? see of|(?:sorts?|deals?|done) (?:out |with )?(?:\w+ )?<marks>|factory settings?|from the root|at the root
        (?:walk|walks|come|go|leave)\w* (?:in|out|away|home)? ?(?:\w+ ){0,3}without (?:\w+ )?(?:<marks>|them)|(?:<marks>|them|marks are) history\b|forget (?:that )?(?:you|they) (?:ever|had)|ever (?:had|existed|there)\b
        (?:heals?|repairs?|restores?|renews?|rebuilds?|smooths?|corrects?|transforms?) (?:\w+ ){0,4}(?:completely|fully|entirely|totally|perfectly|for good)|(?:turns?|transforms?|changes?|converts?|makes?) (?:\w+ ){0,4}into (?:\w+ )?(?:perfect|smooth|new|flawless|young|healthy|beautiful)
        (?:smooth|soft|clear|flawless|even|perfect) (?:\w+ )?(?:as|like) (?:silk|porcelain|marble|velvet|satin|glass|a (?:baby|peach|child)|before|the day)|(?:like|as) (?:silk|porcelain|velvet|satin)|never been (?:stretched|pregnant|there|marked)
        (?:farewell|goodbye|adieu|so long|bye) to (?:\w+ ){0,4}<marks>|blank canvas|clean slate|clock back|never (?:\w+ ){0,3}(?:show|have|see|find|wear|carry) (?:a |another |any )?<marks>|from (?:zero|scratch)|what's gone|stays? gone|pregnan\w+ never (?:happened|left)|not a (?:mark|line|stripe) (?:in sight|left|remains)|out of sight|into oblivion|cease to exist|nowhere to be (?:seen|found)|as though nothing|(?:fully|completely|totally) gone
        <marks> (?:(?!not|never|no|cannot|rarely|less)\w+ ){0,8}(?:undone|reversed|gone|erased|closed|healed|repaired|disappeared|dissolved|beaten|defeated|conquered)\b|(?:needs?|have|has) to (?:live|put up|suffer) with (?:\w+ )?(?:<marks>|them)|(?:not|never|n't) (?:\w+ ){0,3}(?:a |any )?(?:trace|hint|sign|shadow) of (?:them|<marks>|it)|slate clean|(?:silhouette|skin|figure|shape|body|belly|waist|contours?) (?:that )?(?:you|she|they) (?:once )?had|from \w+ to silk|not (?:one|a) (?:line|mark|stripe|streak)|smooth (?:all over|everywhere|again)|(?:back )?to (?:square one|your (?:old|former|younger) self)
        """,
        rf"""
        \b{SYMPTOM}\b(?:[^.;]){{0,60}}?(?:disappear|vanish|go(?:es)?\b|gone|fad(?:e|es|ed|ing) )\w*
        (?:disappear|vanish|gone|fad\w+|clear\w*|restor\w*) (?:\w+ ){{0,4}}{SYMPTOM}
        (?:fda|mhra|regulators?|authority|agency)\b[^.;]{{0,20}}\bcleared
        traces? of (?:the |numbing |your |any )*(?:cream|gel|make-?up|oil|dirt|blood|product)
        (?:if|when|once|until|unless|after) (?:the |your |all |any |it |this |that |they )*(?:\w+ )?(?:has|have|is|are|had) (?:\w+ )?(?:gone|healed|cleared|disappeared)
        """,
    ),
    kind(
        "no pain",
        "This says that it doesn’t hurt. It often does.",
        "Write “often uncomfortable; numbing cream helps”.",
        r"""
        (?:not|\w*n't|never|hardly|barely|scarcely|nobody|no one|none|without|unable to) (?:[\w']+ ){0,5}?(?:feel(?:ing|s)?|felt|notice[sd]?|noticing) (?:a thing|anything|any <pain>|<pain>|the needles?|it\b|a single|much|us|when|that|we)
        (?:feels?|felt|notice[sd]?) (?:absolutely |next to |almost |virtually )?(?:nothing|no <pain>|no needles?)|no needles? felt|nothing to feel
        (?:does|do|will|did|would|can)(?:n't| not| never) (?:even |actually |really )?(?:hurt|sting|ache)|never (?:hurts?|stings?|painful)|nothing hurts?|not (?:painful|sore)|not (?:a bit|at all|the least bit|remotely) (?:painful|sore|uncomfortable)
        (?:no|zero|without|hasn't any|not any|never any|(?:free|devoid) (?:of|from)) (?:[\w-]+ ){0,2}?<pain>\b(?! (?:relief|killers?|medicine|tablets?|score|scale|is|gets?|starts?|while|when you (?:come|arrive)))
        (?:<pain>|needle)-?(?:free|less)\b|free of <pain>|<pain> (?:\w+ ){0,2}(?:zero|nil|gone|absent|unknown|impossible)
        (?:completely|totally|perfectly|entirely|surprisingly|remarkably|very|so|truly|really|blissfully|deeply|wonderfully|utterly|positively|more than|quite|that|too) (?:comfortable|relax(?:ing|ed)|pleasant|calm|soothing|enjoyable|cosy|bearable)
        (?:comfortable|comfy|relaxing|pleasant|soothing|enjoyable|restful|blissful|cosy|luxurious|pampering) (?:\w+ )?(?:<treatment>|experience|process|hour|afternoon|lunch|from start|throughout|for everyone)
        (?:as|so) (?:\w+ ){1,2}as (?:a|an|having|being|brushing|taking|lying|getting|sitting|stroking|washing)\b
        (?:feels?|felt|just|more|rather|only) (?:\w+ )?(?:like|but|than) (?:\w+ ){0,4}(?:massage|tickle\w*|tickling|facial|spa|bath|feather\w*|caress\w*|breeze|cat's tongue|brush\w*|stroke|kiss|whisper|nothing|pedicure|manicure|tingl\w*)
        like (?:a|an) (?:[\w-]+ ){0,2}(?:massage|tickle|facial|spa|bath|feather|caress|breeze)
        (?:nod|nods|nodded|nodding|drift|drifts|doz|doze|dozes|dozed) off|dozing|doze\b|fall\w* asleep|sleep through|slept through|snooz\w*|take a nap|\bnap\b|forget(?:s|ting)? (?:that )?(?:we|you|the needles)|whether we (?:have|had|'ve) (?:even )?(?:started|begun)
        (?:switch|turn|shut|tak|take|cut|block)\w* (?:(?:off|out|away) (?:\w+ ){0,2}pain\b|(?:\w+ ){0,2}pain (?:off|away|out|at))|(?:eliminat|banish|remov|end|abolish|kill)(?:e?s|ed|es)? (?:all |the |any )*pain\b(?! relief)
        pain (?:\w+ ){0,3}(?:thing of the past|no (?:issue|problem|longer|more)|myth|switched off|out of the question|not an issue)|forget (?:about )?(?:the )?(?:pain|needles)
        (?:minimal|negligible|virtually no|next to no|hardly any|practically no|almost no|little or no|barely any|little to no) (?:\w+ )?<pain>|pain (?:is|are) (?:minimal|negligible)
        effortless\w*|breez(?:e|y)\b|piece of cake|walk in the park|a pleasure|treat yourself|pamper\w*
        (?:barely|hardly|scarcely) (?:know|notice|feel|register)\w*|(?:no|not) (?:\w+ )?needles? you(?:'d|'ll| would)? (?:notice|feel)|tickl(?:es?|ing)\b(?! your| the throat)|too (?:fine|small|tiny|thin|light|quick) to (?:feel|hurt|be felt)
        (?<!more )(?<!less )(?<!as )comfortable\b(?! (?:clothes|clothing|position|chair|shoes|underwear|enough|with|talking|asking|trousers|top))
        (?:grit|gritting) (?:your|their) teeth|winc(?:e|ing)\b|flinch\w*|mosquito|pin-?pricks?\b|what (?:all )?the fuss|(?:read|reading) (?:a|their|your) (?:book|magazine|paper)|chat\w* (?:throughout|through|happily|away)|(?:laugh|smil|giggl)\w+ (?:throughout|through|all)|(?:easier|less \w+|no worse|no more \w+|milder|gentler) than (?:a |an |having |getting |pluck\w*|wax\w*|brush\w*|thread\w*|your)
        as (?:painful|sore|unpleasant|bad) as (?:a|an|having|brush\w*|being|pluck\w*)|don't have to be brave|nothing to dread|at ease throughout|sails? through|without (?:so much as|flinch\w*|winc\w*|notic\w*|feel\w*)
        pain\b (?:\w+ ){0,2}(?:isn't|is not|never|doesn't|does not|plays no|won't|will not) (?:\w+ )?(?:part|come|enter|figure|feature|exist|happen|involved|an issue|role)|(?:enjoy|love) (?:it|the treatment|every minute|their sessions?|the sessions?)|(?:nobody|no one|none|no patient|not one|none of our \w+)[^.;]{0,40}(?:feels?|felt|pain|hurts?|complains?|flinch\w*|notic\w+)|(?:no|zero|without) (?:\w+ )?(?:hurting|hurts|ouches|tears|agony|stings?)|so fine (?:that|you)|(?:kids'?|child'?s) play|like (?:a )?(?:walk|holiday|day at)
        (?:pain|hurts?|discomfort) (?:\w+ ){0,2}(?:at the (?:hairdresser|dentist|barber)\w*|is unknown|is history)|staying awake|all you(?:'ll| will)? (?:sense|feel|notice)|(?:soft|light|gentle|warm) (?:breeze|touch|stroke|caress|tingle)|more relaxing|(?:day|afternoon|hour) at the spa|like (?:being )?(?:strok|tickl|brush|pamper)\w*|(?:without|no|zero|never) (?:\w+ )?(?:a )?(?:murmur|wince|moan|ouch|whimper)|(?:sleep|snore|relax|daydream|meditat|unwind)\w* (?:\w+ )?(?:through|during)
        """,
        r"""
        (?:if|when|until|once|because|although|tell us|call us|unless)[^.;]{0,40}(?:feel|notice|hurt|pain|sting)\w*
        numb\w* (?:[^.;]){0,50}(?:feel|notice)\w* (?:\w+ )*(?:hot|heat|burn|water)
        brings no soreness
        as (?:soon|long|well|far|often|closely) as
        (?:so that|until|if|keep|make|help) (?:you|you're|us|it) (?:\w+ )?comfortable
        not (?:be |always |very )?(?:a )?comfortable
        """,
    ),
    kind(
        "no harm",
        "This says that nothing can go wrong. Every treatment has risks.",
        "Name the risks, how often they were seen, and who should wait.",
        r"""
        (?:no|zero|without|nil|not any|never any|never (?:a|any|causes?|leaves?|brings?|gives?|had|seen?)|hasn't any|(?:free|devoid) (?:of|from)|rules? out|excludes?|not (?:cause|leave|have|bring|give)|\w*n't (?:cause|leave|have|bring|get)) (?:<extent> |known |or ){0,3}<harm>\b(?! (?:factors?|assessment|to|of infection|(?:was|were|is|are) (?:seen|found|reported|promised)|in the (?:area|skin)|cream|codes?))
        <harm>-?free\b|(?:side ?-?effects?) free\b
        <harm> (?:\w+ )?(?:is|are|does|do|cannot|can't|will|just|simply|never)(?:n't| not| never)? (?:\w+ ){0,2}(?:impossible|unknown|unheard|excluded|ruled out|out of the question|happen|occur|exist|appear|a thing of the past|zero|nil|myth|non-?existent)
        harmless(?:ly)?|hazard-?free|worry-?free|trouble-?free|fool-?proof|non-?toxic|chemical-?free|nothing to (?:worry|fear|lose|be afraid)|(?:carry|carries|bear|pose|hold|come)s? (?:absolutely )?no\b (?!.*(?:promise|guarantee))
        (?:can|could|will|would|does|do)(?:not|n't| not| never) (?:possibly |ever |even )?(?:harm|damage|injure|hurt you|scar|burn|go wrong|infect|be dangerous)
        (?:nothing|nobody|no one|never) (?:\w+ ){0,3}(?:go(?:es|ne)? wrong|been harmed|is harmed|been hurt|had a (?:problem|reaction|complication))|never leaves?|never (?:causes?|scars?|harms?|burns?|damages?)
        not (?:at all |in the least |remotely )?(?:dangerous|risky|harmful)
        (?:safe|gentle|mild|kind|soft|natural) enough|100 ?% natural|all-?natural|(?:completely|totally|perfectly|entirely|absolutely) (?:natural|safe|harmless|gentle)|safe as
        (?:minimal|negligible|virtually no|next to no|hardly any|practically no|almost no|little or no|little to no) (?:\w+ )?<harm>|risks? (?:is|are) (?:minimal|negligible|zero|tiny)
        (?:straight|right|directly|immediately|at once) back to (?:work|normal|the (?:gym|office|beach)|your)|back (?:at|in|to) (?:work|the office|the gym|the beach|your desk)[^.]{0,20}(?:same|straight|at once|minutes|an hour|immediately|that)
        (?:carry on|go on|resume|return to|get on with|straight to) [^.;]{0,30}(?:as (?:normal|usual|if)|immediately|at once|straight away|the same (?:day|evening)|that (?:day|evening|night))
        lunch ?-?(?:time|break|hour) (?:treatment|procedure|fix|visit|miracle)|walk-?in,? walk-?out|(?:the )?(?:moment|minute|second|instant) (?:you|it|we) (?:leave|walk|step|is over|finish)
        (?:as much|as many|as often|as long|whenever|wherever) (?:cream )?(?:as )?you (?:like|want|please|wish)
        (?:needs?|requires?) no (?:aftercare|recovery|downtime|checks?|care|healing)|no (?:need|reason) (?:to|for) (?:worry|fear|aftercare|concern|caution|be (?:careful|afraid)|wait|check)
        (?:never|not once|no one|nobody|no patient|no client|none of our \w+) (?:\w+ ){0,4}(?:seen|had|has|have|got|develop\w*|report\w*|suffer\w*|experienc\w*|caus\w*) (?:\w+ ){0,3}(?:one\b|a (?:bad |single )?(?:reaction|problem|complication|scar|infection|burn)|<harm>|any)
        (?:cannot|can't|never|impossible to) be (?:damaged|harmed|hurt|injured|scarred|burn\w*|overdone)|(?:can't|cannot|impossible to) (?:overdo|get (?:it )?wrong|make a mistake|scar|burn|infect)|never at risk|no(?:t| one| patient)? (?:is |was |ever )*at risk|no problems? (?:at all|whatsoever|afterwards)|(?:spotless|perfect|unblemished|flawless|impeccable) (?:safety )?record
        (?:go|back|return|swim|sunbathe|party|work|train|exercise|dance)\b[^.;]{0,40}\b(?:the same|that same|that very|that) (?:afternoon|evening|day|night|morning)|(?:straight|right|immediately|directly) (?:after|afterwards)(?=[^.;]*(?:gym|swim|work|beach|party|sun|make-?up|school))|nothing to recover from|no (?:precautions|special care|after-?care|restrictions)|not even a (?:graze|scratch|mark|blush|bruise)|every day if
        (?:suitable|safe|fine|ok|perfect|recommended|no problem|harmless) (?:\w+ )?(?:during|in|for|while) (?:\w+ )?(?:pregnan\w*|breast-?feed\w*|children|teenagers|babies|diabet\w*)|zero ?-?(?:complications?|side ?-?effects?|risk|down-?time|irritation) ?(?:rate)?|accidents? (?:is|are|don't|do not|never|cannot)|complications?\? (?:we|never|not|none)
        nothing (?:\w+ )?(?:dangerous|harmful|risky|to (?:worry|fear)|bad|unsafe)|(?:allerg\w+|reactions?|infections?|scars?|scarring|complications?|burns?|risks?|accidents?|dark patches) (?:is|are) (?:\w+ )?(?:out of the question|impossible|history|excluded|unheard of|unknown)|(?:not|never|without) (?:a |one |even )*single (?:\w+ )?(?:<harm>|problem|case|incident)|(?:treatment|it|session)s? while (?:expecting|pregnant|breast)|no need (?:for|of) (?:any )?(?:recovery|downtime|rest|aftercare|time off)|(?:carry|get|go) on with your (?:day|life)|without (?:a )?(?:worry|danger|concern|second thought)|put (?:your )?(?:fears?|worries) (?:aside|to rest)|nothing (?:can|could|will|ever) (?:possibly )?(?:go|happen|harm|hurt)|(?:completely|totally|absolutely|perfectly|entirely) (?:harmless|safe|risk|danger)
        (?:zero|no|not the slightest|without any) (?:\w+ )?chance (?:of|that) (?:\w+ )?(?:anything|something|harm|scar\w*|infection|going|<harm>)|not even (?:\w+ ){0,2}(?:skins?|reacts?|sensitive|people with)|(?:in )?no danger|(?:sunbathe|swim|exercise|sport|party|dance|run|work|gym|sauna)\b[^.;]{0,50}\b(?:very )?same (?:day|afternoon|evening|morning)|without (?:a )?(?:worry|worries|hesitation|fear)|no ill effects?|(?:body|skin) (?:\w+ )?(?:tolerates|accepts) it|can be repeated (?:\w+ )?(?:as often|at will|daily)
        """,
        r"""
        (?:if|when|until|once|unless) (?:you|there|it|the \w+|your \w+) (?:have|has|is|are|shows?|see|get) no\b
        (?:was|were|reported|saw|seen|found|recorded) (?:no|not any) [^.;]{0,40}
        return to (?:your )?(?:gp|doctor)
        (?:marks|striae|they) (?:\w+ ){0,2}(?:do|does|did|are|is) (?:you )?(?:no harm|harmless|not (?:harmful|dangerous|a risk))
        needs no visits and brings no soreness or risk
        marks (?:[\w' ,]+ ){0,8}do no harm
        """,
    ),
    kind(
        "for ever",
        "This says that the change stays for ever. Nobody has followed people for that long.",
        "Say how long it was followed: no study here followed people longer than about half a year.",
        r"""
        (?:<marks>|results?|effects?|improvements?|change|skin|smooth\w*|remov\w+|gone|goodbye|cure[sd]?|vanish\w*|stays?|lasts?|holds?|keeps?|disappear\w*|yours|erase[sd]?|clear\w*|free|freedom|fix\w*|difference|collagen)\b[^.;]{0,40}?\b(?:for ?ever(?:more)?|for good|for (?:the rest of )?(?:your |a |my |their )?(?:whole )?(?:li(?:fe|ves)|life-?time)|for keeps|lifelong|indefinitely|eternally|always|once and for all|for years(?: to come)?|for decades|till? you|into (?:your )?old age|never (?!come back))
        (?:for ?ever|for good|lifelong|forever)\b[^.;]{0,30}(?:results?|smooth|skin|<marks>|beaut\w+|free|young)
        for life$|life-?time (?:results?|guarantee|of smooth)|last(?:s|ing)? (?:you )?(?:for )?(?:a |your )?(?:whole )?(?:life-?time|life\b|for ?ever|decades|years)|once and for all|everlasting|eternal\w*|ever-?lasting|irreversibl[ey]|long-?lasting|lasting (?:results?|change|effects?|improvement|beauty|smooth\w*|difference|solution)|definitive(?:ly)?
        (?:never|\w*n't|not|cannot|no longer|nor) (?:\w+ ){0,2}?(?:(?:come|comes|coming|came) back|return|returns|reappear\w*|recur\w*|resurface\w*|wears? off|wear out|break(?:s)? down|fades? again|grow back|creep back|be back|need(?:s|ed)? (?:another|a (?:second|repeat|top)|to (?:come back|repeat|be repeated)|repeating|again))\b(?! (?:alone|early|if|to (?:us|the clinic|your)|for your|in if|with a fever|before))
        (?:never|\w*n't|not) (?:again |ever )*(?:see|worry|think|hide|bother)\w* (?:\w+ ){0,4}(?:<marks>|again)|ever again\b|never again
        (?:decades|years|twenty years|ten years|\d+ years) (?:later|on|from now|afterwards|down the line)\b[^.;]{0,60}(?:still|same|smooth|hold|stay)
        one-?(?:off|time) (?:fix|treatment|solution|cure|payment|investment)|(?:effects?|results?|improvements?|skin|marks) (?:\w+ )?(?:stays?|remains?|holds?|keeps?|endures?|locked in|here to stay)\b(?! (?:red|darker|sore|unknown|unclear|to be seen|visible|on|warm|the same|a while|covered|dry|clean|moist|tight|rough))|yours (?:for life|to keep|for ?ever)|stays? (?:gone|away|that way|put)
        (?:no|without) (?:top-?ups?|maintenance|repeat|follow-?ups?|further (?:<treatment>))(?: \w+)? (?:needed|required|ever|necessary)|no (?:top-?ups?|maintenance|repeats?)\b
        last(?:s)? and last|(?:rest|remainder) of (?:your|their|my|her) (?:days|li(?:fe|ves)|time)|test of time|relapse\w*|as long as you (?:do|live)|outlives? you|outlast\w*|done once|once (?:gone|treated|done|smooth\w*|repaired|they)\b[^.;]{0,40}(?:always|never|that's it|for ever|forever|finished|gone|stay)
        (?:effect|results?|improvement|skin|smoothness|collagen|change)s? (?:\w+ )?(?:does not|doesn't|do not|don't|won't|will not|never) (?:fade|wear|drop|diminish|weaken|reverse|end|go away|disappear|vanish|deteriorat\w*|age)|for (?:all time|eternity|generations|evermore)|time (?:cannot|can't|will not|won't) (?:undo|touch|change)
        (?:you(?:'ll| will)? (?:never|not) (?:have|need) (?:to )?(?:come|return|think|worry|another|repeat|touch))|(?:stay|remain)s? (?:smooth|flat|clear|invisible|like (?:that|this)|this way)|sorted (?:for|once)
        stays? with you|here to stay|never (?:need|require|want) (?:another|more|a|any)|never again|(?:it|that) (?:is|will be) (?:for )?(?:ever|permanent)|no going back|until (?:you are|you're) (?:old|ninety|eighty)
        end of (?:your|their|my) (?:days|life|lives)|(?:no|zero|without) (?:\w+ )?(?:upkeep|refresh\w*|touch-?ups?|boosters?|repeat\w*)|once and done|your whole life|your entire life|all your life|(?:holds?|lasts?|keeps?) (?:\w+ )?(?:its|their) (?:effect|shape|promise)|(?:twenty|thirty|forty|ten|fifty) years from now
        """,
        r"""
        (?:permission|consent|yes|record|scar\w*|dark\w*|patch\w*|stretch marks|most|damage|change in colour|they)\b (?:[^.;]){0,30}(?:is|are|stay|stays|last|lasts|remain|remains|be|withdraw\w*) (?:there )?(?:for ?ever|for life|for good|always|for years)
        withdraw \w+ \w+ for ?ever
        """,
    ),
)
