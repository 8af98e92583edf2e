"""Walking a path: the address tells where one is, the page follows, and nothing is left behind."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browsing import CARDS, PATHS, WORK, break_page, settle, show, visit
from palvelupolku import meeting
from palvelupolku.fields import Prose, Text
from palvelupolku.graph import PathGraph, to_graph
from palvelupolku.model import Service, Step
from palvelupolku.progress import Ahead, ahead, in_words
from walks import enter, longest_walk

HERE = "li.pp-step[data-place=here]"
TITLE = "Kuntouttava työtoiminta – Palvelupolku"


def fragment(page: Page) -> str:
    return page.evaluate("location.hash")


def at(page: Page, state: str) -> Page:
    """Put a state into the address of the open page, as a link does."""
    page.evaluate("(state) => { location.hash = state }", state)
    settle(page)
    return page


def choose(page: Page, words: str) -> None:
    page.locator(f"{HERE} a.pp-way", has_text=words).click()
    settle(page)


@pytest.fixture
def walking(context: BrowserContext, address: str) -> Page:
    """The path of work activity, begun step by step."""
    page = visit(context, address + WORK)
    page.get_by_role("link", name="Kulje polku vaihe vaiheelta").click()
    expect(page.locator(HERE)).to_be_visible()
    return page


def test_one_step_is_on_view_and_says_all_one_needs(walking: Page):
    """Where one is, who acts, what one does, whom to ask, and the choices; nothing else moves."""
    assert walking.locator("li.pp-step:visible").count() == 1
    here = walking.locator(HERE)
    for part in (".pp-step__who", ".pp-now", ".pp-now__ask", ".pp-ways"):
        expect(here.locator(part)).to_be_visible()
    expect(walking.get_by_text("Olet polun alussa.")).to_be_visible()
    expect(here.locator("h3")).to_be_focused()
    expect(here.locator("h3")).to_contain_text("Olet tässä")
    assert walking.title() == f"Vaihe 1: Tarve huomataan – {TITLE}"
    assert walking.locator("[role=status]").first.text_content() == ""


def test_choices_lead_on_and_the_way_back_is_the_browsers(walking: Page):
    """Each choice moves focus, title, marks and words; Back, Takaisin and Forward agree."""
    choose(walking, "Työn löytäminen on nyt vaikeaa")
    assert fragment(walking) == "#vaihe-ensisijaiset-palvelut;p=tunnistaminen;n=k"
    expect(walking.locator(f"{HERE} h3")).to_be_focused()
    expect(walking.locator("[data-pp-progress]")).to_contain_text("Takana 1 vaihe.")
    choose(walking, "saat toimeentulotukea")
    two = "#vaihe-suunnitelma;p=tunnistaminen.ensisijaiset-palvelut;n=k"
    assert fragment(walking) == two
    assert walking.evaluate("history.length") == 5
    walking.get_by_role("link", name="Takaisin").click()
    settle(walking)
    assert fragment(walking) == "#vaihe-ensisijaiset-palvelut;p=tunnistaminen;n=k"
    assert walking.evaluate("history.length") == 5, "Takaisin is the browser's own way back"
    walking.go_forward()
    expect(walking.locator(HERE)).to_have_id("vaihe-suunnitelma")
    assert fragment(walking) == two
    walking.get_by_role("link", name="Alkuun").click()
    expect(walking.locator(HERE)).to_have_id("vaihe-tunnistaminen")
    assert fragment(walking) == "#vaihe-tunnistaminen;n=k"


def test_the_picture_shows_the_way(walking: Page):
    """The card one is at, the cards walked and the lines between them, in shape and in words."""
    at(walking, "#vaihe-suunnitelma;p=tunnistaminen.ensisijaiset-palvelut;n=k")
    card = walking.locator("#kaavio-suunnitelma")
    assert re.search(r", Olet tässä$", card.get_attribute("aria-label"))
    expect(card.locator(".pp-pin")).to_contain_text("Olet tässä")
    walked = walking.locator("a.pp-node[data-place=walked]")
    assert walked.evaluate_all("(nodes) => nodes.map((n) => n.dataset.node)") == [
        "tunnistaminen", "ensisijaiset-palvelut",
    ]  # fmt: skip
    lines = walking.locator(".pp-line[data-chosen]").evaluate_all(
        "(lines) => [...new Set(lines.map((l) => `${l.dataset.from} ${l.dataset.to}`))].sort()"
    )
    assert lines == [
        "ensisijaiset-palvelut suunnitelma", "tunnistaminen ensisijaiset-palvelut",
    ]  # fmt: skip
    for where in (".pp-steps__list", "svg"):
        assert walking.locator(f"{where} [aria-current=step]").count() == 1
    expect(card).to_be_in_viewport(ratio=0.9)


def test_an_end_lists_the_way_walked(walking: Page):
    """The end says what it means, names every step, and one can begin anew."""
    at(walking, "#vaihe-siirtyma;p=jakso.arviointi;n=k")
    choose(walking, "Saat palkkatyön")
    assert fragment(walking) == "#vaihe-siirtyma;p=jakso.arviointi;x=avoin-tyo;n=k"
    expect(walking.get_by_role("heading", name="Palkkatyö")).to_be_focused()
    trail = walking.locator("[data-pp-trail] li")
    assert [text.partition(":")[0] for text in trail.all_inner_texts()] == [
        "Vaihe 8", "Vaihe 10", "Vaihe 11",
    ]  # fmt: skip
    assert walking.locator("li.pp-step:visible").count() == 0
    walking.get_by_role("link", name="Aloita alusta").click()
    expect(walking.locator(HERE)).to_have_id("vaihe-tunnistaminen")


def test_another_service_is_walked_on_with_what_lies_behind(walking: Page, address: str):
    """An onward choice opens the next path at its start; the way back crosses over again."""
    at(walking, "#vaihe-siirtyma;p=arviointi;n=k")
    choose(walking, "Työsuhde ei vamman takia nyt onnistu")
    walking.wait_for_url("**/keski-suomi/vammaisten-tyotoiminta/**")
    expect(walking.locator(HERE)).to_have_id("vaihe-yhteydenotto")
    assert "e=keski-suomi/kuntouttava-tyotoiminta:arviointi.siirtyma" in walking.url
    expect(walking.locator("[data-pp-progress]")).to_contain_text("Takana 2 vaihetta.")
    walking.locator(f"{HERE} a.pp-way").first.click()
    expect(walking.locator("[data-pp-progress]")).to_contain_text("Takana 3 vaihetta.")
    trail = walking.locator("[data-pp-trail] li")
    expect(trail.first).to_have_text("Kuntouttava työtoiminta:", use_inner_text=False)
    for _ in range(2):
        walking.get_by_role("link", name="Takaisin").click()
        settle(walking)
    walking.wait_for_url(f"{address}{WORK}**")
    expect(walking.locator(HERE)).to_have_id("vaihe-siirtyma")


def test_a_service_without_steps_is_a_stop_of_the_walk(walking: Page, address: str):
    """What was walked goes along to a card and on from it, in both versions, and back again."""
    choose(walking, "Terveytesi tilanne on epäselvä")
    card = f"{address}valtakunnalliset/tyottoman-terveystarkastus/"
    walking.wait_for_url(f"{card}**")
    expect(walking.locator(f"{HERE} h3")).to_be_focused()
    expect(walking.locator(f"{HERE} h3")).to_contain_text("Työttömän terveystarkastus")
    for part in (".pp-now", ".pp-now__ask", ".pp-ways"):
        expect(walking.locator(f"{HERE} {part}")).to_be_visible()
    expect(walking.locator("[data-pp-progress]")).to_have_text("Takana 1 vaihe.")
    assert walking.title() == "Työttömän terveystarkastus – Palvelupolku"
    walking.get_by_role("link", name="Selkeä versio").click()
    walking.wait_for_url(f"{card}selkea/**")
    expect(walking.locator(HERE)).to_be_visible()
    choose(walking, "Tarvitset sosiaalista kuntoutusta")
    walking.wait_for_url("**/valtakunnalliset/sosiaalinen-kuntoutus/selkea/**")
    expect(walking.locator("[data-pp-progress]")).to_have_text("Takana 2 vaihetta.")
    assert walking.locator("[data-pp-trail] li").all_text_contents() == [
        "Kuntouttava työtoiminta:", "Vaihe 1: Tarve huomataan", "Työttömän terveystarkastus",
        "Sosiaalinen kuntoutus",
    ]  # fmt: skip
    for place in ("#vaihe-palvelu", "#vaihe-tunnistaminen"):
        walking.get_by_role("link", name="Takaisin").click()
        walking.wait_for_url(f"**{place}**")
    expect(walking.locator(HERE)).to_have_id("vaihe-tunnistaminen")


def test_a_walk_can_be_cleared_from_the_address(walking: Page):
    """Nothing of the walk stays in the address; it is said, and the page is whole again."""
    at(walking, "#vaihe-suunnitelma;p=tunnistaminen.ensisijaiset-palvelut;n=k")
    walking.get_by_role("button", name="Tyhjennä polku").first.click()
    assert fragment(walking) == ""
    expect(walking.locator("[role=status]").first).to_contain_text("Polku tyhjennetty.")
    expect(walking.locator("#vaiheet")).to_be_focused()
    assert walking.locator("[data-place], [data-chosen]").count() == 0
    assert walking.locator("li.pp-step:visible").count() == 11
    expect(walking.get_by_role("button", name="Tyhjennä polku").first).to_be_hidden()


def test_a_word_is_explained_where_it_stands(context: BrowserContext, address: str):
    """A word of the glossary opens over the meeting; Escape closes it first, the meeting next."""
    page = visit(context, f"{address}{WORK}selkea/#vaihe-paatos;n=m")
    word = page.locator(f"{HERE} a.pp-link--term")
    word.press("Enter")
    told = page.get_by_role("dialog", name="palvelupäätös")
    expect(told).to_be_visible()
    expect(told.get_by_role("button", name="Sulje")).to_be_focused()
    assert len(told.locator("p").nth(1).inner_text()) > 20
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(word).to_be_focused()
    expect(page.locator("html")).to_have_attribute("data-pp-view", "meeting")
    page.keyboard.press("Escape")
    expect(page.locator("html")).to_have_attribute("data-pp-view", "walk")


@pytest.mark.parametrize(
    ("state", "step", "said"),
    [
        ("#vaihe-poistettu;p=tunnistaminen;n=k", "tunnistaminen", "Tätä vaihetta ei enää ole"),
        ("#vaihe-poistettu;n=k", "tunnistaminen", "Tätä vaihetta ei enää ole"),
        ("#vaihe-paatos;p=jakso;n=k", "paatos", "Polku on muuttunut."),
        ("#vaihe-paatos;p=ei-ole.tutustuminen;n=k", "paatos", "Polku on muuttunut."),
        ("#vaihe-paatos;p=tutustuminen;x=ei-ole;n=k", "paatos", "Polku on muuttunut."),
        ("#vaihe-paatos;p=tutustuminen;n=k", "paatos", ""),
        ("#n=k;roskaa;;p==;e=../x:y", "tunnistaminen", ""),
    ],
)
def test_an_old_or_odd_link_opens_the_nearest_place(context, address, state, step, said):
    """A fresh visitor with a link is told what has changed, and is never left with nothing."""
    page = visit(context, address + WORK + state)
    expect(page.locator(HERE)).to_have_id(f"vaihe-{step}")
    expect(page.locator("[role=status]").first).to_contain_text(said)
    if not said:
        assert page.locator("[role=status]").first.text_content() == ""


def test_a_walk_leaves_nothing_behind(context: BrowserContext, address: str):
    """No cookie, no storage, and no request whose address tells what was chosen."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = visit(context, address + WORK + "#n=m")
    for _ in range(3):
        page.locator(f"{HERE} a.pp-way").first.click()
        settle(page)
    page.get_by_role("button", name="Kokousnäkymä").click()
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases()") == []
    assert [url for url in asked if not url.startswith(address) or "?" in url] == []
    assert [url for url in asked if re.search("tunnistaminen|suunnitelma|p=", url)] == []
    assert page.locator("input:not([type=radio], [type=search]), textarea").count() == 0


def test_a_role_sees_its_own_steps(walking: Page):
    """Others fold to a line that opens; it is said aloud, and the picture tells them apart."""
    at(walking, "#vaihe-tunnistaminen")
    walking.get_by_text("Näytä roolin vaiheet").first.click()
    mine = walking.get_by_role("radio", name="Toimintapaikka")
    mine.check()
    status = walking.locator("[role=status]").first
    assert re.fullmatch(
        r"Toimintapaikka: näkyvissä \d+ vaihetta, yhteensä 11\.", status.text_content()
    )
    shown = walking.locator("li.pp-step:visible:not([data-place=here])")
    roles = shown.evaluate_all("(steps) => steps.map((s) => s.dataset.roles.split(' '))")
    assert 0 < len(roles) < 11
    assert all("palveluntuottaja" in names for names in roles)
    assert "r=palveluntuottaja" in fragment(walking)
    expect(mine).to_be_focused()
    fold = walking.locator(".pp-folded button").first
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    assert walking.locator("li.pp-step:visible").count() > len(roles)
    own = walking.locator("#kaavio-aloitus")
    assert own.get_attribute("aria-label").endswith("Sinä")
    assert own.get_attribute("data-other") is None
    assert walking.locator("a.pp-node[data-other]").count() > 0


def test_a_link_for_a_role_shows_whose_steps_one_sees(context: BrowserContext, address: str):
    """It opens at the steps, says who is shown, and the way to all steps stands open."""
    page = visit(context, f"{address}{WORK}#r=palveluntuottaja")
    expect(page.locator("[role=status]").first).to_contain_text("Toimintapaikka: näkyvissä")
    expect(page.get_by_role("radio", name="Toimintapaikka")).to_be_checked()
    expect(page.get_by_role("radio", name="Kaikki vaiheet")).to_be_in_viewport()
    page.get_by_role("radio", name="Kaikki vaiheet").check()
    expect(page.locator("[role=status]").first).to_have_text("Näkyvissä kaikki vaiheet.")
    expect(page.locator(".pp-folded")).to_have_count(0)


SEEN_AT_ONCE = """() => {
  const here = document.querySelector('li[data-place=here]')
  const parts = [here.querySelector('h3'), ...here.querySelectorAll('.pp-now p, a.pp-way')]
  const seen = (part) => {
    const { top, bottom } = part.getBoundingClientRect()
    return part.checkVisibility() && top >= 0 && bottom <= innerHeight
  }
  const told = parts.slice(0, 1 + here.querySelectorAll('.pp-now p').length + 1)
  return parts.at(-1).matches('a, .pp-step:has(.pp-step__end) *') && told.every(seen)
}"""


@pytest.mark.parametrize("size", [(1280, 720), (360, 740)])
def test_what_to_do_and_the_first_choice_are_seen_at_once(context, address, size):
    """At each step of a walk: its name, what I do, whom I ask and a way on fill one screen."""
    page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for place in PATHS:
        show(page, f"{address}{place}#n=k")
        expect(page.locator(HERE)).to_be_visible()
        ids = page.locator("li.pp-step").evaluate_all("(steps) => steps.map((s) => s.dataset.step)")
        for name in ids:
            at(page, f"#vaihe-{name};n=k")
            assert page.evaluate(SEEN_AT_ONCE), f"{place} {name}"
    for hidden in (".pp-now__ask", "a.pp-way"):
        page.goto("about:blank")
        show(page, f"{address}{WORK}#n=k")
        expect(page.locator(HERE)).to_be_visible()
        assert page.evaluate(SEEN_AT_ONCE)
        page.locator(f"{HERE} {hidden}").first.evaluate("(part) => { part.style.display = 'none' }")
        assert not page.evaluate(SEEN_AT_ONCE), "control"


def test_services_of_the_region_one_came_from_stand_first(context: BrowserContext, address: str):
    """Whoever has walked in Helsinki is offered Helsinki's services before Keski-Suomi's."""
    place = "valtakunnalliset/tyollisyyspalvelut/"
    ways = ".pp-ways__list > li:first-child > a.pp-way"
    page = visit(context, f"{address}{place}#n=k")
    expect(page.locator(ways)).to_contain_text("Keski-Suomi")
    page = visit(context, f"{address}{place}#n=k;e=helsinki/palvelupolku:alku")
    expect(page.locator(ways)).to_contain_text("Helsinki")


def test_a_step_of_anothers_is_shown_when_one_goes_to_it(context: BrowserContext, address: str):
    """The filter folds what is others', but never the step one is at."""
    page = visit(context, f"{address}{WORK}#vaihe-aloitus;r=palveluntuottaja")
    expect(page.locator("#vaihe-paatos")).to_be_hidden()
    page.locator("#kaavio-paatos").click()
    expect(page.locator("#vaihe-paatos")).to_be_visible()
    expect(page.locator("#vaihe-paatos h3")).to_be_focused()


def test_links_inside_the_page_keep_the_walk(walking: Page):
    """To the content, to the money, to a step by its plain link: nothing walked is lost."""
    state = "#vaihe-suunnitelma;p=tunnistaminen.ensisijaiset-palvelut;n=k"
    at(walking, state)
    walking.locator(".pp-skip").focus()
    walking.keyboard.press("Enter")
    expect(walking.locator("main")).to_be_focused()
    walking.get_by_role("link", name="Raha, oikeudet ja laki").click()
    assert fragment(walking) == state
    expect(walking.locator(HERE)).to_have_id("vaihe-suunnitelma")
    walking.locator('.pp-gist a[href="#vaihe-ensisijaiset-palvelut"]').click()
    expect(walking.locator(HERE)).to_have_id("vaihe-ensisijaiset-palvelut")
    assert fragment(walking) == "#vaihe-ensisijaiset-palvelut;p=tunnistaminen;n=k"


def test_a_cleared_walk_stays_cleared(walking: Page):
    """A link in the text that was used on the walk holds nothing of it after it is cleared."""
    at(walking, "#vaihe-suunnitelma;p=tunnistaminen.ensisijaiset-palvelut;n=k")
    link = walking.locator('.pp-gist a[href="#vaihe-ensisijaiset-palvelut"]')
    link.click()
    assert fragment(walking) == "#vaihe-ensisijaiset-palvelut;p=tunnistaminen;n=k"
    walking.get_by_role("button", name="Tyhjennä polku").first.click()
    link.click()
    assert fragment(walking) == "#vaihe-ensisijaiset-palvelut"


def test_marks_in_a_folded_picture_have_their_room_when_it_is_opened(context, address):
    """On a phone the picture waits folded; the word on the card is boxed as soon as it is seen."""
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    show(page, f"{address}{WORK}#vaihe-suunnitelma;n=k")
    expect(page.locator(HERE)).to_be_visible()
    page.get_by_text("Näytä kuva", exact=True).click()
    expect(page.locator(".pp-pin rect").first).to_have_attribute("width", re.compile(r"[1-9]"))


def test_every_choice_of_a_low_meeting_can_be_reached(context, address):
    """Where not even one choice fits, they come one at a time, and the last is followed by text."""
    page = context.new_page()
    page.set_viewport_size({"width": 960, "height": 400})
    show(page, f"{address}{WORK}#vaihe-siirtyma;n=m")
    expect(page.locator(HERE)).to_be_visible()
    ways, more = page.locator(f"{HERE} a.pp-way"), page.locator(f"{HERE} .pp-ways__more")
    seen = set()
    for _ in range(ways.count() + 1):
        seen |= set(ways.locator("visible=true").all_inner_texts())
        more.click()
    assert len(seen) == ways.count()


@pytest.mark.parametrize("state", ["#vaihe-olematon", "#r=olematon"])
def test_a_message_about_the_link_is_seen(context, address, state):
    """Whoever opens an old link sees why the page is not what it promised."""
    page = visit(context, f"{address}{WORK}{state}")
    expect(page.locator("[role=status]").first).to_be_in_viewport()


def test_what_was_said_of_a_role_is_not_said_of_one_step(context, address):
    """The message of the list is gone when one begins to walk."""
    page = visit(context, f"{address}{WORK}#r=kela")
    expect(page.locator("[role=status]").first).to_contain_text("Kela: näkyvissä")
    page.get_by_role("button", name="Kulje vaihe kerrallaan").click()
    expect(page.locator("[role=status]").first).to_be_empty()


def test_the_end_of_a_long_walk_keeps_its_buttons_on_the_screen(context, published, address):
    """In a meeting the buttons at the foot are in sight at the end as at every step."""
    walk = longest_walk(published, WORK)
    page = context.new_page()
    enter(page, address + WORK, walk, "meeting end")
    assert page.evaluate(OVERFLOW) == [720, 1280]
    expect(page.get_by_role("button", name="Sulje kokousnäkymä")).to_be_in_viewport()


def test_a_meeting_ends_where_it_was_begun(walking: Page):
    """A walk goes on as a walk after the meeting, by the button and by Escape."""
    meeting = walking.get_by_role("button", name="Kokousnäkymä")
    for leave in (meeting.click, lambda: walking.keyboard.press("Escape")):
        meeting.click()
        expect(walking.locator("html")).to_have_attribute("data-pp-view", "meeting")
        leave()
        expect(walking.locator("html")).to_have_attribute("data-pp-view", "walk")


def test_a_plain_link_begins_no_walk(context: BrowserContext, address: str):
    """One who reads the list and goes to another service takes nothing along."""
    page = visit(context, address + WORK)
    page.locator("#vaihe-tunnistaminen a.pp-way--exit").first.click()
    page.wait_for_url("**/valtakunnalliset/**")
    assert "#" not in page.url
    expect(page.locator("[data-walked]")).to_have_count(0)


def test_arrows_follow_the_choices(context: BrowserContext, address: str):
    """Down, up, sideways, both ends; a move that is not possible is said and goes nowhere."""
    page = visit(context, address + WORK)
    cards = page.locator("a.pp-node")
    expect(page.locator("a.pp-node[tabindex='0']")).to_have_count(1)
    cards.first.focus()

    def press(key: str) -> str:
        page.keyboard.press(key)
        return page.evaluate("document.activeElement.dataset.node")

    assert press("ArrowDown") == "ensisijaiset-palvelut"
    assert press("ArrowRight") == "tunnistaminen~valtakunnalliset/tyottoman-terveystarkastus"
    assert press("ArrowLeft") == "ensisijaiset-palvelut"
    assert press("ArrowUp") == "tunnistaminen"
    assert press("ArrowUp") == "tunnistaminen"
    expect(page.locator("[role=status]").first).to_have_text("Ei edellistä vaihetta.")
    assert press("End").startswith("siirtyma~")
    press("ArrowDown")
    expect(page.locator("[role=status]").first).to_have_text("Ei seuraavaa vaihetta.")
    assert press("Home") == "tunnistaminen"
    page.keyboard.press("Escape")
    expect(page.locator("#vaiheet")).to_be_focused()


# The meeting

OVERFLOW = "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
SMALL = """() => [...document.querySelectorAll('pp-path *')].filter((element) =>
  element.checkVisibility()
  && [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
  && !element.closest('.pp-visually-hidden, .pp-steps > h2')
  && parseFloat(getComputedStyle(element).fontSize) < 28)
  .map((element) => element.textContent.trim())"""


@pytest.mark.parametrize("version", ["", "selkea/"])
@pytest.mark.parametrize("place", [*PATHS, *CARDS])
def test_no_step_scrolls_in_a_meeting(window: Page, address: str, place: str, version: str):
    """At 1280 × 720 each step fits, in large words, and every choice can be reached."""
    show(window, f"{address}{place}{version}#n=m")
    expect(window.locator(HERE)).to_be_visible()
    ids = window.locator("li.pp-step").evaluate_all("(steps) => steps.map((s) => s.dataset.step)")
    for name in ids:
        at(window, f"#vaihe-{name};n=m")
        assert window.evaluate(OVERFLOW) == [720, 1280], name
        assert window.evaluate(SMALL) == [], name
        ways = window.locator(f"{HERE} a.pp-way")
        seen = set(ways.locator("visible=true").all_inner_texts())
        more = window.locator(f"{HERE} .pp-ways__more")
        for _ in range(8):
            if not more.count() or more.inner_text() == "Takaisin tekstiin":
                break
            more.click()
            assert window.evaluate(OVERFLOW) == [720, 1280], name
            seen |= set(ways.locator("visible=true").all_inner_texts())
        assert len(seen) == ways.count(), name


FILL = """([name, client, ask]) => {
  const here = document.querySelector('li.pp-step[data-place=here]')
  const heading = here.querySelector('.pp-step__name')
  const own = [...heading.childNodes].find((n) => n.nodeType === 3 && n.data.trim())
  own.data = ` ${name}`
  const [first, last] = here.querySelectorAll('.pp-now p')
  first.textContent = client
  last.lastChild.data = ask
  return innerHeight - document.documentElement.scrollHeight
}"""
WORDS = "Kerro työntekijälle, millaista työtä toivot ja mikä sinua työssä nyt eniten kiinnostaa. "


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("Tarve", "Kysy ohjaajalta."),
        ("Tarve", "Kysy sosiaalityöntekijältä tai työllisyyspalvelujen asiantuntijalta."),
        ("Oppimisympäristön tunnistaminen ja työpaikan valinta", "Kysy ohjaajalta."),
        ("Oppimisympäristön tunnistaminen ja uuden työpaikan valinta yhdessä", "Kysy paikasta."),
    ],
)
def test_a_text_too_long_for_a_meeting_is_told_before_it_is(window, address, name, ask):
    """As a text grows, the remark comes before the text meets the buttons, and not long before."""
    show(window, f"{address}{WORK}#n=m")
    expect(window.locator(HERE)).to_be_visible()
    told, met = [], []
    for length in range(150, 480, 6):
        client = (WORDS * 6)[:length]
        step = Step(
            id="a", phase="in", name=Text(fi=name), actor="a", client=Prose(fi=client),
            plain=Prose(fi="-"), contact=Text(fi=ask),
        )  # fmt: skip
        told += [length] if meeting.height(step) > meeting.ROOM else []
        met += [length] if window.evaluate(FILL, [name, client, ask]) < 0 else []
    assert 150 < told[0] <= met[0] <= 479
    assert met[0] - told[0] <= 2 * 36, "two lines"


def test_a_step_too_long_for_the_screen_is_noticed(context, published, address):
    """Control: a longer text makes the page scroll, and the check sees it."""
    long = '<div class="pp-now">' + "<p>Pitkä teksti jatkuu ja jatkuu.</p>" * 20
    break_page(
        context, published, address + WORK, lambda html: html.replace('<div class="pp-now">', long)
    )
    page = visit(context, f"{address}{WORK}#n=m")
    expect(page.locator(HERE)).to_be_visible()
    assert page.evaluate(OVERFLOW)[0] > 720


def test_a_meeting_is_led_by_keyboard(context: BrowserContext, address: str):
    """Page Down goes on where there is one way, else to the first choice; Escape ends it."""
    page = visit(context, f"{address}{WORK}#vaihe-aloitus;n=m")
    expect(page.locator(HERE)).to_be_visible()
    expect(page.locator("[role=status]").first).to_have_text("Kokousnäkymä on päällä.")
    page.keyboard.press("PageDown")
    expect(page.locator(HERE)).to_have_id("vaihe-jakso")
    page.keyboard.press("PageDown")
    expect(page.locator(HERE)).to_have_id("vaihe-jakso")
    expect(page.locator(f"{HERE} a.pp-way").first).to_be_focused()
    page.keyboard.press("PageUp")
    expect(page.locator(HERE)).to_have_id("vaihe-aloitus")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Kokousnäkymä")).to_be_focused()
    expect(page.locator(".pp-header")).to_be_visible()
    assert fragment(page) == "#vaihe-aloitus;n=k"


# The clear version


def test_the_clear_version_is_one_press_away_and_keeps_the_step(walking: Page, address: str):
    """There and back, with the same step, the same walk and the same view."""
    choose(walking, "Työn löytäminen on nyt vaikeaa")
    state = fragment(walking)
    walking.get_by_role("link", name="Selkeä versio").click()
    walking.wait_for_url(f"{address}{WORK}selkea/**")
    expect(walking.locator(HERE)).to_have_id("vaihe-ensisijaiset-palvelut")
    assert fragment(walking) == state
    assert walking.locator("main [lang=fi-simple]").count() == 1
    assert (
        walking.locator("main .pp-step__plain, main .pp-more__body, main .pp-grounds").count() == 0
    )
    walking.get_by_role("link", name="Tavallinen versio").click()
    walking.wait_for_url(f"{address}{WORK}#**")
    assert fragment(walking) == state


def test_every_clear_version_is_linked_from_its_service(site):
    """One press away, also where a service has no steps; the whole page is as near."""
    clear = [address for address, page in site.pages.items() if page.kind == "clear"]
    services = [a for a, page in site.pages.items() if page.kind in ("path", "card", "local")]
    assert clear == [f"{address}selkea/" for address in services]
    for address in services:
        assert 'href="selkea/"' in site.pages[address].body
        assert 'href="../" data-pp-version' in site.pages[f"{address}selkea/"].body


# How much lies ahead


def graph(*ways: str) -> PathGraph:
    """A path of steps `name>targets`: `x` ends it, `s` leaves it, `<` goes back, `|` is beside."""
    steps = []
    for number, way in enumerate(ways):
        name, _, targets = way.partition(">")
        choices = []
        for target in targets.split():
            kind = {"<": "return", "|": "parallel"}.get(target[0], "onward")
            place = target.strip("<|")
            end = {"x": {"outcome": "loppu"}, "s": {"service": "toinen"}}
            choices.append({**end.get(place, {"step": place}), "kind": kind})
        steps.append(
            {
                "id": name, "kind": "start" if not number else "task", "phase": "in",
                "name": name, "actor": "a", "client": "C.", "plain": "P.", "choices": choices,
            }
        )  # fmt: skip
    service = Service.model_validate(
        {
            "name": "N", "nature": "umbrella", "stage": "activity", "summary": "S.",
            "steps": steps, "review": {"sources_seen": "2026-01-01"},
        }
    )  # fmt: skip
    return to_graph(service, "alue")


@pytest.mark.parametrize(
    ("ways", "found", "words"),
    [
        (["a>b", "b>c", "c>x"], Ahead(2, 2, back=False), "Edessä vielä 2 vaihetta."),
        (["a>b", "b>x"], Ahead(1, 1, back=False), "Edessä vielä 1 vaihe."),
        (["a>b c", "b>c", "c>d", "d>x"], Ahead(2, 3, back=False), "Edessä vielä 2–3 vaihetta."),
        (["a>b x", "b>x"], Ahead(0, 1, back=False), "Polku voi päättyä tähän tai jatkua."),
        (["a>b s", "b>s"], Ahead(1, 1, back=False), "Edessä vielä 1 vaihe."),
        (["a>s"], Ahead(0, 0, back=False), "Tämä on polun viimeinen vaihe."),
        (["a>x"], Ahead(0, 0, back=False), "Tämä on polun viimeinen vaihe."),
        (["a>b", "b>c", "c><a x"], Ahead(2, 2, back=True), "Edessä vähintään 2 vaihetta."),
        (["a>b", "b>|x c", "c>x"], Ahead(2, 2, back=False), "Edessä vielä 2 vaihetta."),
    ],
)
def test_what_lies_ahead_is_told_in_words(ways, found, words):
    """The shortest and the longest way to an end; with a way back only the least is promised."""
    lies = ahead(graph(*ways))
    assert lies["a"] == found
    assert in_words(lies)["a"] == words
