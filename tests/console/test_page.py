"""The desk in a real browser: an operator at work."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.console.browsing import DESKTOP, PHONE, Operator, chromium
from tests.console.live_server import free_port, serving
from tests.console.payloads import PAYLOADS
from tests.console.test_api import LOCKED_IN, OFFER, QUESTION
from tests.console.world import World, said

SIZES = [DESKTOP, PHONE]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def live(world: World) -> Iterator[World]:
    """A console on a real port, with the operators anna and berta."""
    port = free_port()
    world.origin = f"http://127.0.0.1:{port}"
    with serving(world.create_app(world.origin), port):
        yield world


@pytest.fixture
def anna(live: World, browser: Browser) -> Iterator[Operator]:
    """An operator who is about to sign in; at the end her browser did nothing that it should not."""
    operator = Operator(browser, live)
    yield operator
    operator.context.close()
    assert (operator.watched.dialogs, operator.watched.foreign) == ([], [])


def test_signing_in_shows_the_empty_desk_in_words(anna: Operator) -> None:
    """Nobody waits, nothing is mine, nothing is open: each is said."""
    anna.sign_in()

    expect(anna.page.locator("#queue-state")).to_have_text("Neviens negaida.")
    expect(anna.page.locator("#mine-state")).to_have_text("Jums nav nevienas sarunas.")
    expect(anna.page.locator("#nothing")).to_have_text("Atveriet sarunu no saraksta vai ņemiet nākamo.")
    expect(anna.page.locator("#waiting-count")).to_have_text("neviens negaida")
    assert anna.watched.errors == []


def test_a_wrong_password_is_said_and_the_login_stays(anna: Operator) -> None:
    """Try again without typing everything anew."""
    anna.page.fill("#login", "anna")
    anna.page.fill("#password", "ne tā parole, kas bija")
    anna.page.press("#password", "Enter")

    expect(anna.page.locator("#sign-in-error")).to_have_text("Lietotājvārds vai parole nav pareiza.")
    expect(anna.page.locator("#login")).to_have_value("anna")
    expect(anna.page.locator("#password")).to_have_value("")


def test_a_card_says_everything_in_words(live: World, anna: Operator) -> None:
    """Band, alias, minutes, reasons, language, channel; nothing by colour alone."""
    danger = live.waiting(LOCKED_IN, language="uk", chat_id=10_000_001)
    live.clock.pass_time(minutes=7)
    anna.sign_in()

    words = anna.page.locator(f'[data-key="{danger}"]').inner_text().split("\n")

    expected = ["Ārkārtas", live.alias(danger), "7 min", "Briesmas tieši tagad", "Nevar brīvi pārvietoties"]
    assert words == [*expected, "ukraiņu", "Telegram"]
    expect(anna.page).to_have_title("Karogs")


def test_the_queue_lives_without_reload(live: World, anna: Operator) -> None:
    """Who comes appears, in the right place; who leaves disappears; the count is in the page."""
    calm = live.waiting(QUESTION)
    anna.sign_in()
    assert anna.cards() == [calm]

    danger = live.waiting(LOCKED_IN, language="uk")
    anna.page.wait_for_selector(f'[data-key="{danger}"]')
    assert anna.cards() == [danger, calm]
    expect(anna.page.locator("#waiting-count")).to_have_text("gaida 2")

    live.frontdoor.withdraw_handoff(danger, live.knowledge.reply("uk", "system.alone"))
    expect(anna.page.locator("#waiting > li")).to_have_count(1)
    expect(anna.page).to_have_title("Karogs")


def test_a_message_arrives_without_reload_and_without_losing_the_draft(live: World, anna: Operator) -> None:
    """The visitor writes while the operator types."""
    conversation_id = live.waiting(QUESTION)
    anna.sign_in()
    anna.page.click("#next")
    anna.page.fill("#draft", "Es lasu")

    live.write(conversation_id, said("Vai jūs tur esat?"))
    anna.wait_for_text('.message[data-from="visitor"] .written', "Vai jūs tur esat?")

    expect(anna.page.locator("#draft")).to_have_value("Es lasu")
    expect(anna.page.locator("#draft")).to_be_focused()
    expect(anna.page.locator("#spoken")).to_have_text("Jauna ziņa no apmeklētāja")


def test_a_message_in_another_conversation_of_mine_is_marked(live: World, anna: Operator) -> None:
    """Unread until it is opened."""
    first, second = live.waiting(OFFER), live.waiting(QUESTION)
    anna.sign_in()
    anna.page.click("#next")
    anna.page.wait_for_selector(f'#mine [data-key="{first}"]')
    anna.page.click("#next")
    anna.page.wait_for_selector(f'#mine [data-key="{second}"]')

    live.write(first, said("Viņš atkal raksta"))
    anna.wait_for_text(f'[data-key="{first}"]', "jauna ziņa")
    anna.open(first)

    expect(anna.page.locator(f'[data-key="{first}"] .card-unread')).to_have_count(0)


def test_the_whole_way_with_the_keyboard_alone(live: World, anna: Operator) -> None:
    """Sign in, next, write, send, walk through the lists, leave the field, close with an outcome: no mouse."""
    first, second = live.waiting(OFFER), live.waiting(QUESTION)
    keyboard = anna.page.keyboard
    anna.page.wait_for_selector("#login:focus")
    keyboard.type("anna")
    keyboard.press("Tab")
    keyboard.type("pietiekami gara parole")
    keyboard.press("Enter")
    anna.page.wait_for_selector('body[data-connection="live"]')

    keyboard.press("n")
    anna.page.wait_for_selector("#draft:focus")
    keyboard.type("Labdien! Nn rR")
    keyboard.press("Control+Enter")
    anna.wait_for_text('.message[data-from="operator"] .written', "Labdien! Nn rR")
    expect(anna.page.locator("#draft")).to_have_value("")

    keyboard.press("Escape")
    expect(anna.page.locator("#alias")).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    assert anna.page.evaluate("document.activeElement.closest('[data-key]').dataset.key") == second
    keyboard.press("Enter")
    expect(anna.page.locator("#alias")).to_have_text(live.alias(second))
    keyboard.press("ArrowUp")
    keyboard.press("ArrowUp")
    keyboard.press("ArrowDown")
    keyboard.press("ArrowUp")
    assert anna.page.evaluate("document.activeElement.closest('[data-key]').dataset.key") == first
    keyboard.press("Enter")
    anna.page.wait_for_selector("#draft:focus")

    for _ in range(20):
        keyboard.press("Shift+Tab")
        if anna.page.evaluate("document.activeElement.id") == "close":
            break
    keyboard.press("Enter")
    expect(anna.page.locator("#closing")).to_be_visible()
    keyboard.press("Escape")
    expect(anna.page.locator("#closing")).to_be_hidden()
    keyboard.press("Enter")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(anna.page.locator("#mine > li")).to_have_count(0)

    assert live.seen_by_visitor(first)[-2:] == [
        ("operator", "Labdien! Nn rR"),
        ("system", live.knowledge.text("lv", "system.closed")),
    ]
    assert anna.watched.errors == []


def test_drafts_belong_to_their_conversation_and_escape_keeps_them(live: World, anna: Operator) -> None:
    """Away and back again: the words are there; the other conversation's field is its own."""
    first, second = live.waiting(OFFER), live.waiting(QUESTION)
    anna.sign_in()
    anna.page.click("#next")
    anna.page.wait_for_selector(f'#mine [data-key="{first}"]')
    anna.page.fill("#draft", "pirmajam")
    anna.page.press("#draft", "Escape")
    anna.page.keyboard.press("n")
    anna.page.wait_for_selector(f'#mine [data-key="{second}"]')
    expect(anna.page.locator("#draft")).to_have_value("")
    anna.page.fill("#draft", "otrajam")
    anna.page.press("#draft", "Escape")
    anna.page.keyboard.press("Escape")
    expect(anna.page.locator("#conversation")).to_be_hidden()

    anna.open(first)
    expect(anna.page.locator("#draft")).to_have_value("pirmajam")
    anna.open(second)
    expect(anna.page.locator("#draft")).to_have_value("otrajam")


def test_evidence_is_marked_named_and_listed(live: World, anna: Operator) -> None:
    """The visitor's own words under the mark; the flag's name on it; name, why and quote beside it."""
    conversation_id = live.waiting(OFFER)
    anna.sign_in()
    anna.open(conversation_id)

    marks = [(mark.inner_text(), mark.get_attribute("title")) for mark in anna.page.locator("mark").all()]
    side = anna.page.locator(".flag strong").all_inner_texts()
    quotes = anna.page.locator(".quote").all_inner_texts()

    assert marks == [
        ("4000 € mēnesī", "Brīdinājuma zīme: Alga pārāk laba, lai būtu patiesa"),
        ("iemaksā 150 eiro", "Brīdinājuma zīme: Prasa naudu iepriekš"),
        ("Pasi atdod šoferim", "Brīdinājuma zīme: Atņem vai pieprasa dokumentus"),
    ]
    assert side == ["Atņem vai pieprasa dokumentus", "Prasa naudu iepriekš", "Alga pārāk laba, lai būtu patiesa"]
    assert quotes == ["«Pasi atdod šoferim»", "«iemaksā 150 eiro»", "«4000 € mēnesī»"]


def test_nothing_a_visitor_writes_becomes_anything_but_text(live: World, anna: Operator) -> None:
    """Every payload stands in the page letter by letter, marked as evidence too; nothing runs, nothing is fetched."""
    conversation_id = live.visitor()
    for number, payload in enumerate(PAYLOADS):
        half = payload[: len(payload) // 2]
        live.write(conversation_id, said(payload, {"upfront_payment": half} if number % 2 else {}, risk="high"))
    live.ask_for_person(conversation_id)
    anna.sign_in()
    anna.page.click("#next")
    anna.page.wait_for_selector("#composer:not([hidden])")

    shown = anna.page.locator('.message[data-from="visitor"] .written')
    expect(shown).to_have_count(len(PAYLOADS))
    tags = anna.page.evaluate("[...new Set([...document.querySelectorAll('#conversation *')].map(e => e.localName))]")
    links = anna.page.locator(
        "#conversation a, #conversation [href], #conversation [src], #conversation [style]"
    ).count()

    assert [text for text in shown.all_text_contents()] == list(PAYLOADS)
    assert len(PAYLOADS) == 68
    assert set(tags) <= {
        "header", "button", "h1", "h3", "span", "p", "div", "ol", "ul", "li", "bdi", "mark", "time", "details",
        "summary", "dl", "dt", "dd", "strong", "form", "label", "textarea", "kbd",
    }  # fmt: skip
    assert (links, anna.watched.errors, anna.watched.dialogs, anna.watched.foreign) == (0, [], [], [])


def test_hidden_characters_are_seen_and_stay_in_their_message(live: World, anna: Operator) -> None:
    """Overrides, zero-width and tag characters show as chips; piled-up accents are cut; neighbours are untouched."""
    hidden = "\u202e\u202a\u2066\u200e\u200f\u061c\u200b\u2060\ufeff\u00ad\U000e0041\u0007"
    conversation_id = live.waiting(said(f"pirms{hidden}pēc"), said("e" + "\u0301" * 40 + "!"), said("šalom עברית"))
    anna.sign_in()
    anna.open(conversation_id)

    chips = anna.page.locator(".chip")
    expect(chips).to_have_count(12)
    bodies = anna.page.locator('.message[data-from="visitor"] .written')
    styles = bodies.evaluate_all("all => all.map(e => [e.dir, getComputedStyle(e).unicodeBidi])")

    assert chips.first.get_attribute("aria-label") == "Slēpta rakstzīme U+202E"
    assert bodies.nth(1).text_content() == "e" + "\u0301" * 4 + "!"
    assert styles == [["auto", "isolate"]] * 3


def test_the_second_operator_is_told_and_loses_nothing(live: World, anna: Operator, browser: Browser) -> None:
    """Both look at the same card; one takes it; the other reads why it did not work."""
    conversation_id = live.waiting(QUESTION)
    berta = Operator(browser, live).sign_in("berta")
    anna.sign_in()
    anna.open(conversation_id)
    berta.open(conversation_id)
    berta.page.route("**/api/events", lambda route: route.abort())

    anna.page.click("#take")
    anna.page.wait_for_selector("#draft:focus")
    berta.page.evaluate("document.getElementById('take').click()")
    expect(berta.page.locator("#lost, #notice").filter(has_text=re.compile("paņēma"))).not_to_have_count(0)

    berta.context.close()


def test_a_lost_claim_keeps_the_text_and_says_so(live: World, anna: Operator) -> None:
    """The lease ran out, another operator took over: the answer is not sent, and can be copied."""
    conversation_id = live.waiting(QUESTION)
    anna.sign_in()
    anna.page.click("#next")
    anna.page.wait_for_selector("#draft:focus")
    anna.page.fill("#draft", "Tikai vēl viens jautājums")
    live.clock.pass_time(seconds=121)
    berta_id = live.operators.verify("berta", "pietiekami gara parole")
    assert berta_id is not None
    live.desk.take(berta_id, conversation_id)
    live.desk.renew(berta_id)

    expect(anna.page.locator("#lost")).to_contain_text("Šī saruna vairs nav jūsu.")
    expect(anna.page.locator("#draft")).to_have_value("Tikai vēl viens jautājums")
    expect(anna.page.locator("#send")).to_be_disabled()
    assert "operator" not in [sender for sender, _ in live.seen_by_visitor(conversation_id)]


def test_without_a_connection_the_state_is_unknown_never_empty(live: World, anna: Operator) -> None:
    """The banner says it, the count says it, no list claims to be empty; back on line, all is as it is."""
    anna.sign_in()
    expect(anna.page.locator("#queue-state")).to_have_text("Neviens negaida.")
    anna.context.set_offline(True)

    expect(anna.page.locator("#connection")).to_contain_text("Savienojums zudis.")
    expect(anna.page.locator("#waiting-count")).to_have_text("gaida: nav zināms")
    expect(anna.page.locator("#queue-state")).to_contain_text("Stāvoklis nav zināms. Iespējams, kāds gaida.")

    danger = live.waiting(LOCKED_IN, language="uk")
    anna.context.set_offline(False)
    anna.page.wait_for_selector(f'[data-key="{danger}"]')
    expect(anna.page.locator("#connection")).to_be_hidden()
    expect(anna.page.locator("#waiting-count")).to_have_text("gaida 1")


def test_a_message_that_could_not_be_sent_is_sent_once_later(live: World, anna: Operator) -> None:
    """The text stays with the reason; the second press sends it, and the visitor reads it once."""
    conversation_id = live.waiting(QUESTION)
    anna.sign_in()
    anna.page.click("#next")
    anna.page.wait_for_selector("#draft:focus")
    anna.page.fill("#draft", "Vai varat zvanīt?")
    anna.context.set_offline(True)
    anna.page.press("#draft", "Control+Enter")

    expect(anna.page.locator("#send-state")).to_have_text(
        "Nav nosūtīts: nav savienojuma. Teksts ir saglabāts, mēģiniet vēlreiz."
    )
    expect(anna.page.locator("#draft")).to_have_value("Vai varat zvanīt?")
    anna.context.set_offline(False)
    anna.page.press("#draft", "Control+Enter")
    anna.wait_for_text('.message[data-from="operator"]', "Vai varat zvanīt?")

    sent = [text for sender, text in live.seen_by_visitor(conversation_id) if sender == "operator"]
    assert sent == ["Vai varat zvanīt?"]


def test_an_ended_session_asks_for_the_password_and_keeps_the_draft(live: World, anna: Operator) -> None:
    """Sign in again on the same page and go on."""
    live.waiting(QUESTION)
    anna.sign_in()
    anna.page.click("#next")
    anna.page.wait_for_selector("#draft:focus")
    anna.page.fill("#draft", "iesākts teikums")
    anna.context.clear_cookies(name="karogs")
    anna.page.press("#draft", "Control+Enter")

    expect(anna.page.locator("#sign-in-again")).to_be_visible()
    expect(anna.page.locator("#desk")).to_be_hidden()
    anna.sign_in()
    expect(anna.page.locator("#draft")).to_have_value("iesākts teikums")
    anna.page.press("#draft", "Control+Enter")
    anna.wait_for_text('.message[data-from="operator"]', "iesākts teikums")


def test_a_switched_off_operator_sees_nothing_more(live: World, anna: Operator) -> None:
    """The open page closes by itself as soon as anything happens."""
    live.waiting(QUESTION)
    anna.sign_in()
    live.operators.switch_off("anna")
    live.waiting(OFFER)

    expect(anna.page.locator("#sign-in")).to_be_visible()
    expect(anna.page.locator("#desk")).to_be_hidden()


def test_the_language_switches_without_losing_a_letter(live: World, anna: Operator) -> None:
    """Every word of the page changes; draft, open conversation and evidence stay."""
    conversation_id = live.waiting(OFFER)
    anna.sign_in()
    anna.page.click("#next")
    anna.page.wait_for_selector("#draft:focus")
    anna.page.fill("#draft", "melnraksts")
    anna.page.click('[data-language="en"]')

    expect(anna.page.locator("#next")).to_contain_text("Take the next one")
    expect(anna.page.locator(".flag strong").first).to_have_text("Documents taken or demanded")
    expect(anna.page.locator("mark").first).to_have_attribute("title", "Warning sign: Pay too good to be true")
    expect(anna.page.locator("#draft")).to_have_value("melnraksts")
    expect(anna.page.locator("#alias")).to_have_text(live.alias(conversation_id))
    expect(anna.page.locator("html")).to_have_attribute("lang", "en")
    anna.page.reload()
    expect(anna.page.locator("#next")).to_contain_text("Take the next one")


def test_numbers_go_into_the_answer_in_the_visitors_language(live: World, anna: Operator) -> None:
    """Pressed twice, two blocks after what was typed; nothing is sent before the operator sends it."""
    conversation_id = live.waiting(QUESTION, language="uk")
    anna.sign_in()
    anna.page.click("#next")
    anna.page.wait_for_selector("#draft:focus")
    anna.page.fill("#draft", "Ось номери:")
    anna.page.click("#numbers summary")
    anna.page.click('[data-need="emergency"]')
    anna.page.click("#numbers summary")
    anna.page.click('[data-need="child"]')

    emergency, child = (live.knowledge.numbers_block("uk", need) for need in ("emergency", "child"))
    expect(anna.page.locator("#draft")).to_have_value(f"Ось номери:\n\n{emergency}\n{child}\n")
    assert "operator" not in [sender for sender, _ in live.seen_by_visitor(conversation_id)]


def test_an_operator_lowers_the_urgency_with_a_reason(live: World, anna: Operator) -> None:
    """Only lower bands are offered; the card changes; a red one offers three, a grey one none."""
    live.waiting(OFFER)
    anna.sign_in()
    anna.page.click("#next")
    anna.page.wait_for_selector("#draft:focus")
    anna.page.click("#lower")
    offered = anna.page.locator("#lower-bands label").all_inner_texts()
    anna.page.check('#lower-bands [value="grey"]')
    anna.page.fill("#lower-reason", "Jautā skolas darbam")
    anna.page.press("#lower-reason", "Tab")
    anna.page.click("#lowering .primary")

    expect(anna.page.locator("#head-facts .band")).to_have_text("Mierīga")
    expect(anna.page.locator("#lower")).to_be_hidden()
    assert [text.strip() for text in offered] == ["Jāpārbauda", "Mierīga"]


def test_what_a_visitor_deletes_vanishes_from_the_screen(live: World, anna: Operator) -> None:
    """The operator is told, keeps the own draft, and reads nothing of it any more."""
    conversation_id = live.waiting(OFFER)
    anna.sign_in()
    anna.page.click("#next")
    anna.page.wait_for_selector("#draft:focus")
    anna.page.fill("#draft", "iesākts")
    live.frontdoor.shred(conversation_id)

    expect(anna.page.locator("#lost")).to_be_visible()
    expect(anna.page.locator(".message")).to_have_count(0)
    expect(anna.page.locator("mark, .flag")).to_have_count(0)
    expect(anna.page.locator("#draft")).to_have_value("iesākts")
    assert "Vācijā" not in anna.page.content()


def test_a_one_time_password_is_changed_on_the_page(live: World, anna: Operator) -> None:
    """Asked for at the top, refused when short, and the desk goes on with the new session."""
    live.operators.add_operator("jauna", "vienreiz", one_time=True)
    anna.sign_in("jauna", "vienreiz")
    anna.page.click("#change-password")
    anna.page.fill("#password-old", "vienreiz")
    anna.page.fill("#password-new", "par īsu")
    anna.page.press("#password-new", "Enter")
    expect(anna.page.locator("#password-error")).to_have_text("Parolei vajag vismaz 15 rakstzīmes.")
    anna.page.fill("#password-new", "pietiekami gara parole")
    anna.page.press("#password-new", "Enter")

    expect(anna.page.locator("#one-time")).to_be_hidden()
    live.waiting(QUESTION)
    anna.page.wait_for_selector("#waiting .queue-card")
    anna.page.click("#next")
    anna.page.wait_for_selector("#draft:focus")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off_at_the_side(live: World, browser: Browser, size: dict[str, int]) -> None:
    """Phone and desktop: no element is wider than the screen, in both languages, with a long word in a message."""
    conversation_id = live.waiting(OFFER, said("a" * 300), chat_id=10_000_002)
    operator = Operator(browser, live, size=size).sign_in()
    operator.open(conversation_id)
    operator.page.click("#take")
    operator.page.wait_for_selector("#draft:focus")
    wide = """[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.unseen, svg')
        && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.id || e.className || e.localName)"""

    found = [operator.page.evaluate(wide)]
    operator.page.click('[data-language="en"]')
    expect(operator.page.locator("#send")).to_contain_text("Send")
    found.append(operator.page.evaluate(wide))
    operator.context.close()

    assert found == [[], []]
    assert len(SIZES) == 2


def test_how_to_write_and_what_was_hidden_are_said(live: World, anna: Operator) -> None:
    """Easy language and a disguised text stand under safety, in words and without alarm."""
    conversation_id = live.waiting(said("D a r b s ārzemēs, r a k s t i", is_disguised=True))
    live.frontdoor.set_easy(conversation_id, True)
    anna.sign_in()
    anna.page.click(f'[data-key="{conversation_id}"]')

    words = [live.knowledge.text("lv", f"console.safety_{name}") for name in ("easy", "disguised", "unknown")]
    expect(anna.page.locator("#side-content .safety li")).to_have_text(words)
    expect(anna.page.locator("#side-content .safety .alarm")).to_have_count(0)
