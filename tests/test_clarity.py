"""What a client reads is clear: short sentences, and verbs that tell who acts."""

import re

import pytest

from facts import DAY, DAYS, Pages
from palvelupolku import clarity, meeting
from palvelupolku.build import build, check
from palvelupolku.fields import Text
from palvelupolku.passive import passives
from palvelupolku.prose import plain, sentences

RULES = {"long-sentence", "passive", "long-client-text"}

# Verbs that hide who acts

HIDING = re.findall(
    r"\w+",
    "annetaan kysytään haetaan luetaan koetaan tarvitaan pyydetään sovitaan avataan halutaan"
    " saadaan jäädään arvioidaan viedään tuodaan syödään käydään tehdään nähdään voidaan"
    " kuunnellaan suunnitellaan keskustellaan työskennellään ollaan tullaan mennään kokeillaan"
    " noustaan päästään ratkaistaan julkaistaan"
    " annettiin sovittiin haettiin saatiin vietiin käytiin tehtiin oltiin tultiin nähtiin"
    " suunniteltiin arvioitiin kerättiin kokeiltiin"
    " annettaisiin tehtäisiin voitaisiin",
)
HIDING_TOGETHER = (
    "on annettu", "ovat tehty", "oli sovittu", "on jo arvioitu", "olisi suunniteltu",
    "ei makseta", "ei anneta", "eikä järjestetä", "ei yleensä makseta", "ei voida", "ei tarvita",
)  # fmt: skip
OTHERS = re.findall(
    r"\w+",
    "kotitaan taloudellistaan Suomeen lukemaan saamaan mukaan kanssaan vastaan jotaan elämästään"
    " asiastaan tilanteestaan osaamisestaan toiveistaan oikeuksistaan toimintaan kuntaan hintaan"
    " asioitaan palveluitaan työntekijöitään työtään päätään maataan tietään terveyttään"
    " tarvettaan tukeaan opintojaan ketään mitään yhtään vähintään enintään viimeistään kauttaan"
    " kohtaan valtaan kantaan matkaan suuntaan seuraavaan paikallaan sivuillaan tavallaan omillaan"
    " nimellään mielellään kielellään puolellaan eläkkeellään sairaalaan tilaan alaan päivänään"
    " pilottiin budjettiin nettiin korttiin kotiin projektiin kuntiin asuntoihin suomalaisiin"
    " luontaisiin katu laatu palvelu seutu juttu",
)
OTHERS_TOGETHER = (
    "on tuttu", "on laatu", "on tuettu työllistyminen", "ei ota", "ei jätä", "ei riitä", "ei pidä",
    "ei muuta", "ei opeta", "ei auta", "ei voi tehdä", "ei saa sitä", "ei kirjoita", "ei tarkoita",
    "ei edellytä", "ei töitä", "ei menetä", "sovittu aika", "kirjallinen päätös",
)  # fmt: skip


@pytest.mark.parametrize("words", [*HIDING, *HIDING_TOGETHER])
def test_a_verb_that_hides_who_acts_is_found(words):
    """Present, past, conditional, perfect and denied; also as the first word of a sentence."""
    for text in (f"Asia {words} pian.", f"{words.capitalize()} pian."):
        assert [found.lower() for found in passives(text)] == [words]


@pytest.mark.parametrize("words", [*OTHERS, *OTHERS_TOGETHER])
def test_no_other_word_is_taken_for_one(words):
    """A remark on a noun would teach authors to pass over remarks."""
    assert list(passives(f"Asia {words} nyt. {words.capitalize()} nyt.")) == []


# What the clear page shows


def test_the_remarks_see_what_the_clear_page_shows(files, site):
    """What is looked at stands on the page, and so does all that a step says to the client."""
    pages, seen = Pages(site), 0
    for address, service, _ in check(files, DAY).service_files():
        page = pages[f"{address}/selkea/"]
        looked_at = [plain(text.plainest) for _, text in clarity.shown(service, DAY)]
        low = page.text.lower()
        assert [text for text in looked_at if text.lower() not in low] == []
        for box in page.all(".pp-now"):
            *told, ask = (paragraph.text for paragraph in box.all("p"))
            assert [words for words in told if not any(words in t for t in looked_at)] == []
            assert ask.removeprefix("Keneltä kysyt? ") in {*looked_at, meeting.ASK}
        seen += len(looked_at)
    assert seen > 400


def test_plain_words_take_the_place_of_others_on_the_clear_page_alone(files):
    """A contact, a condition and an outcome in plain words of their own."""
    changed = dict(files)
    for name, key, place in (
        ("keski-suomi/paikko.yml", "  contact", "  "),
        ("keski-suomi/paikko.yml", "    condition", "    "),
        ("catalogue/outcomes.yml", "  about", "  "),
    ):
        plainer = f"{key}:\n{place}  fi-simple: Lyhyesti {key.strip()}.\n{place}  fi: "
        text = re.sub(rf"^{key}: (?=\S)", plainer, changed[name].decode(), flags=re.MULTILINE)
        changed[name] = text.encode()
    pages = build(changed, DAY).pages
    for words in ("Lyhyesti contact.", "Lyhyesti condition.", "Lyhyesti about."):
        assert words in pages["keski-suomi/paikko/selkea/"].body
        assert words not in pages["keski-suomi/paikko/"].body


# The descriptions of this repository


@pytest.mark.parametrize("day", DAYS)
def test_every_client_text_is_short_and_tells_who_acts(files, day):
    """No sentence over twelve words, no passive, and each step fits a meeting; also before."""
    found = [str(p) for p in check(files, day).problems if p.rule in RULES]
    assert found == []


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Sinulle annetaan ohjausta.", "passive"),
        ("Kysy ohjaajalta, " + "milloin " * 11 + "tulet.", "long-sentence"),
        ("Kerro ohjaajalle kaikki toiveesi. " * 12, "long-client-text"),
    ],
)
def test_an_unclear_client_text_is_found(files, words, rule):
    """Control: one such text in one step of a shared description is told once, at its place."""
    name = "yhteiset/kuntouttava-tyotoiminta.yml"
    text, count = re.subn(r"^  client: >-\n    .*", f"  client: >-\n    {words}",
                          files[name].decode(), count=1, flags=re.MULTILINE)  # fmt: skip
    assert count == 1
    found = [p for p in check({**files, name: text.encode()}, DAY).problems if p.rule in RULES]
    assert [(p.file, p.rule) for p in found] == [(name, rule)]


def test_many_places_of_a_file_are_one_remark(files):
    """Each is named by its line and what is there, up to eight of them."""
    name = "keski-suomi/paikko.yml"
    text = files[name].decode().replace("contact: Kysy", "contact: Sinua ohjataan. Kysy")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if "Sinua ohjataan" in line]
    (found,) = (p for p in check({**files, name: text.encode()}, DAY).problems if p.rule in RULES)
    assert found.mark.line == lines[0]
    assert [f"rivi {n} (”ohjataan”)" in found.message for n in lines] == [True] * len(lines)
    assert len(lines) > 3


def test_a_text_of_450_characters_never_fits_a_meeting(files):
    """The length that a meeting's texts may have at most is warned of whatever its words are."""
    looked_at = 0
    for service in check(files, DAY).library.services.values():
        for step in service.steps:
            words = plain(f"{step.client.fi} {step.plain.fi} {step.plain.fi} {step.client.fi}")
            if len(words) > 450:
                long = step.model_copy(update={"client": Text(fi=words[:450])})
                assert meeting.height(long) > meeting.ROOM
                looked_at += 1
    assert looked_at > 50


def test_sentences_end_where_a_reader_ends_them():
    """Not at a day, a section or a small letter; but at each item of a list."""
    assert sentences("Sovittu 1.2.2026 alkaen, ks. laki (27 d §). Kysy lisää!") == [
        "Sovittu 1.2.2026 alkaen, ks. laki (27 d §).", "Kysy lisää!",
    ]  # fmt: skip
    assert sentences("Palvelut:\n\n- [työ](term:tyo) ja\n  tuki\n- *opinnot*") == [
        "Palvelut:", "työ ja tuki", "opinnot",
    ]  # fmt: skip
