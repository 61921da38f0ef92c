"""Claims that it helps everybody, and that it always works, in whatever words."""

from .groups import kind

KINDS = (
    kind(
        "for everybody",
        "This says that it suits or helps everybody. It doesn’t: some people must wait, and some see no change.",
        "Say who should wait, and that some people see little or no change.",
        r"""
        (?:suit(?:s|ed|able)?|ideal|right|perfect|work(?:s|ed|ing)?|good|safe|fine|made|effective|meant|great|recommended|appropriate|designed|helps?|benefits?|open|available|welcome|treats?|cures?|fix(?:es)?)\b (?:\w+ ){0,3}?(?:everyone|everybody|anyone|anybody|any|every|all|each)\b(?! (?:gender|religion|day|time you|question|medicine|of (?:us|your) |session|visit|use|the (?:time|same)|week|other|four|six|in all|questions))
        (?:no matter|never mind|it (?:does not|doesn't) matter|whatever|whichever|regardless of|irrespective of|whatever's|however) (?:what|how|which|who|where|when|your|their|the|old|deep|long|dark|of|caused|body|skin|age|colour)\b[^.;]{0,60}
        (?:no|without) exceptions?|without exception|no one is (?:too|un\w+)|nobody is (?:too|un\w+|turned)|(?:everyone|everybody|anyone|anybody) (?:(?:can|could|will|may|should) (?:\w+ )?(?:have (?:it|this|the)|benefit|get|enjoy|expect|look|achieve|love|respond|see (?:a |the |real )?(?:result|change|difference|improve)|be treated|wear|be (?:happy|smooth))|is (?:suitable|happy|delighted|a candidate|eligible|thrilled)|qualif\w+|responds?|gains?|benefits?|loves? (?:it|us|our|their)|sees? (?:result|improve|a (?:clear )?(?:change|diff)))\b
        (?:all|every|each) (?:\w+ ){0,2}?(?:skin (?:types?|tones?|colours?)|complexions?|stretch marks?|kinds? of (?:skin|marks?)|skins?)\b[^.;]{0,40}(?:respond|work|welcome|treat\w*|equal\w*|alike|same|suit\w*|safe|benefit\w*|improve\w*|clear\w*)|respond (?:equally|just as|the same)
        (?:everyone|everybody|every (?:patient|client|woman|person|body)|all (?:our )?(?:patients|clients|women|people)) (?:\w+ ){0,3}(?:<works>|<good>|who has ever)
        including (?:those|people|women|patients|anyone) with|even (?:if|when) you(?:'re| are)? (?:\w+ )?(?:pregnant|diabet\w+|take|have|had|keloid\w*)|even (?:in|during|for|with|on) (?:pregnan\w+|keloids?|diabet\w+|the (?:darkest|oldest|deepest|worst|most))
        one (?:treatment|size|method) fits all|universal(?:ly)?
        whether you(?:'re| are| have)? [^.;]{1,40} or [^.;]{1,40}(?:work|suit|help|right|treat|can|good|for you)|all comers|(?:nobody|no one|no-one|no patient) (?:\w+ ){0,3}(?:can't|cannot|could not|not|n't|too|excluded|turned)|(?:never|not) (?:had to |once )?turn\w* (?:anyone|anybody|a patient|someone) away|no (?:skin|marks?|body|age|area|scar|line|patient) (?:is |are )?too|from (?:the )?(?:palest|lightest|fairest|youngest|newest|slimmest|freshest)\b[^.;]{0,40}to
        (?:everyone|everybody|anyone|all|every (?:patient|client|woman|person|visitor)) (?:who|that) [^.;]{1,40}(?:see|get|leave|love|has|have|come|go)\w* (?:\w+ ){0,3}(?:results?|back|happy|delighted|change|thrilled|smooth\w*|difference|improve\w*)|on all (?:skin|body|types|women|patients)|for one and all|there is no(?:body| one) (?:we|it)
        who(?:m)?ever you are|any(?:body)?'s marks|any marks?\b|(?:no|not a single|not one) (?:patient|client|woman|person|one|body) (?:is |was |has )?(?:unsuitable|excluded|too|unfit|ineligible|turned)|each and every|every last one|every (?:type|kind|sort|shade|colour|size|body|age|woman|mother|patient|client|skin)\b[^.;]{0,30}(?:<works>|welcome|suit\w*|right|help\w*)|(?:old|new|young|big|deep),? (?:and|or|new|old|wide|small)[^.;]{0,30}(?:we treat them all|works? on all|all respond|them all)
        works? (?:just )?as well on|(?:all|any|every) (?:ages?|tones?|types?|shades?|sizes?)(?: and (?:all|any|every) \w+)?(?=[^.;]*(?:guarant|work|suit|welcome|same|success|result|treat|safe|respond)|\W*$)|<marks> responds?|without a single exception|(?:grandmother|teenager|granny)s? (?:\w+ )?(?:as|alike|too)|young and old|men and women alike|anyone with (?:stretch|marks)|no restrictions?
        """,
        r"""
        (?:is|are|work\w*) (?:not|n't) (?:right|suitable|safe|for)
        (?:read|meant to work|ask|asked|tell|told|check|write|written|explain\w*|pages?) (?:\w+ ){0,3}(?:for|about|with) (?:everyone|everybody|every|all|any)
        (?:gp|doctor|nurse|clinician|interpreter|telephone|welcome to (?:ask|bring|call))
        heals? (?:at|in|differently|slow)
        different
        """,
    ),
    kind(
        "certain success",
        "This promises that it works. For some people it changes little or nothing.",
        "Say the range: some people see a clear change, some see little or none.",
        r"""
        (?:we|i) (?:promise|pledge|vow|swear|assure you|can assure|stake|stand behind|stand by|deliver|make sure (?:your|that your) (?:skin|marks))\b(?! (?:before|to (?!make|give|remove|erase|transform|clear|smooth|get)|that (?:we|your (?:data|record|photo)|a |nothing)|you (?:time|an? )|about|only|nothing))|(?:you have|on|give you|take) (?:our|my) (?:solemn )?word|rest assured|trust (?:us|me)\b|cross our hearts
        (?:never|cannot|\w*n't|not) (?:possibly |ever |once )?(?:fail\w*|lose|go wrong|let (?:you|anyone) down|disappoint\w*|not work|won't work)|(?:no way|not possible|impossible)(?: that)? (?:this|it|the treatment|you) (?:won't|will not|can't|doesn't|would not|not)
        no (?:result|results|change|improvement|success)s?,? no (?:fee|charge|pay\w*|bill|cost)|(?:you (?:only )?)?pay (?:nothing|only|us (?:only|nothing))\b[^.;]{0,30}(?:if|when|unless|until|result)
        (?:nobody|no one|no patient|no client|never) (?:\w+ ){0,5}(?:disappoint\w*|unhappy|regret\w*|dissatisf\w*|let down)|without (?:a )?(?:fail\b|failure|single (?:failure|complaint))
        (?:\d{1,3}(?:\.\d+)?|ninety|hundred|a hundred|one hundred|ninety-\w+) ?(?:%|per ?cent) (?:\w+ ){0,4}?(?:success\w*|satisf\w+|effective|guarantee\w*|results?|reduction|improve\w*|better|smoother|fewer|less|<people>|of|safe|sure|certain|natural|happy|recommend|clear\w*|remov\w*)
        success rate|(?:always|every time|each time|in (?:all|every|each) cases?|(?:in )?10 out of 10|ten out of ten|nine out of ten|9 out of 10|every single (?:one|time|patient))\b[^.;]{0,40}<works>|<works> (?:\w+ ){0,4}(?:always|every time|in (?:all|every) cases?|without fail|assured|certain|inevitable|sure|automatic\w*)
        (?:certain|sure|bound|destined|set) to (?:work|see|love|get|be (?:delighted|happy|amazed)|improve|succeed|fade|clear|transform|notice)|(?:assured|certain|sure-?fire|fail-?safe|infallible|unfailing|dependable) (?:results?|success|way|method|outcome|cure|solution)?
        (?:you|she|they|your \w+|skin|he|everyone)(?:'ll| will| are going to|'re going to| is going to) (?:(?!not|never|no|hardly|rarely)\w+ ){0,4}?(?:be|look|have|get|love|adore|wake up|leave|enjoy|see|wear|show off|walk|become|turn|return|go home|feel)\b (?:(?!not|no |any |whether|if|darker|tight|warm|red|sore|rough|doctor|nurse|how|what|when|why|who|less|some|little|a (?:nurse|doctor|clinician|list|form|leaflet|letter|card|copy|consent|note|record))[\w'-]+ ){0,5}?(?:<good>|<skin> again|difference|swimsuit|bikini|shorts|crop top)\b
        (?:works?|worked|working) (?:every|each|like (?:a )?(?:charm|magic)|wonders|on everyone|first time|perfectly|brilliantly|for good|whatever|100|beautifully)|(?:really|truly|actually|definitely) works?\b|guarantie|(?:excellent|outstanding|superb|great|brilliant|fantastic|wonderful|impressive|remarkable|unbeatable|first-class|exceptional|spectacular|beautiful|visible|proven|maximum|real|fast|best|predictable|reliable) (?:results?|outcomes?)\b(?! (?:can|may|cannot) not)
        normal outcome|(?:the )?(?:outcome|result) (?:all|every|most) (?:of )?our|marks will (?:go|fade|clear|leave|be (?:gone|history|smooth))\b(?! (?:darker|on|from))
        (?:certain|sure|bound|guaranteed) to be (?:\w+ )?(?:thrilled|pleased|overjoyed|delighted|happy|amazed|in love|smooth)|bank on|count on (?:it|us|results?|smooth)|(?:put|sign) our name|sure thing|(?:safe|sure) bet|failure (?:is not|isn't|is un|does not)|never had (?:a|one|to) (?:failure|dissatisf\w*|complain\w*|unhappy|refund|single)|(?:not|never|n't) leave (?:\w+ )?(?:unhappy|disappoint\w*|without)|leaves? (?:\w+ )?(?:happy|delighted|smiling|thrilled)
        (?:see|get|visible|real|noticeable|obvious|clear|lovely|proper) (?:results?|changes?|difference|improvement) (?:after|from|in|within|with|every|each|guaranteed)|results? (?:are )?(?:speak|guaranteed|assured|promised|certain)|no doubt\b|without (?:a |any )?doubt|definitely|undoubtedly|unquestionabl\w*|inevitabl\w*|rely on (?:us|it) (?:to|for) (?:smooth|results)|envy of|you(?:'ll| will) never (?:look|want|regret)|(?:you|she)(?:'ll| will) (?:be )?(?:glow|shine|dazzle|love|adore|thank)\w*
        (?:not|won't|never|n't) (?:be |feel )?(?:let down|sorry|disappointed)|(?:one |a )?(?:hundred|100) ?(?:%|per ?cent) of (?:our )?|helped (?:every|each|all|thousands|hundreds)|you owe (?:us )?nothing|we (?:don't|never|won't) (?:stop|rest|give up) until|until you(?:'re| are) (?:\w+ )?(?:satisfied|happy|delighted)|(?:it|this|microneedling|needling|our \w+) (?:just |simply |really |always )?works[.!]?$|,? it (?:simply |just )?works\b|success (?:is|comes)|works? a treat|never miss\w*
        (?:failure|disappointment|relapse|defeat)s? (?:is|are) (?:\w+ )?(?:unknown|impossible|not|out|no)|(?:ten|10) (?:out of|\/) ?(?:ten|10) (?:patients|clients|women|times|people|cases)|(?:perfect|100 ?%|unbroken|faultless|flawless) (?:track )?record|track record|never (?:\w+ )?(?:lets?|failed|disappoint\w*)|(?:works?|succeeds?) (?:\w+ )?(?:in all|on all|for all)|zero failures?|(?:delighted|happy|satisfied|smooth),? or (?:your|every|we)|every (?:cent|penny|pound|euro|dollar) (?:back|returned|refunded)
        """,
        r"""
        (?:we|what we) (?:do )?(?:not|n't|never) (?:can )?promise
        (?:for the |find the )?(?:test|blood|biopsy|search) results?
        final results?
        some (?:people )?see [^.;]{0,60}
        see (?:a |the )?(?:change|difference|result)[^.;]{0,40}\bothers
        """,
    ),
)
