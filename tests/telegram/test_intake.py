"""What an update leaves in the core, and what it leaves to do."""

from __future__ import annotations

from bot.gateway.telegram.intake import Intake, Outcome, Sentence
from bot.gateway.telegram.updates import Gathering, Membership, Message, Tap, Update
from bot.messages import Reply
from tests.telegram.rig import Core

ANN = 1_001
BEN = 1_002


def test_a_batch_is_stored_and_its_last_id_is_the_offset(core: Core) -> None:
    """Ids may jump, also down: the last one counts, not the highest."""
    updates = [Update(70, Message(ANN, 1, "1", "a")), Update(90, None), Update(5, Message(BEN, 2, "2", "b"))]
    outcome = Intake(core.frontdoor).store(updates, 70)
    ann, ben = core.conversation_of(ANN), core.conversation_of(BEN)

    assert outcome == Outcome(6, wake=[(ANN, ann), (BEN, ben)], seen=[(ANN, 1), (BEN, 2)], stored=3)
    assert (core.heard(ANN), core.heard(BEN)) == (["a"], ["b"])


def test_the_same_batch_again_changes_nothing(core: Core) -> None:
    """Telegram repeats what was not confirmed; the woken turns find nothing new."""
    intake = Intake(core.frontdoor)
    updates = [
        Update(1, Message(ANN, 1, "1", "a")),
        Update(2, Message(ANN, 1, "1:9", "b", None, True)),
        Update(3, Message(ANN, 2, "2", "/person he hits me")),
        Update(4, Tap(ANN, "77", "/ru")),
        Update(5, Message(ANN, 3, "3", "x" * 4_096)),
    ]
    first, second = intake.store(updates, 0), intake.store(updates, 0)

    assert [first.stored, second.stored, first.next_offset, second.next_offset] == [5, 5, 6, 6]
    assert [len(first.say), len(second.say)] == [1, 0]
    assert core.heard(ANN) == ["a", "b", "he hits me", "/person", "/ru", "x" * 4_000, "x" * 96]


def test_what_can_never_be_stored_is_set_aside_and_its_sender_told(core: Core) -> None:
    """One broken update does not keep out those behind it."""
    broken = Message(ANN, 1, None, "a")  # type: ignore[arg-type]
    outcome = Intake(core.frontdoor).store([Update(1, broken), Update(2, Message(ANN, 2, "2", "b"))], 0)

    assert (outcome.next_offset, outcome.set_aside, outcome.error) == (3, 1, None)
    assert outcome.say == [Sentence(ANN, None, "system.unreadable")]
    assert core.heard(ANN) == ["b"]


def test_a_database_that_fails_stops_the_batch_there(core: Core) -> None:
    """What is stored is confirmed; the rest stays with Telegram."""
    with core.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE message RENAME TO elsewhere")
    updates = [Update(1, None), Update(2, Message(ANN, 1, "1", "a")), Update(3, Message(ANN, 2, "2", "b"))]
    outcome = Intake(core.frontdoor).store(updates, 1)

    assert (outcome.next_offset, outcome.stored, outcome.wake, outcome.set_aside) == (2, 1, [], 0)
    assert type(outcome.error).__name__ == "OperationalError"


def test_a_conversation_is_opened_by_words_and_by_buttons_only(core: Core) -> None:
    """Not by stopping the bot, groups, unknown buttons, commands that ask for a sentence, or deleting nothing."""
    events = [
        Membership(ANN, True),
        Gathering(-5, True),
        Tap(ANN, "1", "/unknown"),
        Tap(ANN, "2", "/delete"),
        Message(ANN, 1, "1", "/start"),
        Message(ANN, 2, "2", "/help"),
        Message(ANN, 3, "3", "/delete"),
    ]
    outcome = Intake(core.frontdoor).store([Update(number, event) for number, event in enumerate(events)], 0)

    assert (core.frontdoor.by_chat(ANN), core.frontdoor.by_chat(-5), core.frontdoor.pending()) == (None, None, [])
    assert [sentence.key for sentence in outcome.say] == [
        "system.deleted",
        "system.telegram_start",
        "system.telegram_help",
        "system.delete_question",
    ]
    assert (outcome.answer, outcome.leave, outcome.stored) == (["1", "2"], [Gathering(-5, True)], 7)


def test_the_operator_sees_at_once_that_somebody_stopped_the_bot(core: Core) -> None:
    """Before any message fails; starting it again takes the mark away."""
    intake = Intake(core.frontdoor)
    intake.store([Update(1, Message(ANN, 1, "1", "hi"))], 0)
    core.frontdoor.request_handoff(core.conversation_of(ANN), Reply("…"))

    seen = []
    for number, is_blocked in enumerate((True, True, False)):
        intake.store([Update(2 + number, Membership(ANN, is_blocked))], 2)
        seen += [entry.unreachable for entry in core.desk.waiting()]

    assert seen == [True, True, False]
