"""The operator's side: the most urgent first, one owner at a time, and only what concerns the owner."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.conversation import (
    AlreadyTaken,
    BadOutcome,
    BandNotLower,
    Database,
    Desk,
    DeskMessage,
    Frontdoor,
    NotFound,
    NotYours,
    QueueEntry,
    Retention,
    Transcript,
    Written,
    load_console_vault,
    make_keys,
)
from bot.conversation.models import ClosingCount, RoutingEvent
from bot.messages import Band, Channel, Reply, Route, Sender
from bot.story import Story, Telling
from tests.conversation.conftest import (
    ALONE,
    BYE,
    DANGEROUS,
    EMERGENCY,
    QUIET,
    SUSPICIOUS,
    WAIT,
    Clock,
    say,
    telegram_with,
    waiting_with,
    web_with,
)

MINUTE = datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc)
BACK = Reply("Jūs atkal gaidāt cilvēku.")


def test_the_queue_explains_itself(frontdoor: Frontdoor, desk: Desk, clock: Clock) -> None:
    """Band, reasons with the strongest first, language, channel and the time of waiting."""
    conversation_id, _ = web_with(frontdoor, "Pase", DANGEROUS)
    say(frontdoor, conversation_id, "Draud", EMERGENCY)
    frontdoor.request_handoff(conversation_id, WAIT)
    clock.forward(minutes=3)
    view = frontdoor.view(conversation_id)
    assert view is not None
    assert desk.waiting() == [
        QueueEntry(
            conversation_id,
            view.alias,
            Band.RED,
            ("emergency", "documents_taken", "threats", "no_contract"),
            "lv",
            Channel.WEB,
            210,
            False,
        )
    ]


def test_the_queue_is_ordered_by_danger_and_then_by_waiting(frontdoor: Frontdoor, desk: Desk, clock: Clock) -> None:
    """Red before orange before yellow before grey; in a band who asked first, even within one minute."""
    wanted: dict[str, str] = {}
    for number, assessment in enumerate([QUIET, SUSPICIOUS, DANGEROUS, EMERGENCY] * 2):
        band = ("grey", "yellow", "orange", "red")[number % 4]
        wanted[f"{band}-{number // 4}"] = waiting_with(frontdoor, f"t{number}", assessment)
        if number == 3:
            clock.forward(minutes=1)
    names = [f"{band}-{round_}" for band in ("red", "orange", "yellow", "grey") for round_ in (0, 1)]
    expected = [wanted[name] for name in names]
    assert [entry.id for entry in desk.waiting()] == expected
    assert [desk.next("operator") for _ in range(9)] == [*expected, None]
    assert [entry.id for entry in desk.mine("operator")] == expected
    assert (desk.waiting(), desk.mine("other")) == ([], [])


def test_only_the_first_who_takes_gets_it(frontdoor: Frontdoor, desk: Desk) -> None:
    """Also the same operator is told the second time; what does not wait cannot be taken."""
    conversation_id = waiting_with(frontdoor)
    with_bot, _ = web_with(frontdoor)
    desk.take("first", conversation_id)
    for operator, refused in (("second", conversation_id), ("first", conversation_id), ("first", with_bot)):
        with pytest.raises(AlreadyTaken):
            desk.take(operator, refused)
    with pytest.raises(NotFound):
        desk.take("first", "nothing")
    assert [entry.id for entry in desk.mine("first")] == [conversation_id]


def test_of_eight_operators_at_once_one_wins_each_conversation(frontdoor: Frontdoor, desk: Desk) -> None:
    """Six conversations, eight threads that try to take each: six wins, no double."""
    ids = [waiting_with(frontdoor, f"t{number}") for number in range(6)]
    barrier, won = threading.Barrier(8), Counter[str]()
    lost = Counter[str]()

    def grab(operator: str) -> None:
        barrier.wait()
        for conversation_id in ids:
            try:
                desk.take(operator, conversation_id)
            except AlreadyTaken:
                lost[conversation_id] += 1
            else:
                won[conversation_id] += 1

    threads = [threading.Thread(target=grab, args=(f"operator-{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (dict(won), dict(lost)) == (dict.fromkeys(ids, 1), dict.fromkeys(ids, 7))


def test_next_never_gives_one_conversation_to_two(frontdoor: Frontdoor, desk: Desk) -> None:
    """Eight operators ask for the next at once while five wait: five get one each, three none."""
    ids = {waiting_with(frontdoor, f"t{number}") for number in range(5)}
    barrier = threading.Barrier(8)
    given: list[str | None] = []

    def ask(operator: str) -> None:
        barrier.wait()
        given.append(desk.next(operator))

    threads = [threading.Thread(target=ask, args=(f"operator-{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = [conversation_id for conversation_id in given if conversation_id is not None]
    assert (sorted(taken), given.count(None)) == (sorted(ids), 3)


def test_a_conversation_is_open_to_its_owner_and_while_it_waits_to_all(frontdoor: Frontdoor, desk: Desk) -> None:
    """With the assistant, with another operator, or after the end: not yours."""
    conversation_id, _ = web_with(frontdoor)
    with pytest.raises(NotYours):
        desk.transcript("one", conversation_id)
    frontdoor.request_handoff(conversation_id, WAIT)
    assert [desk.transcript(name, conversation_id).claim_is_mine for name in ("one", "two")] == [False, False]
    desk.take("one", conversation_id)
    assert desk.transcript("one", conversation_id).claim_is_mine is True
    with pytest.raises(NotYours):
        desk.transcript("two", conversation_id)
    desk.close("one", conversation_id, "advice", BYE)
    with pytest.raises(NotYours):
        desk.transcript("one", conversation_id)
    with pytest.raises(NotFound):
        desk.transcript("one", "nothing")


def test_the_transcript_holds_words_and_assessments(frontdoor: Frontdoor, desk: Desk) -> None:
    """Every message in order, with what was found in the visitor's."""
    conversation_id = waiting_with(frontdoor, "Pase", DANGEROUS)
    desk.take("one", conversation_id)
    assert desk.write("one", conversation_id, "c1", "Labdien, esmu šeit.") == Written(4, True)
    view = frontdoor.view(conversation_id)
    assert view is not None
    assert desk.transcript("one", conversation_id) == Transcript(
        id=conversation_id,
        alias=view.alias,
        route=Route.HUMAN,
        band=Band.ORANGE,
        language="lv",
        channel=Channel.WEB,
        reasons=("documents_taken", "no_contract"),
        unreachable=False,
        claim_is_mine=True,
        messages=(
            DeskMessage(1, Sender.VISITOR, "Pase", MINUTE, DANGEROUS, "stored", Telling.of(1, DANGEROUS)),
            DeskMessage(2, Sender.ASSISTANT, "Atbilde", MINUTE, None, "stored"),
            DeskMessage(3, Sender.SYSTEM, WAIT.text, MINUTE, None, "stored"),
            DeskMessage(4, Sender.OPERATOR, "Labdien, esmu šeit.", MINUTE, None, "stored"),
        ),
        story=Story((Telling.of(1, DANGEROUS),)),
    )


def test_an_operators_message_sent_twice_is_stored_once(frontdoor: Frontdoor, desk: Desk) -> None:
    """The page may repeat a request that it got no answer to."""
    conversation_id, token = web_with(frontdoor)
    frontdoor.request_handoff(conversation_id, WAIT)
    desk.take("one", conversation_id)
    written = [desk.write("one", conversation_id, client_id, "Sveiki") for client_id in ("a", "a", "b")]
    assert written == [Written(4, True), Written(4, False), Written(5, True)]
    assert [m.text for m in frontdoor.messages(conversation_id, token, after=3)] == ["Sveiki", "Sveiki"]


def test_nobody_writes_without_the_claim(frontdoor: Frontdoor, desk: Desk) -> None:
    """Every act of an operator needs the claim at that moment."""
    conversation_id = waiting_with(frontdoor)
    desk.take("one", conversation_id)
    acts: list[Callable[[str], object]] = [
        lambda who: desk.write(who, conversation_id, "c", "x"),
        lambda who: desk.say(who, conversation_id, BACK),
        lambda who: desk.release(who, conversation_id, BACK),
        lambda who: desk.return_to_bot(who, conversation_id, ALONE),
        lambda who: desk.close(who, conversation_id, "advice", BYE),
        lambda who: desk.lower_band(who, conversation_id, Band.GREY, "x"),
    ]
    for act in acts:
        with pytest.raises(NotYours):
            act("two")
    desk.release("one", conversation_id, BACK)
    for act in acts:
        with pytest.raises(NotYours):
            act("one")
    with pytest.raises(NotFound):
        desk.write("one", "nothing", "c", "x")


def test_a_released_conversation_keeps_its_place(frontdoor: Frontdoor, desk: Desk, clock: Clock) -> None:
    """It waits since the first request and stands before those who came later."""
    first = waiting_with(frontdoor, "a")
    clock.forward(minutes=5)
    second = waiting_with(frontdoor, "b")
    assert desk.next("one") == first
    desk.release("one", first, BACK)
    assert [(entry.id, entry.waiting_seconds) for entry in desk.waiting()] == [(first, 330), (second, 30)]
    assert desk.transcript("two", first).messages[-1].text == BACK.text


def test_returning_to_the_assistant_ends_the_request(frontdoor: Frontdoor, desk: Desk) -> None:
    """The assistant answers again; the visitor is told."""
    conversation_id, token = web_with(frontdoor)
    frontdoor.request_handoff(conversation_id, WAIT)
    desk.take("one", conversation_id)
    desk.return_to_bot("one", conversation_id, ALONE)
    assert (desk.waiting(), desk.mine("one")) == ([], [])
    say(frontdoor, conversation_id, "Un vēl")
    assert [m.text for m in frontdoor.messages(conversation_id, token, after=3)] == [ALONE.text, "Un vēl", "Atbilde"]


def test_closing_counts_the_outcome_without_a_way_back(frontdoor: Frontdoor, desk: Desk, database: Database) -> None:
    """Per week, outcome, band, channel and language; anything but a word is refused and closes nothing."""
    ids = [waiting_with(frontdoor, f"t{number}", DANGEROUS) for number in range(3)]
    for conversation_id in ids:
        desk.take("one", conversation_id)
    for bad in ("", "Anna Bērziņa", "a" * 41, "referred\n"):
        with pytest.raises(BadOutcome):
            desk.close("one", ids[0], bad, BYE)
    for conversation_id, outcome in zip(ids, ("advice", "advice", "referred"), strict=True):
        desk.close("one", conversation_id, outcome, BYE)
    with database.reading() as session:
        counts = session.execute(
            select(
                ClosingCount.week, ClosingCount.outcome, ClosingCount.band, ClosingCount.language, ClosingCount.count
            )
        ).all()
    monday = datetime(2026, 11, 23).date()
    assert sorted(map(tuple, counts)) == [
        (monday, "advice", Band.ORANGE, "lv", 2),
        (monday, "referred", Band.ORANGE, "lv", 1),
    ]
    assert [frontdoor.view(conversation_id).route for conversation_id in ids] == [Route.CLOSED] * 3  # type: ignore[union-attr]


def test_a_claim_without_a_sign_of_life_runs_out(frontdoor: Frontdoor, desk: Desk, clock: Clock) -> None:
    """After 120 seconds it is back in the queue and another one may take it; the first one cannot write any more."""
    conversation_id = waiting_with(frontdoor)
    desk.take("one", conversation_id)
    clock.forward(seconds=120)
    assert desk.waiting() == []
    clock.forward(seconds=1)
    assert [entry.id for entry in desk.waiting()] == [conversation_id]
    desk.take("two", conversation_id)
    with pytest.raises(NotYours):
        desk.write("one", conversation_id, "c", "x")


def test_a_page_that_is_open_keeps_the_claim(frontdoor: Frontdoor, desk: Desk, clock: Clock) -> None:
    """Renewing and writing both hold it for another 120 seconds."""
    conversation_id = waiting_with(frontdoor)
    desk.take("one", conversation_id)
    for number in range(3):
        clock.forward(seconds=100)
        desk.renew("one")
        clock.forward(seconds=100)
        desk.write("one", conversation_id, f"c{number}", "x")
    assert [entry.id for entry in desk.mine("one")] == [conversation_id]


def test_an_expired_claim_can_be_taken_without_looking_at_the_queue(
    frontdoor: Frontdoor, desk: Desk, clock: Clock, retention: Retention
) -> None:
    """Take and next see it at once; retention sends it back as well."""
    conversation_id = waiting_with(frontdoor)
    desk.take("one", conversation_id)
    clock.forward(seconds=121)
    desk.take("two", conversation_id)
    clock.forward(seconds=121)
    assert desk.next("three") == conversation_id
    clock.forward(seconds=121)
    assert retention.run().requeued == 1


def test_every_change_of_route_is_recorded(frontdoor: Frontdoor, desk: Desk, database: Database, clock: Clock) -> None:
    """From, to, why, by which class of people, in which minute; no person is named."""
    conversation_id = waiting_with(frontdoor)
    desk.take("one", conversation_id)
    clock.forward(seconds=121)
    desk.waiting()
    desk.take("two", conversation_id)
    desk.close("two", conversation_id, "advice", BYE)
    frontdoor.receive(conversation_id, "x", channel_message_id="9")
    with database.reading() as session:
        rows = session.scalars(select(RoutingEvent).order_by(RoutingEvent.id)).all()
    assert [(r.source.value, r.target.value, r.event.value, r.actor.value) for r in rows] == [
        ("bot", "waiting", "asked_for_person", "visitor"),
        ("waiting", "human", "taken", "operator"),
        ("human", "waiting", "lease_ran_out", "system"),
        ("waiting", "human", "taken", "operator"),
        ("human", "closed", "ended", "operator"),
        ("closed", "bot", "wrote_again", "visitor"),
    ]
    assert {row.at.second for row in rows} == {0}


def test_only_a_named_operator_lowers_the_band(frontdoor: Frontdoor, desk: Desk, database: Database) -> None:
    """Lowering is recorded with a sealed reason; equal or higher is refused; a new danger raises it again."""
    conversation_id = waiting_with(frontdoor, "a", EMERGENCY)
    desk.take("one", conversation_id)
    for band in (Band.RED, Band.ORANGE, Band.ORANGE):
        if band is Band.RED:
            with pytest.raises(BandNotLower):
                desk.lower_band("one", conversation_id, band, "nekas")
            continue
        if desk.transcript("one", conversation_id).band is Band.RED:
            desk.lower_band("one", conversation_id, band, "Draudi bija filmā")
    with pytest.raises(BandNotLower):
        desk.lower_band("one", conversation_id, Band.ORANGE, "vēlreiz")
    assert desk.transcript("one", conversation_id).band is Band.ORANGE
    with database.reading() as session:
        row = session.execute(text("SELECT operator_id, source, target, reason FROM band_change")).one()
    assert tuple(row[:3]) == ("one", "red", "orange")
    assert "film" not in bytes(row[3]).decode("latin-1")
    say(frontdoor, conversation_id, "b", EMERGENCY)
    assert desk.transcript("one", conversation_id).band is Band.RED


def test_what_another_content_key_sealed_is_seen_as_illegible(
    frontdoor: Frontdoor, desk: Desk, database: Database, clock: Clock, tmp_path: Path
) -> None:
    """After a lost key the operator sees that there are messages, and can still answer."""
    conversation_id = waiting_with(frontdoor, "Pase", DANGEROUS)
    make_keys(tmp_path / "new")
    renewed = Desk(database, load_console_vault(tmp_path / "new"), clock)
    assert [(entry.id, entry.band, entry.reasons) for entry in renewed.waiting()] == [
        (conversation_id, Band.ORANGE, ())
    ]
    renewed.take("one", conversation_id)
    renewed.write("one", conversation_id, "c", "Atvainojiet, lūdzu, vēlreiz.")
    shown = [message.text for message in renewed.transcript("one", conversation_id).messages]
    assert shown == ["\ufffd"] * 3 + ["Atvainojiet, lūdzu, vēlreiz."]


def test_an_operators_words_reach_telegram_through_the_outbox(frontdoor: Frontdoor, desk: Desk) -> None:
    """Sealed for the gateway; the operator sees queued, sent or failed."""
    conversation_id = telegram_with(frontdoor, 99)
    frontdoor.request_handoff(conversation_id, WAIT)
    desk.take("one", conversation_id)
    desk.write("one", conversation_id, "c", "Labdien")
    delivered = []
    while due := frontdoor.deliveries():
        delivered.append((due[0].chat_id, due[0].text))
        frontdoor.failed(due[0].id, "rejected") if due[0].text == WAIT.text else frontdoor.sent(due[0].id)
    assert delivered == [(99, "Atbilde"), (99, WAIT.text), (99, "Labdien")]
    desk.write("one", conversation_id, "d", "Vai esat tur?")
    states = [message.delivery for message in desk.transcript("one", conversation_id).messages]
    assert states == ["stored", "sent", "failed", "sent", "queued"]
