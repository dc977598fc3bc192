"""Several messages are one story: what adds up, what is withdrawn, and where each piece of evidence came from."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.story import Change, Evidence, Fact, Mark, Story, Telling, Voice

FEE = Mark("upfront_payment", "strong", 10, 30)
RUSH = Mark("pressure_to_decide", "strong", 4, 9)
PASSPORT = Mark("documents_taken", "critical", 40, 60)
EASY = Mark("no_requirements", "weak", 0, 9)
NEED = Mark("vulnerable_target", "weak", 0, 5)
KEPT = Fact("documents", "kept", clears=("documents_taken",))
TAKEN = Fact("documents", "taken", raises=(("documents_taken", "critical"),))
UNSIGNED = Fact("contract", "none", raises=(("no_contract", "strong"),))
SIGNED = Fact("contract", "read", clears=("no_contract",))


def told(*tellings: Telling) -> Story:
    story = Story()
    for telling in tellings:
        story = story.hearing(telling)
    return story


def offer(seq: int, risk: str, *marks: Mark) -> Telling:
    return Telling(seq, "ru", "job_offer", risk, flags=marks, voice=Voice.PASTED)


def own(seq: int, *, denied: tuple[str, ...] = (), facts: tuple[Fact, ...] = ()) -> Telling:
    return Telling(seq, "lv", "question", denied=denied, facts=facts)


def test_an_empty_story_shows_nothing() -> None:
    """Nothing heard, nothing found."""
    story = Story()

    assert (story.risk, story.emergency, story.kind, story.signs) == ("none", False, "other", ())


def test_two_strong_signs_of_two_messages_weigh_as_much_as_in_one() -> None:
    """The risk of the story is more than that of its worst message."""
    story = told(offer(1, "medium", FEE), offer(3, "medium", RUSH))

    assert (story.risk, story.signs) == ("high", ("upfront_payment", "pressure_to_decide"))


def test_signs_in_harmless_texts_do_not_add_up() -> None:
    """What the engine did not believe in its own text is not believed because there are two of it."""
    assert told(offer(1, "low", FEE), offer(3, "low", RUSH)).risk == "low"


def test_each_piece_of_evidence_keeps_its_message() -> None:
    """Message and offsets; no words."""
    story = told(offer(1, "medium", FEE), offer(5, "high", FEE, PASSPORT))

    assert story.evidence == {
        "upfront_payment": [
            Evidence("upfront_payment", "strong", 1, 10, 30),
            Evidence("upfront_payment", "strong", 5, 10, 30),
        ],
        "documents_taken": [Evidence("documents_taken", "critical", 5, 40, 60)],
    }


def test_what_the_visitor_corrects_is_forgotten() -> None:
    """The flag is withdrawn, with the message that did it, and the risk that it made goes with it."""
    story = told(offer(1, "high", PASSPORT, FEE), own(3, denied=("documents_taken",)))

    assert (story.signs, story.withdrawn, story.risk) == (("upfront_payment",), {"documents_taken": 3}, "medium")


def test_a_message_loses_only_what_its_withdrawn_flags_gave() -> None:
    """A text that was dangerous without the flag, too, stays so."""
    assert told(offer(1, "high"), own(3, denied=("documents_taken",))).risk == "high"
    assert told(offer(1, "high", PASSPORT), own(3, denied=("documents_taken",))).risk == "none"
    assert told(offer(1, "high", PASSPORT, FEE, RUSH), own(3, denied=("documents_taken",))).risk == "high"


def test_a_recruiter_withdraws_nothing() -> None:
    """What they answer is no correction."""
    reply = Telling(3, "ru", denied=("documents_taken",), facts=(KEPT,), voice=Voice.REPLY)
    story = told(offer(1, "high", PASSPORT), reply)

    assert (story.signs, story.risk, story.facts, story.claims) == (
        ("documents_taken",),
        "high",
        {},
        {"documents": KEPT},
    )


def test_what_is_said_again_stands_again() -> None:
    """A withdrawn flag that a later text shows counts once more."""
    story = told(offer(1, "high", PASSPORT), own(3, denied=("documents_taken",)), offer(5, "high", PASSPORT))

    assert (story.signs, story.withdrawn, [one.seq for one in story.evidence["documents_taken"]]) == (
        ("documents_taken",),
        {},
        [5],
    )


def test_an_answer_raises_and_its_correction_takes_back() -> None:
    """Only the latest answer to a question counts."""
    first = told(own(1, facts=(UNSIGNED,)))
    second = first.hearing(own(3, facts=(SIGNED,)))

    assert (first.signs, first.risk) == (("no_contract",), "medium")
    assert first.evidence["no_contract"] == [Evidence("no_contract", "strong", 1, question="contract")]
    assert (second.signs, second.risk, second.facts, second.fact_seqs) == (
        (),
        "none",
        {"contract": SIGNED},
        {"contract": 3},
    )


def test_a_taken_back_answer_withdraws_nothing_either() -> None:
    """Who said that the passport stays, and then that it is taken, has the first text's evidence back."""
    story = told(offer(1, "high", PASSPORT), own(3, facts=(KEPT,)), own(5, facts=(TAKEN,)))

    assert [(one.seq, one.question) for one in story.evidence["documents_taken"]] == [(1, None), (5, "documents")]


def test_an_emergency_stays_one() -> None:
    """Only a person may find it less urgent."""
    story = told(Telling(1, "lv", "in_trouble", "high", True, (PASSPORT,)), own(3, denied=("documents_taken",)))

    assert (story.emergency, story.risk) == (True, "high")


def test_being_in_need_never_counts() -> None:
    """It is context."""
    story = told(offer(1, "medium", NEED, FEE), offer(3, "none", NEED))

    assert (story.signs, story.risk) == (("upfront_payment",), "medium")


def test_a_message_heard_again_takes_its_own_place() -> None:
    """A turn that is repeated after a crash counts once."""
    story = told(offer(1, "medium", FEE), own(3), offer(1, "medium", FEE))

    assert [telling.seq for telling in story.tellings] == [1]


def test_the_kind_is_that_of_the_worst_message() -> None:
    """A thank-you does not make a job offer a question."""
    story = told(Telling(1, "lv", "dating", "low", flags=(EASY,)), offer(3, "high", PASSPORT), own(5, facts=(SIGNED,)))

    assert story.kind == "job_offer"


def test_the_story_waits_for_the_recruiters_answer() -> None:
    """From the questions until an answer was shown."""
    asked = told(offer(1, "medium", FEE), Telling(3, "lv", asked_back=True))
    answered = asked.hearing(Telling(5, "ru", voice=Voice.REPLY))

    assert (asked.awaits_reply, answered.awaits_reply, answered.offer_language) == (True, False, "ru")


def test_a_story_travels_as_json() -> None:
    """Plain values, and nothing but ids, numbers and words of the house."""
    story = told(offer(1, "high", PASSPORT, FEE), own(3, denied=("documents_taken",), facts=(UNSIGNED,)))
    written = json.dumps(story.as_json())

    assert Story.from_json(json.loads(written)) == story


def test_a_change_names_what_is_new_and_what_is_gone() -> None:
    """The reason to say that it changes the picture."""
    before = told(offer(1, "high", PASSPORT))
    down = Change.between(before, before.hearing(own(3, denied=("documents_taken",))))
    up = Change.between(Story(), before)
    same = Change.between(before, before)

    assert down == Change("high", "none", (), ("documents_taken",))
    assert up == Change("none", "high", ("documents_taken",), ())
    assert (down.is_down, up.is_up, same.is_any) == (True, True, False)


def test_another_offer_is_judged_by_itself() -> None:
    """What was pasted, answered and asked before does not count; what the visitor told of their own trouble does."""
    first = offer(1, "high", Mark("documents_taken", "critical", 0, 4))
    trouble = Telling(3, "ru", "in_trouble", "high", flags=(Mark("threats", "critical", 0, 4),))
    answered = own(5, facts=(UNSIGNED,))
    second = replace(offer(7, "low", Mark("pay_too_good", "weak", 0, 4)), turns=True)
    whole = told(first, trouble, answered, second)

    assert set(whole.signs) == {"documents_taken", "threats", "no_contract", "pay_too_good"}
    assert set(whole.of_last_offer.signs) == {"threats", "pay_too_good"}
    assert whole.of_last_offer.facts == {}
    assert told(first, second).of_last_offer.risk == "low"
    assert told(first, answered).of_last_offer == told(first, answered)


def test_a_story_kept_before_offers_were_told_apart_can_be_read() -> None:
    """The key `turns` is newer than some conversations."""
    kept = told(offer(1, "high", Mark("documents_taken", "critical", 0, 4))).as_json()
    for telling in kept:
        del telling["turns"]

    assert Story.from_json(kept) == told(offer(1, "high", Mark("documents_taken", "critical", 0, 4)))
