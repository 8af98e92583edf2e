"""Finnish verb forms that hide who acts: ”annetaan”, ”annettiin”, ”on annettu”, ”ei anneta”.

The forms follow Iso suomen kielioppi (2004), § 110 (kaino.kotus.fi/visk). No dictionary is used:
a form that a noun may share is left alone, so that what is found is worth mending.
"""

import re
from collections.abc import Iterator

_PRESENT = (
    # annetaan, kysytään, haetaan, luetaan; not asioitaan, työtään, tilanteestaan, toimintaan
    r"\w*(?:(?<![aeiouyäö])[aeiouyäö]|(?<=[aou])e)t(?:aa|ää)n",
    # saadaan, jäädään, arvioidaan, viedään, tuodaan, syödään, käydään, tehdään
    r"\w*(?:aa|ää|oi|öi|ui|ie|uo|yö|äy|[aeä]h)d(?:aa|ää)n",
    # kuunnellaan, suunnitellaan, keskustellaan; not paikallaan, mielellään, eläkkeellään
    r"\w*(?:te|nne|ske)ll(?:aa|ää)n",
    r"(?:ollaan|tullaan|kuullaan|luullaan|kokeillaan|mennään|pannaan|purraan)",
    r"(?:nous|juos|rat?kais|julkais)taan|(?:pääs|pes)tään",
)
_PAST = (
    r"\w*(?<![aeiouyäö])[aeiouyäö]ttiin",
    r"\w*[aou]ettiin|\w+[aä]{2}ttiin",
    r"\w*(?:oi|öi|ie|uo|yö|äy)tiin|(?:saa|jää)tiin",
    r"\w*(?:te|nne|ske|kei)ltiin",
    r"(?:ol|tul|kuul|men|pan|pur|pääs|nous|juos|teh|näh|ratkais|julkais)tiin",
)
_CONDITIONAL = (
    r"\w*[aeiouyäö]tt(?:ai|äi)siin",
    r"(?:saa|jää|voi|vie|tuo|teh|näh|ol|tul|men)t(?:ai|äi)siin",
)
_PARTICIPLE = (
    r"\w*[eioua]ttu|\w*[eiyä]tty",
    r"\w*(?:oi|ie|uo|öi|yö|äy)t[uy]|\w*(?:te|nne|ske|kei)lt[uy]",
    r"(?:saa|teh|näh|ol|tul|kuul|ratkais|julkais)t[uy]",
)
_BETWEEN = (
    r"(?:\s+(?:jo|nyt|myös|vielä|aina|usein|joskus|ennen|sitten|kuitenkin|yleensä|enää"
    r"|osin|pääosin))?"
)
_BE = r"(?:on|ovat|oli|olivat|olisi|olisivat|olla|ollut|olleet|ole)"
_NEGATIVE = (
    # ei makseta, ei järjestetä; an infinitive or a noun ends in neither
    r"\w{2,}tet[aä]|makseta|anneta|haeta|pidetä|lasketa|myönnetä|lähetetä|lueta|tueta",
    r"voida|saada|tehdä|nähdä|kerrota|kysytä|sanota|tarvita|vaadita|mainita|valita|tiedetä",
    r"koroteta|peritä|puhuta|haluta|arvioida|hyväksytä|säädetä",
)
# Nouns and pronouns in one of these forms; ”tuettu työllistyminen” is a name.
_NO_VERB = re.compile(
    r"(?:ket|mit|tät)ään|jotaan|kotitaan|muutaan|dataan|sotaan|seutaan"
    r"|\w*(?:pilo|budje|marke|die|table|kabine)ttiin|(?:inter)?nettiin"
    r"|\w*(?:tuettu|tuttu|juttu|hattu)",
    re.IGNORECASE,
)
_FINITE = re.compile(rf"\b(?:{'|'.join((*_PRESENT, *_PAST, *_CONDITIONAL))})\b", re.IGNORECASE)
_PERFECT = re.compile(rf"\b{_BE}{_BETWEEN}\s+(?P<verb>{'|'.join(_PARTICIPLE)})\b", re.IGNORECASE)
_DENIED = re.compile(rf"\b(?:ei|eikä){_BETWEEN}\s+(?P<verb>{'|'.join(_NEGATIVE)})\b", re.IGNORECASE)


def passives(text: str) -> Iterator[str]:
    """Yield the passive verb forms of a Finnish text as they stand there, in its order."""
    found = [
        (match.start(), match.group())
        for pattern in (_FINITE, _PERFECT, _DENIED)
        for match in pattern.finditer(text)
        if not _NO_VERB.fullmatch(match.groupdict().get("verb") or match.group())
    ]
    yield from (words for _, words in sorted(found))
