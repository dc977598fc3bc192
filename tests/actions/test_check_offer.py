"""What is said about an offer, as whole texts in three languages."""

from __future__ import annotations

import pytest

from bot.knowledge import Knowledge
from bot.redflags.assessment import Assessment, RedFlag
from bot.story import Fact, Mark, Story, Telling, Voice
from tests.actions.conftest import LANGUAGES, SEQ, Run, payloads, said, slots_of

FEE = RedFlag("upfront_payment", "strong", 10, 30, "jāieskaita 180 eiro")
PASSPORT = RedFlag("documents_taken", "critical", 40, 60, "pasi nododiet")
EASY = RedFlag("no_requirements", "weak", 0, 9, "pieredzi nevajag")
RUSH = RedFlag("pressure_to_decide", "strong", 70, 80, "jāizlemj šodien")
PAY = RedFlag("pay_too_good", "weak", 81, 90, "5000 eiro")
CHAT = RedFlag("private_channel", "weak", 91, 99, "rakstiet WhatsApp")
REFUGEES = RedFlag("vulnerable_target", "weak", 100, 110, "bēgļiem")
CHILD = RedFlag("minor", "critical", 0, 5, "man ir 15")
LOOKED_FOR = ("upfront_payment", "documents_taken", "no_contract", "pressure_to_decide", "secrecy", "threats")
ALL_TOPICS = ("stage", "documents", "money", "contract", "employer", "circle", "age")

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def offer(risk: str, *flags: RedFlag) -> Assessment:
    return Assessment("lv", "job_offer", risk, False, flags)


class Words:
    """Shorthand for the sentences of one language."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self.knowledge, self.language = knowledge, language

    def advice(self, key: str, **values: object) -> str:
        return self.knowledge.text(self.language, f"advice.{key}", **values)

    def text(self, key: str, **values: object) -> str:
        return self.knowledge.text(self.language, f"responses.{key}", **values)

    def block(self, flag: RedFlag) -> str:
        """Evidence, name, strength, reason, and how an honest offer would be."""
        words = self.knowledge.flag(self.language, flag.id)
        name = self.text("explain.named", name=words.name, strength=self.text(f"explain.strength_{flag.strength}"))
        line = self.advice("flag_line", evidence=flag.evidence, name=name, why=words.why)
        return f"{line}\n{self.advice('honest_line', honest=words.honest)}"

    def signs(self, count: int, risk: str, *flags: RedFlag) -> list[str]:
        heading = self.advice("heading_flags", count=count)
        return [heading, self.text(f"explain.level_{risk}"), *(self.block(flag) for flag in flags)]

    def others(self, *flags: RedFlag) -> str:
        names = ", ".join(f"«{self.knowledge.flag(self.language, flag.id).name}»" for flag in flags)
        return f"{self.advice('more_flags', count=len(flags))}\n{names}"

    def questions(self, *flags: RedFlag) -> str:
        asks = [self.knowledge.flag(self.language, flag.id).ask for flag in flags]
        return "\n".join([self.advice("ask_heading"), *(f"{n}. {ask}" for n, ask in enumerate(asks, start=1))])

    def not_found(self, *found: RedFlag) -> str:
        ids = [flag_id for flag_id in LOOKED_FOR if flag_id not in {flag.id for flag in found}]
        return self.in_line("explain.not_found", *(f"«{self.knowledge.flag(self.language, i).name}»" for i in ids))

    def unknown(self, *topics: str) -> str:
        return self.in_line("explain.unknown", *(self.text(f"check.topic_{topic}") for topic in topics))

    def in_line(self, heading: str, *names: str) -> str:
        return f"{self.text(heading)} {', '.join(names)}."

    def listed(self, heading: str, *lines: str) -> str:
        return "\n".join([self.text(heading), *(f"• {line}" for line in lines)])

    def numbers(self, *needs: str) -> list[str]:
        return [self.advice("call_heading"), *(self.knowledge.numbers_block(self.language, need) for need in needs)]


@pytest.fixture
def words(knowledge: Knowledge, language: str) -> Words:
    return Words(knowledge, language)


def joined(*parts: str) -> str:
    return "\n\n".join(parts)


async def test_a_dangerous_offer(run: Run, words: Words, language: str) -> None:
    """Strongest sign first, then questions and the next step, then whom to call and a person, then one question."""
    result = await run("action_check_offer", language, "x" * 200, offer("high", EASY, FEE, PASSPORT))

    assert said(result) == [
        joined(*words.signs(3, "high", PASSPORT, FEE, EASY)),
        joined(words.questions(PASSPORT, FEE, EASY), words.advice("next_high")),
        joined(*words.numbers("police", "advice"), words.advice("offer_person")),
        words.text("check.begin"),
    ]
    assert [button["payload"] for button in result["responses"][2]["buttons"]] == [
        "/person",
        "/ask_back",
        "/ask_number",
    ]


async def test_an_offer_to_check_first(run: Run, words: Words, language: str) -> None:
    """Mixed: what was found, what was not, what is not known; without a critical sign no emergency numbers."""
    result = await run("action_check_offer", language, "x" * 200, offer("medium", FEE))

    assert said(result)[:3] == [
        joined(*words.signs(1, "medium", FEE)),
        joined(
            words.questions(FEE),
            words.not_found(FEE),
            words.unknown("stage", "documents", "contract", "employer", "circle", "age"),
            words.advice("next_medium"),
        ),
        joined(*words.numbers("advice"), words.advice("offer_person")),
    ]


async def test_an_offer_with_little_to_see(run: Run, words: Words, language: str) -> None:
    """The checklist instead of numbers."""
    result = await run("action_check_offer", language, "x" * 200, offer("low", EASY))

    assert said(result)[:2] == [
        joined(*words.signs(1, "low", EASY)),
        joined(
            words.questions(EASY),
            words.not_found(),
            words.unknown(*ALL_TOPICS),
            words.advice("next_low"),
            words.advice("checklist"),
            words.advice("offer_person"),
        ),
    ]


async def test_an_offer_with_nothing_to_see(run: Run, words: Words, language: str) -> None:
    """What was not found, what is not known, five points to check: never that it is safe."""
    result = await run("action_check_offer", language, "x" * 200, offer("none"))

    assert said(result) == [
        joined(
            words.advice("next_none"),
            words.not_found(),
            words.unknown(*ALL_TOPICS),
            words.advice("checklist"),
            words.advice("offer_person"),
        ),
        words.text("check.begin"),
    ]


async def test_what_a_text_promises_is_told_apart(run: Run, words: Words, language: str) -> None:
    """A contract that the advertisement speaks of is a promise, and is not asked for again."""
    signed = Fact("contract", "read", clears=("no_contract",))
    telling = Telling(SEQ, "lv", "job_offer", voice=Voice.PASTED, facts=(signed,))
    result = await run("action_check_offer", language, "x" * 200, offer("none"), telling=telling)

    assert words.listed("explain.promised", words.text("check.well_contract")) in said(result)[0]
    assert words.text("check.topic_contract") not in said(result)[0]
    assert slots_of(result)["check_contract"] == "known"


async def test_many_signs_are_counted_and_the_strongest_shown(run: Run, words: Words, language: str) -> None:
    """Three are enough to read; the others are named."""
    flags = (EASY, FEE, PASSPORT, RUSH, PAY, CHAT)
    result = await run("action_check_offer", language, "x" * 200, offer("high", *flags))

    assert said(result)[0] == joined(*words.signs(6, "high", PASSPORT, FEE, RUSH), words.others(EASY, PAY, CHAT))


async def test_whom_to_call_is_said_once(run: Run, words: Words, language: str) -> None:
    """Under the next offer stand its signs and no second list of numbers."""
    first = await run("action_check_offer", language, "x" * 200, offer("medium", FEE))
    second = await run("action_check_offer", language, "x" * 200, offer("medium", FEE), slots_of(first))

    assert words.advice("call_heading") in said(first)[2]
    assert not any(words.advice("call_heading") in text for text in said(second))


async def test_being_in_need_is_context(run: Run, words: Words, language: str) -> None:
    """It is said and not counted."""
    result = await run("action_check_offer", language, "x" * 200, offer("medium", FEE, REFUGEES))

    assert said(result)[0] == joined(*words.signs(1, "medium", FEE), words.advice("context_line"))


async def test_need_alone_is_no_sign(run: Run, words: Words, language: str) -> None:
    """An honest shelter for refugees is not suspicious."""
    result = await run("action_check_offer", language, "x" * 200, offer("none", REFUGEES))

    assert said(result)[0].startswith(joined(words.advice("next_none"), words.advice("context_line")))


async def test_a_child_gets_the_children_s_line(run: Run, words: Words, language: str) -> None:
    """Before the other numbers, and no list of questions: neither for the recruiter nor for the child."""
    result = await run("action_check_offer", language, "x" * 200, offer("high", CHILD))

    assert said(result)[2].startswith(words.knowledge.reply(language, "utter_child").text)
    assert "116111" in said(result)[2]
    assert words.advice("ask_heading") not in "".join(said(result))
    assert slots_of(result)["check_wanted"] is False
    assert "/ask_back" not in payloads(result)


async def test_a_second_message_adds_to_the_first(run: Run, words: Words, language: str) -> None:
    """Two messages with one strong sign each weigh as much as one message with both."""
    before = Story((Telling(1, "lv", "job_offer", "medium", flags=(Mark("upfront_payment", "strong", 0, 4),)),))
    result = await run("action_check_offer", language, "x" * 200, offer("medium", RUSH), before=before)
    fee = words.knowledge.flag(language, "upfront_payment")

    assert said(result)[0] == joined(
        *words.signs(2, "high", RUSH), words.listed("explain.signs_told", f"{fee.name}. {fee.why}")
    )
    assert words.advice("next_high") in said(result)[1]


async def test_a_harmless_second_message_clears_nothing(run: Run, words: Words, language: str) -> None:
    """What was seen before is named again."""
    before = Story((Telling(1, "lv", "job_offer", "high", flags=(Mark("documents_taken", "critical", 0, 4),)),))
    result = await run("action_check_offer", language, "x" * 20, offer("none"), before=before)

    assert words.knowledge.flag(language, "documents_taken").name in said(result)[0]
    assert words.advice("next_high") in said(result)[1]


async def test_a_button_asks_for_the_offer(run: Run, words: Words, language: str) -> None:
    """There is nothing to check yet; who has no text gets questions instead."""
    result = await run("action_check_offer", language, button="check_offer")

    assert said(result) == [words.knowledge.reply(language, "utter_ask_offer").text]
    assert payloads(result) == ["/guided_check"]
    assert slots_of(result) == {"offer_asked": True, "check_wanted": False}


async def test_an_announcement_asks_for_the_offer_once(run: Run, words: Words, language: str) -> None:
    """A short text without a sign is asked for more; after the next one questions begin."""
    announced = await run("action_check_offer", language, "x" * 30, offer("none"))
    checked = await run("action_check_offer", language, "x" * 30, offer("none"), {"offer_asked": True})

    assert said(announced) == [words.knowledge.reply(language, "utter_ask_offer").text]
    assert said(checked) == [words.text("check.begin_untold")]
    assert slots_of(checked)["check_wanted"] is True


async def test_a_few_words_of_ones_own_get_signs_and_questions(run: Run, words: Words, language: str) -> None:
    """ "A man on Telegram offers work": what that shows, in short; the rest is asked."""
    result = await run("action_check_offer", language, "x" * 50, offer("medium", FEE))

    assert said(result) == [
        joined(*words.signs(1, "medium", FEE), words.advice("offer_person")),
        words.text("check.begin_untold"),
    ]


async def test_the_longest_answer_fits(run: Run, words: Words, language: str) -> None:
    """All flags at once, each with much evidence."""
    ids = list(words.knowledge.flags[language])
    flags = tuple(RedFlag(flag_id, "critical", n, n + 1, "vārds " * 80) for n, flag_id in enumerate(ids))
    result = await run("action_check_offer", language, "x" * 4_000, offer("high", *flags))

    assert len(flags) == 30
    assert max(map(len, said(result))) <= 3_500


async def test_another_offer_is_checked_by_itself(run: Run, words: Words, language: str) -> None:
    """The signs of the one before are not counted again, and that is said."""
    before = Story().hearing(Telling.of(1, offer("high", PASSPORT), voice=Voice.PASTED))
    found = offer("medium", FEE)
    telling = Telling.of(SEQ, found, voice=Voice.PASTED, turns=True)
    result = await run("action_check_offer", language, "x" * 200, found, before=before, telling=telling)
    whole = "\n".join(said(result))

    assert said(result)[0] == words.text("check.by_itself")
    assert words.knowledge.flag(language, "upfront_payment").name in whole
    assert words.knowledge.flag(language, "documents_taken").why not in whole
