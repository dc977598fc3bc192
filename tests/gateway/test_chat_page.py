"""The chat page in a real browser."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from bot.knowledge import Knowledge
from bot.messages import TEXT_LIMIT
from tests.gateway.assistant import said
from tests.gateway.elsewhere import Elsewhere
from tests.gateway.installation import Installation, Visitor, eventually

PAGE_BYTES = 60_000
TAP_PIXELS = 44
TRAPS = (
    '<img src=x onerror="document.title=1">',
    "<script>document.title=2</script>",
    "</p></li><iframe src=/check></iframe>",
    "https://example.com/offer javascript:alert(1)",
    "\u202eanna\u202c {{7*7}} &lt;b&gt;",
)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with a Latvian browser."""
    with browser.new_context(viewport={"width": 390, "height": 844}, locale="lv") as phone:
        phone.set_default_timeout(15_000)
        yield phone


class Complaints(list[str]):
    """What the browser complained about: errors, and everything that the policy forbade."""

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.append(message.text)


@pytest.fixture
def complaints() -> Complaints:
    """Nothing yet."""
    return Complaints()


@pytest.fixture
def page(context: BrowserContext, visitor: Visitor, complaints: Complaints) -> Iterator[Page]:
    """The open chat page; the browser must not have complained about it at the end."""
    opened = context.new_page()
    complaints.watch(opened)
    opened.goto(visitor.url)
    yield opened
    assert complaints == []


def write(page: Page, text: str) -> None:
    """Types and sends."""
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def test_a_whole_conversation_with_a_person_in_it(page: Page, installation: Installation, knowledge: Knowledge) -> None:
    """Offer, answer, a person, their words, and the end, each with a line that says who answers."""
    route = page.locator("#route")
    expect(route).to_have_text(knowledge.text("lv", "page.route_none"))
    write(page, "Piedāvā darbu, bet pasi atņem.")
    expect(page.locator(".from-visitor .state")).to_have_text(knowledge.text("lv", "page.sent"))
    expect(page.locator(".from-assistant p")).to_have_text("Atbilde")
    expect(route).to_have_text(knowledge.text("lv", "page.route_bot"))

    page.locator("#person").click()
    expect(page.locator(".from-system p").first).to_contain_text("operators", ignore_case=True)
    expect(route).to_have_text(knowledge.text("lv", "page.route_waiting"))
    expect(page.locator("#person")).to_be_hidden()
    expect(page.locator("#alone")).to_be_visible()

    (entry,) = installation.desk.waiting()
    installation.desk.take("operator-1", entry.id)
    installation.desk.write("operator-1", entry.id, str(uuid.uuid4()), "Labdien, es klausos.")
    expect(page.locator(".from-operator p")).to_have_text("Labdien, es klausos.")
    expect(route).to_have_text(knowledge.text("lv", "page.route_human"))
    expect(page.locator("#held")).to_have_text(knowledge.text("lv", "page.held_human"))


def test_buttons_of_an_answer_are_pressed(page: Page, installation: Installation) -> None:
    """The visitor sees the title, the assistant gets the intent."""
    installation.assistant.answer = said("Kā varu palīdzēt?", buttons=(("Palīdzības tālruņi", "/ask_number"),))
    write(page, "Labdien")
    page.locator(".buttons button").click()
    expect(page.locator(".from-visitor p").last).to_have_text("Palīdzības tālruņi")
    eventually(lambda: len(installation.assistant.questions) == 2)

    assert installation.assistant.questions[1]["intent"] == "ask_number"


@pytest.mark.parametrize("trap", TRAPS)
def test_words_stay_words(page: Page, installation: Installation, trap: str) -> None:
    """Whoever writes them: nothing becomes a picture, a script, a frame or a link."""
    title = page.title()
    installation.assistant.answer = said(trap, buttons=((trap, "/help"),))
    write(page, trap)
    expect(page.locator(".from-assistant p")).to_have_text(trap)
    page.locator("#person").click()
    expect(page.locator("#alone")).to_be_visible()
    (entry,) = installation.desk.waiting()
    installation.desk.take("operator-1", entry.id)
    installation.desk.write("operator-1", entry.id, str(uuid.uuid4()), trap)
    expect(page.locator(".from-operator p")).to_have_text(trap)

    assert page.locator(".from-visitor p").first.inner_text() == trap
    assert page.locator("#log :is(img, script, iframe, a, b)").count() == 0
    assert page.title() == title


def test_nothing_is_left_in_the_browser(page: Page, context: BrowserContext, visitor: Visitor) -> None:
    """No cookie, no storage, no cache, no history entry, no telling title; a reload knows nothing."""
    title, entries = page.title(), page.evaluate("history.length")
    write(page, "Labdien")
    expect(page.locator(".from-assistant")).to_be_visible()
    page.locator("#languages button[value=ru]").click()
    traces = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, document.cookie.length,
        (await indexedDB.databases()).length, (await navigator.serviceWorker?.getRegistrations() ?? []).length]"""
    )

    assert traces == [0, 0, 0, 0, 0]
    assert context.cookies() == []
    assert (page.title(), page.evaluate("history.length"), page.url) == (title, entries, f"{visitor.url}/")
    page.reload()
    assert page.locator("#log li").count() == 0
    assert page.locator("#text").input_value() == ""


def test_the_page_is_light_and_asks_nobody_else(context: BrowserContext, visitor: Visitor) -> None:
    """At most 60 kB in all, from this server alone, before and during a conversation."""
    page = context.new_page()
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(0 if "/v1/" in response.url else len(response.body())))
    page.goto(visitor.url, wait_until="networkidle")
    loaded = sum(sizes)
    write(page, "Labdien")
    expect(page.locator(".from-assistant")).to_be_visible()

    assert len(sizes) >= 9
    assert 10_000 < loaded <= PAGE_BYTES
    assert [url for url in urls if not url.startswith(visitor.url)] == []


@pytest.mark.parametrize("way", ["click", "shift", "keyboard"])
def test_quick_exit_blanks_first_and_leaves_no_way_back(
    context: BrowserContext, installation: Installation, way: str
) -> None:
    """Nothing is to be seen while the other site is slow; "back" does not return; no referrer is sent."""
    elsewhere = Elsewhere()
    seen: list[str] = []

    def see(html: str) -> None:
        seen.append(html)

    with installation.running(exit_url=elsewhere.url) as visitor:
        page = context.new_page()
        page.expose_function("seen", see)
        page.add_init_script("addEventListener('leaving', () => seen(document.documentElement.innerHTML))")
        page.goto("about:blank")
        page.goto(visitor.url)
        entries = page.evaluate("history.length")
        write(page, "Labdien")
        expect(page.locator(".from-assistant")).to_be_visible()
        match way:
            case "click":
                page.locator("#exit").click(no_wait_after=True)
            case "shift":
                for _ in range(3):
                    page.keyboard.press("Shift")
            case "keyboard":
                page.reload()
                page.keyboard.press("Tab")
                page.keyboard.press("Enter")
        assert elsewhere.asked.wait(15)
        # The browser's own messages are only heard while Playwright is asked for something.
        while not seen:
            page.wait_for_timeout(20)
        assert seen == [""]
        elsewhere.answer.set()
        page.wait_for_url(elsewhere.url)
        assert page.evaluate("history.length") == entries
        page.go_back()
        assert page.url == "about:blank"
    elsewhere.close()

    assert elsewhere.referrers == [None]


def test_capital_letters_do_not_leave(page: Page) -> None:
    """Shift counts only when it is pressed alone."""
    page.locator("#text").focus()
    for letter in "ABCDEF":
        page.keyboard.press(f"Shift+{letter}")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.type("x")
    page.keyboard.press("Shift")

    assert page.locator("#text").input_value() == "ABCDEFx"


def test_everything_works_with_the_keyboard(page: Page, installation: Installation, knowledge: Knowledge) -> None:
    """Exit comes first, focus is always to be seen, Enter sends and Shift+Enter breaks the line."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "exit"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    reached = [_press_tab(page) for _ in range(9)]
    assert reached == ["lv", "ru", "uk", "easy", "scroller", "SUMMARY", "text", "send", "person"]

    page.locator("#text").focus()
    page.keyboard.type("pirmā")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("otrā")
    page.keyboard.press("Enter")
    expect(page.locator(".from-assistant")).to_be_visible()
    assert installation.assistant.questions[0]["text"] == "pirmā\notrā"
    assert page.evaluate("document.activeElement.id") == "text"

    page.locator("#delete").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "confirm-no"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".note")).to_have_text(knowledge.text("lv", "page.deleted"))
    assert page.evaluate("document.activeElement.id") == "text"


def _press_tab(page: Page) -> Any:
    page.keyboard.press("Tab")
    return page.evaluate(
        "(e => e.value && e.localName == 'button' ? e.value : e.id || e.tagName)(document.activeElement)"
    )


def test_easy_language_is_switched_by_the_button_and_back_in_words(
    page: Page, installation: Installation, knowledge: Knowledge
) -> None:
    """With larger type while it is on; the next answers are asked for in the form that is shown."""
    switch = page.locator("#easy")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(switch).to_have_text(knowledge.text("lv", "page.easy_off"))
    write(page, "Labdien")
    expect(page.locator(".from-assistant")).to_have_count(1)
    large = page.evaluate("getComputedStyle(document.querySelector('.from-assistant')).fontSize")

    installation.assistant.answer = said("netiek teikts", signals=("ordinary",))
    write(page, "Rakstiet parasti")
    expect(page.locator(".from-assistant")).to_have_count(2)
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(switch).to_have_text(knowledge.text("lv", "page.easy_on"))
    ordinary = page.evaluate("getComputedStyle(document.querySelector('.from-assistant')).fontSize")

    assert [question["easy"] for question in installation.assistant.questions] == [True, True]
    assert float(large.removesuffix("px")) > float(ordinary.removesuffix("px"))


def test_deleting_asks_first_and_then_leaves_nothing(
    page: Page, installation: Installation, knowledge: Knowledge
) -> None:
    """ "No" keeps everything; "yes" shreds it and clears the page; the next words begin anew."""
    write(page, "Labdien")
    expect(page.locator(".from-assistant")).to_be_visible()
    page.locator("#delete").click()
    page.locator("#confirm-no").click()
    expect(page.locator(".from-assistant")).to_be_visible()
    page.locator("#delete").click()
    page.locator("#confirm-yes").click()
    expect(page.locator(".note")).to_have_text(knowledge.text("lv", "page.deleted"))
    expect(page.locator("#held")).to_have_text(knowledge.text("lv", "page.held_none"))

    assert page.locator(".message").count() == 0
    write(page, "Vēlreiz labdien")
    expect(page.locator(".from-assistant")).to_be_visible()
    assert len({question["sender"] for question in installation.assistant.questions}) == 2


def test_deleting_by_the_button_in_the_chat_says_so(
    page: Page, installation: Installation, knowledge: Knowledge
) -> None:
    """The page learns it from its stream."""
    installation.assistant.answer = said("Vai dzēst?", buttons=(("Jā, izdzēst", "/delete"),))
    write(page, "Dzēs")
    page.locator(".buttons button").click()

    expect(page.locator(".note")).to_have_text(knowledge.text("lv", "page.deleted"))
    assert page.locator(".message").count() == 0


def test_what_could_not_be_sent_is_kept_and_sent_once(
    page: Page, context: BrowserContext, installation: Installation, knowledge: Knowledge, complaints: Complaints
) -> None:
    """Marked, with the number to call, in order, under the same client id."""
    context.set_offline(True)
    write(page, "Pirmā ziņa")
    write(page, "Otrā ziņa")
    state = page.locator(".from-visitor .state span")
    expect(state.first).to_have_text(knowledge.text("lv", "page.not_sent"))
    expect(state.last).to_have_text(knowledge.text("lv", "page.not_sent"))
    expect(page.locator("#connection")).to_have_text(knowledge.text("lv", "page.not_sent_help"))
    context.set_offline(False)
    expect(page.locator(".from-assistant")).to_have_count(2)
    expect(page.locator("#connection")).to_be_hidden()

    assert [question["text"] for question in installation.assistant.questions] == ["Pirmā ziņa", "Otrā ziņa"]
    assert all("ERR_INTERNET_DISCONNECTED" in complaint for complaint in complaints)
    complaints.clear()


def test_a_lost_acknowledgement_stores_nothing_twice(
    page: Page, installation: Installation, knowledge: Knowledge, complaints: Complaints
) -> None:
    """The server had the message, the page did not hear so: it sends the same client id again."""
    write(page, "Labdien")
    expect(page.locator(".from-assistant")).to_have_count(1)
    lost: list[str] = []

    def lose_the_answer(route: Any) -> None:
        if not lost:
            lost.append(route.request.post_data)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/v1/messages", lose_the_answer)
    write(page, "Vēl viens jautājums")
    expect(page.locator(".from-visitor .state span").last).not_to_have_text(knowledge.text("lv", "page.sending"))
    # The page also tries by itself, so the button may be gone by now.
    page.evaluate("document.querySelector('.from-visitor .state button')?.click()")
    expect(page.locator(".from-visitor .state button")).to_have_count(0)
    expect(page.locator(".from-assistant")).to_have_count(2)

    assert len(lost) == 1
    assert [question["text"] for question in installation.assistant.questions] == ["Labdien", "Vēl viens jautājums"]
    complaints.clear()


def test_answers_come_where_streams_do_not(page: Page, complaints: Complaints) -> None:
    """Some networks hold streams back: the page reads instead."""
    page.route("**/v1/events**", lambda route: route.abort())
    write(page, "Labdien")
    expect(page.locator(".from-assistant")).to_be_visible()
    complaints.clear()


def test_the_page_goes_on_after_the_gateway_was_restarted(
    context: BrowserContext, installation: Installation, knowledge: Knowledge
) -> None:
    """The token outlives the process; what was written meanwhile arrives."""
    page = context.new_page()
    with installation.running() as visitor:
        port = int(visitor.url.rsplit(":", 1)[1])
        page.goto(visitor.url)
        write(page, "Pirms")
        expect(page.locator(".from-assistant")).to_have_count(1)
    write(page, "Starp")
    expect(page.locator(".from-visitor .state span").last).to_have_text(knowledge.text("lv", "page.not_sent"))
    with installation.running(port=port):
        expect(page.locator(".from-assistant")).to_have_count(2)
        expect(page.locator(".from-visitor .state span").last).to_have_text(knowledge.text("lv", "page.sent"))

    assert [question["text"] for question in installation.assistant.questions] == ["Pirms", "Starp"]


@pytest.mark.parametrize("language", ["lv", "ru", "uk"])
def test_the_page_speaks_the_chosen_language(
    page: Page, installation: Installation, knowledge: Knowledge, language: str
) -> None:
    """Everything at once, without losing what is being written; the assistant follows."""
    title = page.title()
    page.locator("#text").fill("Labdien, iesākta ziņa")
    page.locator(f"#languages button[value={language}]").click()

    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").inner_text() == knowledge.text(language, "page.first_line")
    assert page.locator("#text").get_attribute("placeholder") == knowledge.text(language, "page.input_hint")
    assert page.locator("#log").get_attribute("aria-label") == knowledge.text(language, "page.log_label")
    assert page.locator("#languages [aria-pressed=true]").get_attribute("value") == language
    assert page.locator("#text").input_value() == "Labdien, iesākta ziņa"
    assert page.title() == title
    page.locator("#text").press("Enter")
    expect(page.locator(".from-assistant p")).to_have_attribute("lang", language)
    assert installation.assistant.questions[0]["language"] == language


def test_the_page_follows_the_language_that_is_written(page: Page, knowledge: Knowledge) -> None:
    """Nobody has to find the switch first."""
    write(page, "Доброго дня! Підкажіть, будь ласка, чи це нормальна пропозиція роботи?")
    expect(page.locator("#person")).to_have_text(knowledge.text("uk", "page.person"))


def test_long_texts_are_counted_and_never_cut(page: Page, installation: Installation, knowledge: Knowledge) -> None:
    """A pasted offer goes out whole; one that is too long stays in the field."""
    counter = page.locator("#counter")
    page.locator("#text").fill("ā" * 3_000)
    expect(counter).to_be_hidden()
    page.locator("#text").fill("ā" * (TEXT_LIMIT + 7))
    expect(counter).to_have_text(knowledge.text("lv", "page.characters_over", count=7))
    page.locator("#text").press("Enter")
    assert page.locator(".message").count() == 0
    page.locator("#text").fill("🚩" * TEXT_LIMIT)
    expect(counter).to_have_text(knowledge.text("lv", "page.characters_left", count=0))
    page.locator("#text").press("Enter")
    expect(page.locator(".from-assistant")).to_be_visible()
    assert installation.assistant.questions[0]["text"] == "🚩" * TEXT_LIMIT


def test_the_log_is_announced(page: Page) -> None:
    """A screen reader hears new messages politely, with who said them."""
    log = page.locator("#log")
    attributes = [log.get_attribute(name) for name in ("role", "aria-live", "aria-relevant")]

    assert attributes == ["log", "polite", "additions"]
    assert page.locator("#route").get_attribute("role") == "status"
    assert page.locator("label[for=text]").count() == 1


@pytest.mark.parametrize("language", ["lv", "ru", "uk"])
@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (1280, 800), (844, 390)])
def test_everything_fits_and_can_be_tapped(
    browser: Browser, shared_visitor: Visitor, language: str, width: int, height: int
) -> None:
    """No sideways scrolling, nothing cut, and no target smaller than 44 pixels."""
    with browser.new_context(viewport={"width": width, "height": height}, locale=language) as context:
        page = context.new_page()
        page.goto(shared_visitor.url)
        write(page, "Labdien " + "https://example.com/" + "garš" * 60)
        expect(page.locator(".from-assistant")).to_be_visible()
        page.locator("#delete").click()
        small = _small_targets(page)
        page.locator("#confirm-no").click()
        small += _small_targets(page)
        widths = page.evaluate("[document.documentElement.scrollWidth, document.querySelector('main').scrollWidth]")
        top = page.locator("#exit").bounding_box()

    assert small == []
    assert max(widths) <= width
    assert top is not None and top["y"] >= 0 and top["y"] + top["height"] <= height


def _small_targets(page: Page) -> list[str]:
    boxes: list[list[Any]] = page.evaluate(
        """() => [...document.querySelectorAll("button, a, summary, textarea")].filter(e => e.checkVisibility())
        .map(e => [e.id || e.textContent, e.getBoundingClientRect()]).map(([n, r]) => [n, r.width, r.height])"""
    )
    assert len(boxes) >= 7
    return [f"{name}: {width}x{height}" for name, width, height in boxes if min(width, height) < TAP_PIXELS]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_read(browser: Browser, shared_visitor: Visitor, scheme: Any) -> None:
    """Every pair of text and ground that the page uses has a contrast of at least 4.5."""
    pairs = [
        ("ink", "paper"),
        ("ink", "card"),
        ("quiet", "paper"),
        ("quiet", "card"),
        ("accent", "card"),
        ("accent", "paper"),
        ("on-accent", "accent"),
        ("ink", "own"),
        ("quiet", "own"),
        ("ink", "person"),
        ("quiet", "person"),
        ("on-danger", "danger"),
        ("danger", "card"),
        ("danger", "own"),
        ("on-mark", "mark"),
    ]
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(shared_visitor.url)
        names = sorted({name for pair in pairs for name in pair})
        read = "names => names.map(n => getComputedStyle(document.documentElement).getPropertyValue('--' + n))"
        colours = dict(zip(names, page.evaluate(read, names), strict=True))

    poor = {pair: contrast(*(colours[name].strip() for name in pair)) for pair in pairs}
    assert {pair: value for pair, value in poor.items() if value < 4.5} == {}


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two #rrggbb colours."""

    def luminance(colour: str) -> float:
        channels = [int(digits, 16) / 255 for digits in re.findall("..", colour.removeprefix("#"))]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_form_works_without_javascript(browser: Browser, shared_visitor: Visitor, knowledge: Knowledge) -> None:
    """The chat page leads to it, and it shows the words that warn."""
    with browser.new_context(java_script_enabled=False, locale="ru", viewport={"width": 320, "height": 568}) as context:
        page = context.new_page()
        page.goto(shared_visitor.url)
        page.locator("noscript a").click()
        page.locator("#text").fill("Предлагаем работу в Германии! До выезда нужно заплатить 180 евро.")
        page.locator("[type=submit]").click()

        assert page.locator("mark").count() >= 1
        assert page.locator("html").get_attribute("lang") == "ru"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert knowledge.text("ru", "page.exit") in page.locator("#exit").inner_text()
