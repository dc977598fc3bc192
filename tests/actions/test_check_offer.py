"""What is said about an offer, as whole texts in three languages."""

from __future__ import annotations

import pytest

from bot.knowledge import Knowledge
from bot.redflags.assessment import Assessment, RedFlag
from tests.actions.conftest import LANGUAGES, Run, payloads, said, slots_of

FEE = RedFlag("upfront_payment", "strong", 10, 30, "jāieskaita 180 eiro")
PASSPORT = RedFlag("documents_taken", "critical", 40, 60, "pasi nododiet")
EASY = RedFlag("no_requirements", "weak", 0, 9, "pieredzi nevajag")
RUSH = RedFlag("pressure_to_decide", "strong", 70, 80, "jāizlemj šodien")
PAY = RedFlag("pay_too_good", "weak", 81, 90, "5000 eiro")
CHAT = RedFlag("private_channel", "weak", 91, 99, "rakstiet WhatsApp")
REFUGEES = RedFlag("vulnerable_target", "weak", 100, 110, "bēgļiem")
CHILD = RedFlag("minor", "critical", 0, 5, "man ir 15")

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def offer(risk: str, *flags: RedFlag) -> Assessment:
    return Assessment("lv", "job_offer", risk, False, flags)


class Words:
    """Shorthand for the sentences of one language."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self.knowledge, self.language = knowledge, language

    def advice(self, key: str, **values: object) -> str:
        return self.knowledge.text(self.language, f"advice.{key}", **values)

    def line(self, flag: RedFlag) -> str:
        words = self.knowledge.flag(self.language, flag.id)
        return self.advice("flag_line", evidence=flag.evidence, name=words.name, why=words.why)

    def honest(self, flag: RedFlag) -> str:
        return self.advice("honest_line", honest=self.knowledge.flag(self.language, flag.id).honest)

    def questions(self, *flags: RedFlag) -> str:
        asks = [self.knowledge.flag(self.language, flag.id).ask for flag in flags]
        return "\n".join([self.advice("ask_heading"), *(f"{n}. {ask}" for n, ask in enumerate(asks, start=1))])

    def block(self, need: str) -> str:
        return self.knowledge.numbers_block(self.language, need)


@pytest.fixture
def words(knowledge: Knowledge, language: str) -> Words:
    return Words(knowledge, language)


async def test_a_dangerous_offer(run: Run, words: Words, language: str) -> None:
    """Strongest sign first, then questions and the next step, then whom to call and a person."""
    result = await run("action_check_offer", language, "x" * 200, offer("high", EASY, FEE, PASSPORT))

    assert said(result) == [
        "\n\n".join(
            [
                words.advice("heading_flags", count=3),
                words.line(PASSPORT),
                words.line(FEE),
                words.line(EASY),
                words.honest(PASSPORT),
            ]
        ),
        "\n\n".join([words.questions(PASSPORT, FEE, EASY), words.advice("next_high")]),
        "\n\n".join(
            [
                words.advice("call_heading"),
                words.block("emergency"),
                words.block("advice"),
                words.advice("offer_person"),
            ]
        ),
    ]
    assert payloads(result)[0] == "/person"
    assert slots_of(result) == {
        "flags_seen": ["no_requirements", "upfront_payment", "documents_taken"],
        "risk_seen": "high",
        "offer_asked": False,
    }


async def test_an_offer_to_check_first(run: Run, words: Words, language: str) -> None:
    """Without a critical sign the emergency numbers are left out: nobody is scared."""
    result = await run("action_check_offer", language, "x" * 200, offer("medium", FEE))

    assert said(result) == [
        "\n\n".join([words.advice("heading_flags", count=1), words.line(FEE), words.honest(FEE)]),
        "\n\n".join([words.questions(FEE), words.advice("next_medium")]),
        "\n\n".join([words.advice("call_heading"), words.block("advice"), words.advice("offer_person")]),
    ]


async def test_an_offer_with_little_to_see(run: Run, words: Words, language: str) -> None:
    """The checklist instead of numbers."""
    result = await run("action_check_offer", language, "x" * 200, offer("low", EASY))

    assert said(result) == [
        "\n\n".join([words.advice("heading_flags", count=1), words.line(EASY), words.honest(EASY)]),
        "\n\n".join(
            [words.questions(EASY), words.advice("next_low"), words.advice("checklist"), words.advice("offer_person")]
        ),
    ]


async def test_an_offer_with_nothing_to_see(run: Run, words: Words, language: str) -> None:
    """What was not found, and what to check: never that it is safe."""
    result = await run("action_check_offer", language, "x" * 200, offer("none"))

    assert said(result) == [
        "\n\n".join([words.advice("next_none"), words.advice("checklist"), words.advice("offer_person")])
    ]
    assert payloads(result)[0] == "/person"


async def test_many_signs_are_counted_and_the_strongest_shown(run: Run, words: Words, language: str) -> None:
    """Five are enough to read."""
    flags = (EASY, FEE, PASSPORT, RUSH, PAY, CHAT)
    result = await run("action_check_offer", language, "x" * 200, offer("high", *flags))

    assert said(result)[0] == "\n\n".join(
        [
            words.advice("heading_flags", count=6),
            *(words.line(flag) for flag in (PASSPORT, FEE, RUSH, EASY, PAY)),
            words.advice("more_flags", count=1),
            words.honest(PASSPORT),
        ]
    )


async def test_being_in_need_is_context(run: Run, words: Words, language: str) -> None:
    """It is said and not counted."""
    result = await run("action_check_offer", language, "x" * 200, offer("medium", FEE, REFUGEES))

    assert said(result)[0] == "\n\n".join(
        [
            words.advice("heading_flags", count=1),
            words.line(FEE),
            words.advice("context_line"),
            words.honest(FEE),
        ]
    )
    assert slots_of(result)["flags_seen"] == ["upfront_payment"]


async def test_need_alone_is_no_sign(run: Run, words: Words, language: str) -> None:
    """An honest shelter for refugees is not suspicious."""
    result = await run("action_check_offer", language, "x" * 200, offer("none", REFUGEES))

    assert said(result) == [
        "\n\n".join(
            [
                words.advice("next_none"),
                words.advice("context_line"),
                words.advice("checklist"),
                words.advice("offer_person"),
            ]
        )
    ]


async def test_a_child_gets_the_children_s_line(run: Run, words: Words, language: str) -> None:
    """Before the other numbers."""
    result = await run("action_check_offer", language, "x" * 200, offer("low", CHILD))

    assert said(result)[2].startswith(words.knowledge.reply(language, "utter_child").text)
    assert "116111" in said(result)[2]


async def test_a_second_message_adds_to_the_first(run: Run, words: Words, language: str) -> None:
    """Two messages with one strong sign each weigh as much as one message with both."""
    slots = {"flags_seen": ["upfront_payment"], "risk_seen": "medium", "offer_asked": False}
    result = await run("action_check_offer", language, "x" * 200, offer("medium", RUSH), slots)

    assert said(result)[:2] == [
        "\n\n".join(
            [
                words.advice("heading_flags", count=2),
                words.line(RUSH),
                words.advice("more_flags", count=1),
                words.honest(RUSH),
            ]
        ),
        "\n\n".join([words.questions(RUSH), words.advice("next_high")]),
    ]
    assert slots_of(result) == {
        "flags_seen": ["upfront_payment", "pressure_to_decide"],
        "risk_seen": "high",
        "offer_asked": False,
    }


async def test_a_harmless_second_message_clears_nothing(run: Run, words: Words, language: str) -> None:
    """What was seen before is named again."""
    slots = {"flags_seen": ["upfront_payment", "documents_taken"], "risk_seen": "high"}
    result = await run("action_check_offer", language, "x" * 20, offer("none"), slots)
    names = [words.knowledge.flag(language, flag.id).name for flag in (FEE, PASSPORT)]

    assert said(result)[0] == "\n\n".join(
        [words.advice("heading_flags", count=2), "\n".join(f"• {name}" for name in names), words.honest(FEE)]
    )
    assert words.advice("next_high") in said(result)[1]


async def test_a_button_asks_for_the_offer(run: Run, words: Words, language: str) -> None:
    """There is nothing to check yet."""
    result = await run("action_check_offer", language, "/check_offer")

    assert said(result) == [words.knowledge.reply(language, "utter_ask_offer").text]
    assert slots_of(result) == {"offer_asked": True}


async def test_an_announcement_asks_for_the_offer_once(run: Run, words: Words, language: str) -> None:
    """A short text without a sign is asked for more; the next one is taken as it is."""
    announced = await run("action_check_offer", language, "x" * 30, offer("none"))
    checked = await run("action_check_offer", language, "x" * 30, offer("none"), {"offer_asked": True})

    assert said(announced) == [words.knowledge.reply(language, "utter_ask_offer").text]
    assert said(checked)[0].startswith(words.advice("next_none"))


async def test_the_longest_answer_fits(run: Run, words: Words, language: str) -> None:
    """All flags at once, each with much evidence."""
    ids = list(words.knowledge.flags[language])
    flags = tuple(RedFlag(flag_id, "critical", n, n + 1, "vārds " * 80) for n, flag_id in enumerate(ids))
    result = await run("action_check_offer", language, "x" * 4_000, offer("high", *flags))

    assert len(flags) == 30
    assert len(said(result)) == 3
    assert max(map(len, said(result))) <= 3_500
