"""Every word of the list is stopped where it promises something, and stands where it is denied, asked or an idiom."""

import pytest

from content.wording import claims
from content.wording.claim_kinds.words import CLAIMS
from content.wording.findings import Finding, Kind, Level, PageText, Passage

FACTS_LIST = [
    "painless", "pain-free", "cure", "remove", "get rid of", "erase", "invisible", "permanent", "guaranteed", "proven", "safe",
    "gentle", "quick", "instant", "perfect", "ideal", "amazing", "dramatic", "best", "miracle", "FDA-approved", "clinically proven",
    "risk-free",
]  # fmt: skip

PROMISED = {
    "painless": ["The treatment is painless.", "It works painlessly.", "A pain‑less session.", "PAINLESS!", "A pain less treatment."],
    "pain-free": ["It is pain-free.", "Pain free results", "a painfree visit", "It is free from pain.", "pain – free", "Smooth skin without pain"],
    "cure": ["It cures stretch marks.", "A cure for marks.", "Your marks are cured.", "Marks are curable."],
    "remove": ["It removes stretch marks.", "Stretch mark removal", "Removing old marks", "Marks can be removed.", "We remove stretch marks and hair."],
    "get rid of": ["Get rid of your marks.", "How to be rid of them", "Getting rid of old lines", "It rids your skin of marks.", "Say goodbye to marks."],
    "erase": ["It erases marks.", "Erase the years.", "Marks are erased.", "A scar eraser"],
    "invisible": ["Marks become virtually invisible.", "They turn invisible.", "They fade invisibly."],
    "permanent": ["Results are permanent.", "It permanently changes skin.", "The permanence of results"],
    "guaranteed": ["Results guaranteed.", "We guarantee smooth skin.", "It comes with a guarantee.", "A money-back guaranty"],
    "proven": ["A proven treatment.", "It has been proved.", "This proves that it works.", "It provably works."],
    "safe": ["It is safe.", "It works safely.", "Safer than laser.", "The safest choice.", "Your safety is certain."],
    "gentle": ["A gentle treatment.", "It works gently.", "Gentler than laser.", "The gentlest way"],
    "quick": ["A quick visit.", "It works quickly.", "Quicker results.", "The quickest way"],
    "instant": ["Instant results.", "It works instantly.", "An instantaneous change"],
    "perfect": ["Perfect skin.", "Perfectly smooth.", "We perfected it.", "Skin perfection"],
    "ideal": ["It is ideal for everyone.", "Your ideal skin", "It is ideally suited to you."],
    "amazing": ["Amazing results.", "Amazingly smooth.", "You will be amazed."],
    "dramatic": ["A dramatic change.", "Marks fade dramatically."],
    "best": ["The best treatment.", "Our best results yet.", "Best in town"],
    "miracle": ["A miracle treatment.", "It works miracles.", "Miraculous change"],
    "FDA-approved": ["It is FDA-approved.", "An FDA approved device", "Approved by the FDA.", "FDA‑approved", "It has FDA approval.",
                     "The US Food and Drug Administration approved it."],
    "clinically proven": ["It is clinically proven.", "Clinically‑proven results", "Scientifically proven"],
    "risk-free": ["It is risk-free.", "Risk free treatment", "There is no risk.", "It is without any risk.", "Free of risk"],
}  # fmt: skip

DENIED = {
    "painless": ["It is not painless.", "No treatment is painless.", "It isn’t painless."],
    "pain-free": ["It is not pain-free.", "It is never free of pain.", "Nobody can call it pain-free."],
    "cure": ["It is not a cure.", "There is no absolute cure.", "It can’t cure them.", "A cure does not exist.", "It is secure."],
    "remove": ["No treatment removes them.", "It can’t remove stretch marks.", "No cream, oil or laser removes them.",
               "Nothing can flatten and remove them.", "Removal is not possible.", "Remove your make-up first.",
               "We remove the numbing cream.", "The photographs are removed from this website."],
    "get rid of": ["You cannot get rid of them.", "No treatment gets rid of them."],
    "erase": ["It does not erase them.", "Ask us to erase your record."],
    "invisible": ["They do not become invisible.", "Marks will never be invisible."],
    "permanent": ["Results are not permanent.", "Nobody can promise a permanent change.", "Scars can be permanent.",
                  "It may leave a permanent scar.", "Permanent results are not promised."],
    "guaranteed": ["Results are not guaranteed.", "We can’t guarantee a result.", "There is no guarantee."],
    "proven": ["It is not proven.", "It has not been proved to help.", "An unproven cream", "Marks may improve."],
    "safe": ["It is not safe in pregnancy.", "It is unsafe.", "It isn't safe for you.", "Ask whether it is safe for you.",
             "The FDA published a safety notice.", "Keep your form safe.", "It is no safer than laser."],
    "gentle": ["It is not a gentle treatment.", "Pat the area gently dry.", "Wash gently with a gentle soap."],
    "quick": ["It is not a quick treatment.", "Call if swelling spreads quickly.", "Change does not come quickly."],
    "instant": ["Results are not instant.", "Nothing changes instantly."],
    "perfect": ["Skin will not be perfect.", "Perfect skin is not our aim.", "An imperfect scar"],
    "ideal": ["It is not ideal for everyone.", "Ideally, wait until the rash is gone."],
    "amazing": ["Do not expect amazing results.", "It is not amazing."],
    "dramatic": ["The change is not dramatic.", "Marks rarely fade dramatically."],
    "best": ["It is not the best treatment for all.", "At best they fade a little.", "It is best to call first.",
             "Do your best to keep it dry.", "Decide what is best for you.", "There is no best treatment."],
    "miracle": ["It is not a miracle.", "No cream works miracles."],
    "FDA-approved": ["It is not FDA-approved for this.", "The FDA has not approved it.", "Never approved by the FDA.",
                     "The FDA has authorised some devices."],
    "clinically proven": ["It is not clinically proven.", "No cream is clinically proven."],
    "risk-free": ["No treatment is risk-free.", "It is never without risk.", "It is not free from risk."],
}  # fmt: skip

BOASTS = [
    ("No other clinic gives such perfect results.", "perfect"),
    ("Nothing is safer.", "safe"),
    ("There is no safer way.", "safe"),
    ("It is not only safe but fast.", "safe"),
    ("Why not try our painless method?", "painless"),
    ("Do you want to get rid of your marks?", "get rid of"),
    ("No needles, no scars: perfect skin.", "perfect"),
    ("It does not hurt and removes marks.", "remove"),
    ("You will not regret your perfect skin.", "perfect"),
    ("If you are not happy we remove the marks again.", "remove"),
    ("There is no doubt that it is safe.", "safe"),
    ("It has no downtime, and results are permanent.", "permanent"),
    ("Without surgery it removes your marks.", "remove"),
    ("You do not need surgery to remove them.", "remove"),
]

HONEST = [
    "No one can promise that marks will disappear or be removed.",
    "Microneedling cannot make stretch marks invisible.",
    "It will not get rid of stretch marks, but it may make them less noticeable.",
    "There is no cure for stretch marks, and no cream can erase them.",
    "Stretch marks are common and cannot be completely removed by any treatment.",
    "We never guarantee results.",
    "Be wary of anyone who promises a cure.",
    "It has not been approved by the FDA for stretch marks.",
    "No device is FDA-approved for stretch marks.",
    "Neither laser nor microneedling is a permanent cure.",
    "This does not mean the treatment is safe for everyone.",
    "It may not be safe for you if you are pregnant.",
    "Numbing cream is not safe under a wrap.",
    "Is it safe in pregnancy? No.",
    "Avoid removing scabs.",
    "Do not remove the dressing for 24 hours.",
    "Remove the film after an hour.",
    "Use a gentle, unscented cleanser.",
    "Pat dry gently with a clean towel.",
    "See a doctor quickly if your throat swells.",
    "We do our best to answer the same day.",
    "Which option is best for you depends on your skin.",
    "The best evidence is from small trials.",
    "Results are not instant: new fibres take months.",
    "Marks fade but never vanish.",
    "It isn't painless or risk-free.",
    "No treatment is completely painless, safe or permanent.",
    "Nothing is guaranteed.",
    "You can change your mind: nothing is permanent until you sign.",
    "There is no perfect answer.",
    "It is far from a miracle.",
    "We can't say that it is proven.",
    "The studies do not prove that it works.",
    "It is not yet known whether the change is permanent.",
    "Laser hair removal is a different treatment.",
    "To remove your consent, call us.",
    "We keep your record safe.",
    "Ask about safety before you book.",
    "The evidence is not the best: studies were small.",
    "Perfect skin does not exist.",
    "A doctor must rule out other causes quickly.",
    "Microneedling is not a quick fix.",
    "Quick questions",
    "Nobody should promise you a painless session.",
    "This treatment won't permanently remove stretch marks.",
    "No studies have proven that creams remove stretch marks.",
    "Creams that claim to remove stretch marks do not work.",
    "We do not promise that marks can be removed.",
    "Our device has no FDA approval for this.",
    "Stretch marks will not be erased, removed or cured.",
    "The aim is not to remove the marks but to make them less noticeable.",
    "Instead of removing marks, it makes them less noticeable.",
    "Results vary: some people see a lot of change, others none.",
]
BOASTED = [
    "Say goodbye to stretch marks for good.",
    "Gentle, quick and safe.",
    "You'll love your perfect new skin, with no side effects.",
    "There's no pain and results are guaranteed.",
    "Never worry about stretch marks again: they are gone permanently.",
    "No downtime. Instant results.",
    "Not sure? It is safe!",
    "Safe for all skin types.",
    "Clinically proven, not just promised.",
    "The only treatment that removes marks without surgery.",
    "Unlike creams, which do not work, microneedling removes stretch marks.",
    "Creams don't work. This cures them.",
    "It doesn't just fade marks, it erases them.",
    "There is nothing safer or gentler.",
    "No one does it better: our best price.",
    "We remove what creams cannot.",
    "With our treatment, marks don't stand a chance: removed in weeks.",
    "No more stretch marks: removal made easy.",
    "You will not be disappointed by your amazing skin.",
    "Nothing beats our proven method.",
    "No treatment is safer than ours.",
    "Don't let stretch marks bother you, get rid of them.",
    "It isn't magic, it's a proven treatment.",
    "Never painful, always gentle.",
    "It works when nothing else removes them.",
]


def stopped(text: str = "", html: str = "", kind: Kind = Kind.TEXT) -> list[str]:
    return [finding.word for finding in findings(text, html, kind)]


def findings(text: str = "", html: str = "", kind: Kind = Kind.TEXT) -> list[Finding]:
    return claims.check(PageText([Passage("Text", "block", kind, "text", text, html)]))


def test_list_is_the_clinics_whole_list() -> None:
    assert sorted(claim.word for claim in CLAIMS) == sorted(FACTS_LIST)
    assert set(PROMISED) == set(DENIED) == set(FACTS_LIST)


@pytest.mark.parametrize(("word", "sentence"), [(word, one) for word, many in PROMISED.items() for one in many])
def test_promise_is_stopped_under_its_word(word: str, sentence: str) -> None:
    assert word in stopped(sentence), stopped(sentence)


@pytest.mark.parametrize(("word", "sentence"), [(word, one) for word, many in DENIED.items() for one in many])
def test_honest_use_is_left_alone(word: str, sentence: str) -> None:
    assert stopped(sentence) == []


@pytest.mark.parametrize(("sentence", "word"), BOASTS)
def test_denial_of_something_else_excuses_no_promise(sentence: str, word: str) -> None:
    assert word in stopped(sentence)


@pytest.mark.parametrize("sentence", HONEST)
def test_honest_sentence_of_a_clinic_is_left_alone(sentence: str) -> None:
    assert stopped(sentence) == []


@pytest.mark.parametrize("sentence", BOASTED)
def test_sentence_that_sells_is_stopped(sentence: str) -> None:
    assert stopped(sentence) != []


@pytest.mark.parametrize(
    "html",
    [
        "<p>It is pain<strong>less</strong>.</p>",
        "<p>It is <em>p</em>ainless.</p>",
        "<p>It is pain&#108;ess.</p>",
        "<p>It is pain&shy;less.</p>",
        "<p>It is pain\u200bless.</p>",
        "<p>It is pain\u2060less.</p>",
        "<p>It is pain\u2011less.</p>",
        "<p>It is ｐａｉｎｌｅｓｓ.</p>",
        "<p>It is PÁINLESS.</p>",
        "<p>It is pаinless.</p>",
        "<p>It is <a href='/x/'>painless</a>.</p>",
        "<h3>Painless</h3>",
        "<ul><li>painless</li></ul>",
        "<p>It is p a i n l e s s.</p>",
        "<p>It is p.a.i.n.l.e.s.s.</p>",
        "<p>It is pain<wbr>less.</p>",
        "<p>It is pain<!-- x -->less.</p>",
        "<p>It is pai nless.</p>",
        "<p>It is p@inless.</p>",
        "<p>It is p4inle55.</p>",
        "<p>It is paaainless.</p>",
        "<p>It is ⓟⓐⓘⓝⓛⓔⓢⓢ.</p>",
        "<p>It is ᴘainless.</p>",
        "<p>#painlessneedling</p>",
    ],
)
def test_word_is_found_however_it_is_typed(html: str) -> None:
    assert stopped(html=html) == ["painless"]


def test_phrase_is_found_across_spaces_that_do_not_break() -> None:
    assert stopped(html="<p>You get&nbsp;rid\u202fof them.</p>") == ["get rid of"]


def test_words_of_two_paragraphs_are_no_phrase() -> None:
    assert stopped(html="<p>Wash off the risk</p><p>free parking</p>") == []


@pytest.mark.parametrize(
    "question", ["Is it safe?", "Does it remove stretch marks?", "Can I get rid of them?", "How quick is it?"]
)
def test_question_promises_nothing_until_its_answer_agrees(question: str) -> None:
    assert stopped(f"{question}\nNo treatment is without harm.") == []
    assert len(stopped(f"{question}\nYes, it can do that.")) == 1


@pytest.mark.parametrize("kind", [Kind.HEADING, Kind.ALT, Kind.ROW, Kind.SOURCE])
def test_promise_is_stopped_wherever_it_is_read(kind: Kind) -> None:
    assert stopped("An amazing result", kind=kind) == ["amazing"]


def test_finding_says_what_is_wrong_and_what_to_write_and_hands_the_block_back() -> None:
    [one] = findings("Calm first. The treatment is painless. Call us.")
    assert (one.level, one.block, one.place, one.word) == (Level.BLOCKING, "block", "Text", "painless")
    assert one.quoted == "The treatment is painless."
    assert "numbing cream helps" in one.suggestion


def test_sentence_with_two_words_is_told_of_each_once() -> None:
    assert sorted(stopped("A safe, safe and gentle way.")) == ["gentle", "safe"]


def test_clinically_proven_is_one_claim() -> None:
    assert stopped("It is clinically proven.") == ["clinically proven"]


@pytest.mark.parametrize(
    "text",
    [
        "Redness may appear. It looks darker on brown and black skin.",
        "You may see redness, or darker patches on black skin.",
    ],
)
def test_redness_stands_beside_how_it_looks_on_dark_skin(text: str) -> None:
    assert stopped(text) == []


@pytest.mark.parametrize("text", ["Redness settles in days.", "Some redness is usual on any skin."])
def test_redness_alone_is_stopped(text: str) -> None:
    assert stopped(text) == ["redness"]


def test_redness_in_one_row_may_be_explained_in_another_of_its_block() -> None:
    block = object()
    rows = [
        Passage("row 1", block, Kind.ROW, "stages", "Some redness."),
        Passage("row 2", block, Kind.ROW, "stages", "On brown and black skin it looks purple or grey."),
    ]
    assert claims.check(PageText(rows)) == []
    assert [one.word for one in claims.check(PageText(rows[:1]))] == ["redness"]


@pytest.mark.parametrize(
    "text", ["Results vary.", "Individual results may vary.", "Results can vary from person to person."]
)
def test_results_vary_alone_is_stopped(text: str) -> None:
    assert stopped(text) == ["results vary"]


@pytest.mark.parametrize(
    "text",
    [
        "Results vary. Some people see little change.",
        "Results vary: 3 of 15 people saw very little.",
        "Results vary from a clear change to none.",
    ],
)
def test_results_vary_stands_beside_how(text: str) -> None:
    assert stopped(text) == []


def test_same_sentence_typed_another_way_is_the_same() -> None:
    assert claims.is_same_sentence("It’s  a “safe” way", 'it\'s a "safe" way')
    assert not claims.is_same_sentence("It is safe", "It is safer")


#: A sentence for each kind of promise, and an honest one that speaks of the same.
KINDS = [
    ("marks that vanish", "The lines melt away within weeks.", "The swelling goes away within days."),
    ("no pain", "You won’t feel a thing.", "It would be wrong to say that you won’t feel a thing."),
    ("no harm", "There are no side effects.", "Don’t believe that any treatment is without side effects."),
    (
        "for ever",
        "The improvement lasts a lifetime.",
        "You may read that results last a lifetime: no study followed anybody so long.",
    ),
    ("for everybody", "It suits every skin, whatever its colour.", "It does not suit everybody."),
    ("certain success", "It never fails.", "We can’t promise that it works."),
    ("quick results", "See a difference after one session.", "Even after six sessions, some see no difference."),
    ("better than others", "We are the No. 1 clinic in Britain.", "Nobody knows whether it is better than laser."),
    (
        "approval by a regulator",
        "Cleared by the MHRA for stretch marks.",
        "We are registered with the Care Quality Commission.",
    ),
    ("money back", "Love it or your money back.", "You get your money back if we have to cancel."),
    ("a testimonial", "“My marks are gone,” says Anna.", "Most people say that it feels like scratching."),
    (
        "before and after",
        "Your “after” photo will look just like hers.",
        "Your picture will not look like anybody else’s.",
    ),
    (
        "science that proves",
        "Research proves it beyond doubt.",
        "In a small study of 15 people, three had minimal improvement.",
    ),
    ("a puff", "A revolutionary breakthrough.", "It is no wonder that you are nervous."),
    ("pressure to book", "Only three places left this month.", "There is no hurry."),
]


@pytest.mark.parametrize(("kind", "promise", "honest"), KINDS)
def test_promise_of_each_kind_is_stopped_and_its_honest_neighbour_is_not(kind: str, promise: str, honest: str) -> None:
    assert kind in stopped(promise)
    assert stopped(honest) == []


def test_every_kind_is_tried() -> None:
    assert {claim.word for claim in claims.KINDS} - set(FACTS_LIST) == {kind for kind, _, _ in KINDS}


@pytest.mark.parametrize(
    "promise",
    [
        "Resultados garantizados, sin dolor.",
        "Schmerzfrei!",
        "Un traitement indolore et sans risque.",
        "Безболезненно и навсегда.",
        "无痛",
        "بدون ألم",
    ],
)
def test_promise_in_another_language_is_stopped(promise: str) -> None:
    [word] = stopped(promise)
    assert word.startswith("a promise in ")


@pytest.mark.parametrize(
    "honest", ["Wir sprechen auch Deutsch.", "Aucun traitement ne les efface.", "No cream works miracles."]
)
def test_honest_words_in_another_language_stand(honest: str) -> None:
    assert stopped(honest) == []


@pytest.mark.parametrize(
    "sentence", ["Our pen is FDA-approved.", "Cleared by the FDA for stretch marks.", "FDА-аpproved needling"]
)
def test_no_reason_excuses_approval_said_of_this_treatment(sentence: str) -> None:
    assert [one.can_be_explained for one in findings(sentence)] == [False]


def test_a_reason_may_stand_beside_approval_of_something_else() -> None:
    assert [one.can_be_explained for one in findings("This sunscreen is FDA-approved.")] == [True]


def test_what_is_taken_back_in_the_next_sentence_is_no_promise() -> None:
    assert stopped("Some say it is painless. That is not true.") == []
    assert stopped("Some say it is painless. That is true.") != []
