"""Claims in languages that patients here also read, since a page that overclaims in Polish overclaims.

Stems, folded like the text that they are looked for in; a space stands for any run of spaces.
"""

import re
from functools import cache

from content.wording.screen import Screen, compiled
from content.wording.text import fold

from .words import Claim

STEMS = {
    "Spanish": "sin cicatric; cien por cien; borr(?:a|e|ar); piel perfecta; toda la vida; quita; cero dolor; resultados (?:garantizad|permanent); nunca mas; sin (?:ningun )?dolor; indolor; garantiz; garantia; para siempre; permanente; elimina; borra; desaparec; sin riesgo;"
    " sin efectos; milagro; definitiv; devolvemos; 100 ?% segur; resultados inmediatos; adios a",
    "French": "plus aucune; aucune? (?:douleur|risque|cicatrice|trace); sans danger; a jamais; parfait; guerit; en une (?:seule )?seance; zero (?:douleur|risque); resultats? garanti; fini(?:es)? les; sans (?:aucune )?douleur; indolore; garanti; pour toujours; definitiv; elimin; efface; disparai; sans risque; sans effet;"
    " miracle; rembours; a vie; adieu; resultats immediats; approuve par; meilleur",
    "German": "nie mehr; kein(?:e|en|erlei) (?:schmerz|risik|narb|nebenwirk); vollig; hundertprozent; spurlos; verschwunden; narbenfrei; makellos; kein schmerz; keine? narben; keine risik; nie wieder; schmerzfrei; schmerzlos; ohne schmerz; keine schmerzen; garanti; fur immer; dauerhaft; entfernt; entfernung; beseitig;"
    " verschwind; ohne risik; risikofrei; nebenwirkungsfrei; ohne nebenwirkung; keine nebenwirkung; wunder; geld zuruck; makellos; sofort",
    "Italian": "zero (?:dolore|rischi); risultati (?:garantiti|permanenti); mai piu; niente piu; senza (?:alcun )?dolore; indolore; garanti; per sempre; definitiv; elimina; cancella; scompa; spari(?:sc|r); senza risch;"
    " senza effetti; miracol; rimbors; addio",
    "Portuguese": "zero dor; resultados garantidos; nunca mais; sem (?:qualquer )?dor; indolor; garanti; para sempre; definitiv; elimina; remove as; desaparec; sem risco; sem efeitos;"
    " milagre; dinheiro de volta; adeus",
    "Dutch": "nooit meer; geen littekens; pijnloos; pijnvrij; zonder pijn; geen pijn; gegarandeerd; garantie; voorgoed; voor altijd; verwijder; verdwijn; zonder risico;"
    " geen bijwerking; zonder bijwerking; geld terug; blijvend",
    "Polish": "bez blizn; bez skutk; usun; znikn; wyleczy; skuteczn; calkowicie; nigdy wiecej; zero bolu; bezbolesn; bez bolu; gwarant; na zawsze; trwal; usuwa; usuniec; znika; zniknie; bez ryzyka; bez skutkow; cud; zwrot pieniedzy;"
    " calkowicie bezpieczn; pozbadz sie",
    "Turkish": "agrisiz; acisiz; garanti; kalici; sonsuza; kesin cozum; yok ol; yan etki(?:si)?z; yan etkisi yok; risksiz; mucize; tamamen gider;"
    " para iade",
    "Romanian": "rezultate garantate; fara durere; nedureros; garant; pentru totdeauna; permanent; elimin; dispar; fara risc; fara efecte; miracol; banii inapoi",
    "Swedish, Danish, Norwegian": "smartfri; smertefri; utan smarta; uden smerte; uten smerte; garanter; for alltid; for altid; fjern; avlagsna;"
    " forsvinn; forsvinder; utan risk; uden risiko; mirakel; pengarna tillbaka; pengene tilbake",
    "Hungarian, Czech": "fajdalommentes; fajdalom nelkul; garant; orokre; eltun; bezbolest; bez bolesti; zaruc; navzdy; odstran; zmizi; navzdycky",
    "Welsh, Irish": "di-?boen; gwarant; am byth; gan phian; rathaithe",
    "Albanian, Croatian": "pa dhimbje; garant; pergjithmone; bezbolno; zajamcen; zauvijek; zauvek; uklanja; nestaj",
    "Russian, Ukrainian": "безболезнен; без боли; гаранти; навсегда; исчез; удал(?:яе|ени|им); избав; без риск; без побочн; чудо; безопасн; навечно;"
    " безболiсн; без болю; гарант; назавжди; зник; видал; позбу; возврат",
    "Greek": "ανωδυν; χωρις πονο; εγγυη; για παντα; μονιμ; εξαφαν; εξαλει",
    "Arabic": "بدون ألم; بدون اي ألم; بلا ألم; دون ألم; مضمون; للأبد; إلى الأبد; نهائي; يزيل; إزالة; تختفي; اختفاء; بدون آثار; آمن تمام; دائم; معجزة",
    "Persian, Urdu": "بدون درد; تضمین; تضميني; برای همیشه; همیشه کے لیے; بغیر درد; درد کے بغیر; ضمانت; گارنٹی; ختم; از بین می; بی درد",
    "Hindi, Punjabi, Bengali, Gujarati": "बिना दर्द; दर्द रहित; दर्द के बिना; गारंटी; हमेशा के लिए; गायब; स्थायी; चमत्कार; दर्दरहित; जड़ से; ਬਿਨਾਂ ਦਰਦ; ਗਰੰਟੀ;"
    " ਗਾਰੰਟੀ; ਹਮੇਸ਼ਾ; ব্যথাহীন; ব্যথা ছাড়া; গ্যারান্টি; চিরতরে; চিরদিন; પીડા વિના; દર્દ વગર; ગેરંટી; હંમેશ",
    "Chinese, Japanese, Korean": "无痛; 無痛; 保证; 保證; 永久; 永远; 消失; 去除; 消除; 祛除; 根治; 无副作用; 無副作用; 奇迹; 百分之百; 痛みなし; 痛くな; 痛みの?な; 保証; 消え;"
    " 永遠; 副作用なし; 完全に; 통증 없; 무통; 보장; 영구; 사라; 제거; 부작용 없; 100%",
    "Vietnamese, Tagalog, Somali, Swahili": "khong dau; đam bao; dam bao; vinh vien; bien mat; walang sakit; garantisado; habambuhay; xanuun la'aan; bila"
    " maumivu; milele",
}  # fmt: skip
#: Words that deny a claim in the languages above.
DENIALS = (
    r"\b(?:no hay|no es|no (?:se )?(?:puede|elimina|borra|garantiz)\w*|ningun|nunca(?! mas)|ne [\w']+ pas|n'(?:est|y a|existe)|aucun|jamais|kein(?!e? (?:schmerz|narb|risik|nebenwirk))|nicht"
    r"|niemals|non (?:e|si|elimina|c'e|esiste)|nessun|nao (?:e|ha|existe|elimina)|nenhum|geen(?! (?:pijn|litteken|bijwerking|risico))|niet|nie (?:ma|jest|usuwa|mozna)|zaden|degil|yok(?:tur)?"
    r"|nu (?:exista|este|elimina))\b"
)
DENIED = re.compile(DENIALS)
SUGGESTION = "Say it as the English page does, and have somebody who reads the language check it."
FOREIGN = {
    language: Claim(
        f"a promise in {language}",
        "",
        SUGGESTION,
        problem=f"This seems to promise too much in another language ({language}).",
    )
    for language in STEMS
}
#: Words by which Latin-script languages are told from English; English words with the same stems are no claim.
FUNCTION_WORDS = frozenset([
    "el", "las", "una", "un", "de", "del", "y", "sin", "para", "por", "que", "se", "sus", "les", "une", "et", "est",
    "sans", "qui", "vous", "votre", "nos", "notre", "der", "das", "und", "mit", "ohne", "fur", "bei", "ist", "wir",
    "ihr", "ihre", "jede", "jeder", "jedem", "il", "lo", "gli", "di", "e", "non", "che", "con", "senza", "uma", "os",
    "da", "em", "sem", "com", "het", "een", "zonder", "voor", "je", "uw", "bez", "sie", "z", "w", "ve", "bir", "ile",
    "icin", "si", "cu", "fara", "pe", "och", "utan", "inte", "og", "uden", "az", "nelkul", "totalement",
    "traitement", "estrias", "strie", "vergetures", "smagliature", "dehnungsstreifen", "rozstepy", "rozstepow",
    "catlak", "catlaklara", "tratamiento", "behandlung", "trattamento", "tratamento", "tratament", "zabieg",
    "resultados", "risultati", "resultats", "ergebnis", "ergebnisse", "erfolg", "wyniki", "sonuc", "hauttyp",
    "striemen", "striae",
])  # fmt: skip
ENGLISH = frozenset([
    "the", "is", "are", "of", "to", "and", "you", "your", "it", "this", "that", "we", "our", "with", "for", "not",
    "will", "be", "can", "in", "on", "at", "after", "there", "no", "such", "as", "an", "if", "or", "but", "from",
    "by", "have", "has", "do", "does", "was", "were", "they", "them", "their", "us", "all", "she", "he", "her",
    "who", "what", "so",
])  # fmt: skip
#: Stems that English words have too: they count only where other words are the language's own.
ENGLISH_TOO = re.compile(
    r"(?:permanent|quita|usun|mirac|remov|wond|elimin|definit|effac|dispar|meilleur|zonder|trwal|cud|100|scompa|parfait|sofort|am byth)"
)
LATIN_WORD = re.compile(r"[a-z']+")


@cache
def _languages() -> list[tuple[str, str]]:
    """Return the stems of each language as a pattern."""
    # No space parts words of Chinese.
    starts = {language: "" if language.startswith("Chinese") else r"(?<!\w)" for language in STEMS}
    return [
        (language, "|".join(f"{starts[language]}{fold(stem.strip())}" for stem in stems.split(";")))
        for language, stems in STEMS.items()
    ]


@cache
def _screen() -> Screen:
    return Screen(stems for _, stems in _languages())


def claim_in(sentence: str) -> Claim | None:
    """Return the claim that a folded sentence makes in another language than English, or None."""
    possible = [_languages()[number] for number in _screen().possible(sentence)]
    uses = [(language, use) for language, stems in possible if (use := compiled(stems).search(sentence))]
    if not uses or (foreign := _foreignness(sentence)) < 0 or DENIED.search(sentence):
        return None
    for language, use in uses:
        if foreign or not ENGLISH_TOO.match(use[0]):
            return FOREIGN[language]
    return None


def _foreignness(sentence: str) -> int:
    """Return 1 if most known small words of the sentence are another language's or its letters not Latin, -1 if English, else 0."""
    words = LATIN_WORD.findall(sentence)
    letters = sum(map(len, words))
    if sum(map(str.isalpha, sentence)) > 2 * letters:
        return 1
    english, foreign = (sum(word in known for word in words) for known in (ENGLISH, FUNCTION_WORDS))
    return (foreign > english) - (english > foreign)
