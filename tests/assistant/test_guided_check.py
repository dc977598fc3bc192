"""The guided check, corrections, the ask-back kit and the recruiter's answer, held as whole conversations."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from bot.knowledge import Knowledge
from tests.assistant.scripts import SCRIPTS
from tests.assistant.servers import Answered, Conversation, Servers

LANGUAGES = ("lv", "ru", "uk")
pytestmark = pytest.mark.parametrize("language", LANGUAGES)


class Lines(NamedTuple):
    """What a visitor says in the check, in one language."""

    no_text: str
    passport_stays: str
    fee: str
    no_contract: str
    contract_read: str
    not_known: str
    nobody_may_know: str
    sixteen: str
    enough: str
    mistaken: str
    help: str
    ask_them: str
    reply: str
    silence: str


LINES = {
    "lv": Lines(
        no_text="Vīrietis Telegramā piedāvā darbu Vācijā",
        passport_stays="Nē, pase paliek pie manis",
        fee="jāsamaksā 200 eiro par vietu",
        no_contract="līguma nav, viss uz vārda",
        contract_read="nē, es kļūdījos, līgums ir, izlasīju",
        not_known="nezinu",
        nobody_may_know="lūdza nevienam nestāstīt",
        sixteen="16",
        enough="pietiek jautājumu",
        mistaken="es kļūdījos",
        help="Palīdziet, viņš mani sit un grib nogalināt!",
        ask_them="Ko man viņiem jautāt?",
        reply="Pasi neņemam, tā paliek pie jums. Līgums būs uz vietas. Iepriekš jāiemaksā 150 eiro ķīla.",
        silence="viņi neatbild",
    ),
    "ru": Lines(
        no_text="Мужчина в телеграме предлагает работу в Германии",
        passport_stays="Нет, паспорт остаётся у меня",
        fee="нужно заплатить 200 евро за место",
        no_contract="договора нет, всё на словах",
        contract_read="нет, я ошибся, договор есть, я его читал",
        not_known="не знаю",
        nobody_may_know="просили никому не рассказывать",
        sixteen="16",
        enough="хватит вопросов",
        mistaken="я ошибся",
        help="Помогите, он меня бьёт и хочет убить!",
        ask_them="Что мне у них спросить?",
        reply="Паспорт не забираем. Договор подпишем на месте. Заранее надо внести залог 150 евро.",
        silence="они молчат",
    ),
    "uk": Lines(
        no_text="Чоловік у Telegram пропонує роботу в Німеччині",
        passport_stays="Ні, паспорт лишається у мене",
        fee="треба заплатити 200 євро за місце",
        no_contract="договору немає, усе на словах",
        contract_read="ні, я помилився, договір є, я його читав",
        not_known="не знаю",
        nobody_may_know="просили нікому не розповідати",
        sixteen="16",
        enough="досить запитань",
        mistaken="я помилився",
        help="Допоможіть, він мене б'є і хоче вбити!",
        ask_them="Що мені в них запитати?",
        reply="Паспорт не забираємо. Договір підпишемо на місці. До виїзду треба внести заставу 150 євро.",
        silence="вони не відповідають",
    ),
}


@pytest.fixture
def talk(servers: Servers, language: str) -> Conversation:
    return servers.conversation(language)


@pytest.fixture
def lines(language: str) -> Lines:
    return LINES[language]


class Asked:
    """Looks at what an answer asks last."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self.knowledge, self.language = knowledge, language

    def __call__(self, answer: Answered) -> str | None:
        """The name of the question that the last message is, or None."""
        assert answer.status == 200
        payloads = [button["payload"] for button in answer.body["messages"][-1]["buttons"]]
        names = {payload.split("_")[1] for payload in payloads if payload.startswith("/answer_")}
        if not names:
            return None
        (name,) = names
        assert answer.texts[-1] == self.knowledge.reply(self.language, f"utter_ask_check_{name}").text
        assert payloads[-2:] == ["/skip", "/stop_check"]
        return name

    def said(self, key: str, **values: object) -> str:
        return self.knowledge.text(self.language, f"responses.{key}", **values)


@pytest.fixture
def asked(knowledge: Knowledge, language: str) -> Asked:
    return Asked(knowledge, language)


def given(talk: Conversation) -> dict[str, str]:
    """The answers that the story has."""
    return {question: fact.answer for question, fact in talk.story.facts.items()}


def test_somebody_without_a_text_is_asked(talk: Conversation, lines: Lines, asked: Asked) -> None:
    """Only what the few words do not say already: neither whether they have left, nor who employs."""
    answer = talk.says(lines.no_text)

    assert answer.intent == "check_offer"
    assert asked(answer) == "documents"
    assert given(talk) == {"stage": "before", "employer": "unknown"}


def test_the_whole_check_in_free_words(talk: Conversation, lines: Lines, asked: Asked, knowledge: Knowledge) -> None:
    """One question at a time; every answer is understood, told back, and changes the picture where it does."""
    questions = [asked(talk.says(lines.no_text))]
    for words in (lines.passport_stays, lines.fee, lines.no_contract, lines.not_known, lines.nobody_may_know):
        questions.append(asked(talk.says(words)))
    end = talk.says("18")

    assert questions == ["documents", "money", "contract", "travel", "circle", "age"]
    assert given(talk) == {
        "stage": "before",
        "employer": "unknown",
        "documents": "kept",
        "money": "upfront",
        "contract": "none",
        "travel": "unknown",
        "circle": "secret",
        "age": "adult",
    }
    assert asked(end) is None
    assert asked.said("explain.sum_up") in "\n".join(end.texts)
    assert knowledge.text(talk.language, "advice.next_high") in end.texts


def test_an_answer_that_changes_the_picture_says_so(talk: Conversation, lines: Lines, asked: Asked) -> None:
    """And offers a person as soon as it is serious."""
    talk.says(lines.no_text)
    talk.says(lines.passport_stays)
    answer = talk.says(lines.fee)
    fee = asked.knowledge.flag(talk.language, "upfront_payment")

    assert asked.said("check.changes_up", names=f"«{fee.name}»") in answer.texts[0]
    assert fee.why in answer.texts[0]
    assert asked.said("explain.level_high") in answer.texts[0]
    assert "/person" in [button["payload"] for button in answer.body["messages"][0]["buttons"]]


def test_taps_answer_too(talk: Conversation, asked: Asked) -> None:
    """From the button of who has no text to the end, without a typed word."""
    taps = ["stage_before", "documents_kept", "money_none", "contract_read", "employer_known", "travel_own"]
    questions = [asked(talk.presses("guided_check"))]
    questions += [asked(talk.presses(f"answer_{tap}")) for tap in [*taps, "circle_told"]]
    end = talk.presses("answer_age_adult")

    assert questions == ["stage", "documents", "money", "contract", "employer", "travel", "circle", "age"]
    assert asked.said("explain.level_none") in end.texts[0]
    assert asked.said("check.well_contract") in end.texts[0]
    assert talk.story.risk == "none"


def test_every_question_can_be_skipped(talk: Conversation, asked: Asked) -> None:
    """Nothing is said to it, nothing is known, and the picture comes all the same."""
    talk.presses("guided_check")
    questions = [asked(talk.presses("skip")) for _ in range(6)]
    end = talk.presses("skip")

    assert questions == ["documents", "money", "contract", "employer", "circle", "age"]
    assert asked.said("explain.unknown") in end.texts[0]
    assert given(talk) == {}


def test_the_check_can_be_stopped_and_resumed(talk: Conversation, lines: Lines, asked: Asked) -> None:
    """In words, and it goes on where it was."""
    talk.presses("guided_check")
    talk.presses("answer_stage_before")
    stopped = talk.says(lines.enough)
    resumed = talk.presses("guided_check")

    assert stopped.texts == [asked.knowledge.reply(talk.language, "utter_check_stopped").text]
    assert asked(resumed) == "documents"


def test_a_restarted_assistant_resumes(talk: Conversation, asked: Asked) -> None:
    """The answers are the gateway's: the assistant may forget the talk, a tap goes on with the check."""
    talk.presses("guided_check")
    talk.presses("answer_stage_before")
    talk.is_deleted()
    answer = talk.presses("answer_documents_kept")

    assert asked(answer) == "money"


def test_a_question_of_ones_own_interrupts(talk: Conversation, language: str, asked: Asked) -> None:
    """It is answered, and then the open question stands again."""
    talk.presses("guided_check")
    answer = talk.says(SCRIPTS[language].anonymous)

    assert answer.texts[0] == asked.knowledge.reply(language, "utter_is_it_anonymous").text
    assert asked(answer) == "stage"


def test_what_is_not_understood_is_asked_again_and_then_a_person_is_offered(talk: Conversation, asked: Asked) -> None:
    """Nothing loops without a way out."""
    talk.presses("guided_check")
    first, second = (talk.says("qxw zzqj") for _ in range(2))

    assert first.texts[0] == asked.said("utter_check_again")
    assert second.texts[0] == asked.said("utter_fallback_person")
    assert (asked(first), asked(second)) == ("stage", "stage")


def test_a_yes_and_a_no_answer_the_question(talk: Conversation, language: str, asked: Asked) -> None:
    """Every question can be answered with one word."""
    talk.presses("guided_check")
    documents = talk.says(SCRIPTS[language].no)
    money = talk.says(SCRIPTS[language].no)

    assert (asked(documents), asked(money)) == ("documents", "money")
    assert given(talk) == {"stage": "before", "documents": "kept"}


def test_an_answer_is_corrected_in_the_check(talk: Conversation, lines: Lines, asked: Asked) -> None:
    """ "No, I was wrong": the flag goes, the assistant says that it changes the picture, the check goes on."""
    talk.presses("guided_check")
    talk.presses("answer_stage_before")
    talk.presses("answer_documents_kept")
    talk.presses("answer_money_none")
    talk.says(lines.no_contract)
    answer = talk.says(lines.contract_read)
    name = asked.knowledge.flag(talk.language, "no_contract").name

    assert asked.said("check.changes_down", names=f"«{name}»") in answer.texts[0]
    assert (given(talk)["contract"], talk.story.signs) == ("read", ())
    assert asked(answer) == "employer"


def test_a_text_is_corrected_after_the_check(talk: Conversation, language: str, lines: Lines, asked: Asked) -> None:
    """ "No, they do not take my passport": forgotten, and said so."""
    talk.says(SCRIPTS[language].offer)
    talk.presses("stop_check")
    answer = talk.says(lines.passport_stays)

    assert answer.intent == "correct"
    assert "documents_taken" in talk.story.withdrawn
    assert asked.knowledge.flag(language, "documents_taken").name in answer.texts[0]


def test_who_says_only_that_something_is_wrong_chooses_what(talk: Conversation, lines: Lines, asked: Asked) -> None:
    """The answers so far are buttons; the one that is tapped is asked anew."""
    talk.presses("guided_check")
    talk.presses("answer_stage_before")
    talk.presses("answer_documents_taken")
    talk.presses("stop_check")
    which = talk.says(lines.mistaken)
    again = talk.presses("change_documents")
    answer = talk.presses("answer_documents_kept")

    assert which.texts[0] == asked.said("check.correct_which")
    assert which.payloads == ["/change_stage", "/change_documents"]
    assert asked(again) == "documents"
    assert (given(talk)["documents"], talk.story.signs) == ("kept", ())
    assert asked(answer) == "money"


def test_who_is_held_is_asked_no_more(talk: Conversation, asked: Asked) -> None:
    """A way out instead of questions, and no kit for the recruiter."""
    talk.presses("guided_check")
    leave = talk.presses("answer_stage_there")
    end = talk.presses("answer_leave_held")

    assert asked(leave) == "leave"
    assert asked(end) is None
    assert asked.said("utter_in_trouble") in end.texts
    assert "/ask_back" not in end.payloads
    assert talk.presses("ask_back").texts == [asked.said("utter_ask_back_not_now")]


def test_an_emergency_ends_the_check(talk: Conversation, lines: Lines, asked: Asked) -> None:
    """No question is asked after it."""
    talk.presses("guided_check")
    answer = talk.says(lines.help)
    after = talk.presses("deny")

    assert answer.texts == [asked.said("utter_emergency_next")]
    assert asked(after) is None


def test_a_person_ends_the_check(talk: Conversation, language: str) -> None:
    """At any time."""
    talk.presses("guided_check")

    assert talk.says(SCRIPTS[language].person).signals == ["handoff"]


def test_a_child_is_asked_no_more(talk: Conversation, lines: Lines, asked: Asked) -> None:
    """The children's line, short."""
    talk.presses("guided_check")
    for _ in range(6):
        last = talk.presses("skip")
    end = talk.says(lines.sixteen)

    assert asked(last) == "age"
    assert talk.story.signs == ("minor",)
    assert end.texts[-1].splitlines()[0] == asked.said("utter_child").splitlines()[0]


def test_the_kit_is_ready_to_copy(talk: Conversation, language: str, lines: Lines, asked: Asked) -> None:
    """Questions alone in one message, from the flags and from what is missing; not a word about this talk."""
    talk.says(SCRIPTS[language].offer)
    answer = talk.says(lines.ask_them)
    lead, kit, after = answer.texts

    assert answer.signals == ["asked_back"]
    assert lead == asked.said("ask_back.lead")
    assert kit.startswith(asked.said("ask_back.opening"))
    assert asked.knowledge.flag(language, "documents_taken").ask in kit
    assert 3 <= sum(line[:1].isdigit() for line in kit.splitlines()) <= 7
    assert "Karogs" not in kit and "112" not in kit
    assert after == asked.said("utter_ask_back_after")


def test_the_kit_is_in_the_recruiters_language(talk: Conversation, language: str, asked: Asked) -> None:
    """A Russian offer gets Russian questions, whatever the visitor speaks."""
    offer = "ru" if language != "ru" else "lv"
    talk.says(SCRIPTS[offer].offer)
    kit = talk.presses("ask_back").texts[1]

    assert kit.startswith(asked.knowledge.text(offer, "responses.ask_back.opening"))


def test_the_answer_is_checked_in_the_light_of_the_text(
    talk: Conversation, language: str, lines: Lines, asked: Asked
) -> None:
    """What contradicts it withdraws nothing, what is new is shown in its own words, what is not answered is said."""
    talk.says(SCRIPTS[language].offer)
    talk.presses("ask_back")
    answer = talk.says(lines.reply)
    passport = asked.knowledge.flag(language, "documents_taken").name

    assert answer.intent == "their_answer"
    assert asked.said("reply.contradicts", names=f"«{passport}»") in answer.texts[0]
    assert asked.knowledge.flag(language, "upfront_payment").name in answer.texts[0]
    assert asked.said("reply.unanswered", topics="").strip(" .") in answer.texts[0]
    assert {"documents_taken", "upfront_payment"} <= set(talk.story.signs)


def test_an_announced_answer_is_waited_for(talk: Conversation, language: str, lines: Lines, asked: Asked) -> None:
    """The button asks for it; what comes next is it."""
    talk.says(SCRIPTS[language].offer)
    asks = talk.presses("their_answer")
    answer = talk.says(lines.reply)

    assert (asks.texts, asks.signals) == ([asked.said("utter_ask_their_answer")], ["asked_back"])
    assert answer.intent == "their_answer"


def test_silence_is_an_answer(talk: Conversation, language: str, lines: Lines, asked: Asked) -> None:
    """Who is not answered is told what that means."""
    talk.says(SCRIPTS[language].offer)
    talk.presses("ask_back")

    assert talk.says(lines.silence).texts == [asked.said("utter_no_reply")]
