"""What is heard in real messages, by the real engine, in three languages."""

from __future__ import annotations

import pytest

from bot.story import Story, Telling, Voice
from bot.story.listening import Listener
from bot.story.understanding import answer_to, facts_in

OFFERS = {
    "lv": "Darbs Vācijā, noliktavā, 2500 eiro mēnesī, dzīvošana kopā ar citiem. Pasi pēc ierašanās nododiet "
    "vadītājam, to atdos pēc sezonas beigām. Izbraukšana svētdien no autoostas, rakstiet WhatsApp, vietu ir maz.",
    "ru": "Работа в Германии на складе, 2500 евро в месяц, жильё вместе с другими. Паспорт по приезде отдадите "
    "бригадиру, вернут после сезона. Выезд в воскресенье от автовокзала, пишите в WhatsApp, мест осталось мало.",
    "uk": "Робота в Німеччині на складі, 2500 євро на місяць, житло разом з іншими робітниками. Паспорт після приїзду "
    "віддасте бригадиру, повернуть після сезону. Виїзд у неділю від автовокзалу, пишіть у WhatsApp, місць мало.",
}
CORRECTIONS = {
    "lv": ("nē, pasi viņi neņem", "Nē, kļūdījos, pase paliek pie manis.", "pasi neviens neatņem"),
    "ru": ("нет, паспорт не забирают", "Нет, я имел в виду, что паспорт остаётся у меня.", "паспорт никто не забирает"),
    "uk": ("ні, паспорт не забирають", "Ні, я мав на увазі, що паспорт лишається у мене.", "паспорт ніхто не забирає"),
}
LANGUAGES = tuple(OFFERS)


def heard(listener: Listener, *texts: str) -> Story:
    """The story of these messages; the numbers between are the assistant's answers."""
    story = Story()
    for number, text in enumerate(texts):
        story = story.hearing(listener.hear(text, 2 * number + 1, story).telling)
    return story


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(3))
def test_a_correction_takes_the_flag_back(listener: Listener, language: str, number: int) -> None:
    """ "No, they do not take my passport", in three ways and three languages."""
    before = heard(listener, OFFERS[language])
    after = heard(listener, OFFERS[language], CORRECTIONS[language][number])

    assert "documents_taken" in before.signs
    assert "documents_taken" not in after.signs
    assert after.withdrawn == {"documents_taken": 3}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(3))
def test_a_correction_is_no_alarm(listener: Listener, language: str, number: int) -> None:
    """The word "passport" in a short denial must not become an emergency."""
    assessment = listener.hear(CORRECTIONS[language][number], 1, Story()).assessment

    assert (assessment.risk, assessment.emergency, assessment.flags) == ("none", False, ())


NOT_TAKEN_BACK = (
    "не можна мати телефон, його забирають",
    "сказала не дзвонити, бо телефон забирають",
    "сказала не звонить, телефон отбирают",
    "teica nezvanīt, jo telefonu atņem",
)


@pytest.mark.parametrize("text", NOT_TAKEN_BACK)
def test_a_no_about_something_else_takes_no_harm_back(listener: Listener, text: str) -> None:
    """ "Not allowed a phone" denies nothing."""
    assert "movement_restricted" not in listener.hear(text, 1, Story()).telling.denied


STILL_ALARMS = (
    "не отдают паспорт",
    "паспорт не возвращают",
    "не віддають паспорт",
    "pasi neatdod",
    "pasi atdevu, neatdod atpakaļ",
    "нет, паспорт у меня, но он меня бьёт и не выпускает",
    "nē, pase ir pie manis, bet mani nelaiž ārā",
    "ні, паспорт у мене, але він погрожує мене вбити",
    "не даёт телефон",
    "забрали паспорт и заперли",
    "паспорт забрали, бьют",
    "договора нет, меня бьют",
)


@pytest.mark.parametrize("text", STILL_ALARMS)
def test_a_no_that_tells_of_harm_stays_an_alarm(listener: Listener, text: str) -> None:
    """Not giving back is no denial, and a kept passport does not outweigh blows."""
    assert listener.hear(text, 1, Story()).assessment.is_alarm


ANSWERS = ("не говорят название", "договор обещали потом", "līguma nav", "договору немає", "адрес не говорят")


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_in_a_few_words_is_no_emergency(listener: Listener, text: str) -> None:
    """The letters of three words prove nothing; what they say in so many words is a fact."""
    heard = listener.hear(text, 1, Story())

    assert not heard.assessment.emergency
    assert heard.telling.facts


@pytest.mark.parametrize("text", ["kas tu esi?", "кто ты?", "хто ти?", "labi", "ok, paldies", "Tu esi idiots"])
def test_small_talk_leaves_no_sign(listener: Listener, text: str) -> None:
    """Nothing that only the model guesses from a few letters gets into the story."""
    assert listener.hear(text, 1, Story()).telling.flags == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pasted_text_withdraws_nothing(listener: Listener, language: str) -> None:
    """An advertisement that promises the contrary is not the visitor's correction."""
    promise = {
        "lv": "Darbs Vācijā! Pasi neņemam, maksāt nav jāmaksā nekas. ",
        "ru": "Работа в Германии! Паспорт не забираем, платить ничего не надо. ",
        "uk": "Робота в Німеччині! Паспорт не забираємо, платити нічого не треба. ",
    }[language]
    story = heard(listener, OFFERS[language], promise + OFFERS[language])

    assert "documents_taken" in story.signs


@pytest.mark.parametrize("text", ["viņi neatbild", "они не отвечают", "вони не відповідають"])
def test_silence_is_no_cry_for_help(listener: Listener, text: str) -> None:
    """While an answer is waited for; a cry for help has words that stand in the lexicon."""
    story = heard(listener, OFFERS["ru"]).hearing(Telling(2, "ru", asked_back=True))

    assert not listener.hear(text, 3, story).assessment.is_alarm
    assert listener.hear("помогите, он меня бьёт", 3, story).assessment.emergency


def test_after_questions_the_next_words_are_the_recruiters(listener: Listener) -> None:
    """However short they are, they withdraw nothing."""
    story = heard(listener, OFFERS["ru"]).hearing(Telling(2, "ru", asked_back=True))
    telling = listener.hear("Нет, паспорт не забираем", 3, story).telling

    assert telling.voice is Voice.REPLY
    assert "documents_taken" in telling.denied
    assert "documents_taken" in story.hearing(telling).signs


@pytest.mark.parametrize("text", ["", " ", "😀", "????", "а" * 4_000, "\ud800", "no " * 1_300])
def test_any_text_is_heard(listener: Listener, text: str) -> None:
    """Without an exception."""
    assert listener.hear(text, 1, Story()).telling.seq == 1


@pytest.mark.parametrize(
    "text", ["Pase būs pie mums drošībai.", "Паспорт будет у нас для надёжности.", "Паспорт буде у нас для надійності."]
)
def test_a_passport_with_them_is_not_with_the_visitor(listener: Listener, text: str) -> None:
    """ "With us" in an offer means with those who make it: it never speaks for them."""
    assert [fact for fact in facts_in(text, listener.questions) if fact.answer == "kept"] == []


ANOTHER = {
    "lv": ("Un šis? ", "Vēl viens sludinājums: ", "Ko teiksiet par šo: "),
    "ru": ("А это? ", "А вот ещё одно объявление: ", "Что скажете про такое: "),
    "uk": ("А оце? ", "Ось ще одна вакансія: ", "А що скажете про таке: "),
}
HONEST = {
    "lv": "SIA Alfa Rīgā meklē kasieri, 1100 eiro bruto, darba līgums no pirmās dienas, 40 stundas nedēļā.",
    "ru": "SIA Alfa в Риге ищет кассира, 1100 евро брутто, трудовой договор с первого дня, 40 часов в неделю.",
    "uk": "SIA Alfa в Ризі шукає касира, 1100 євро брутто, трудовий договір з першого дня, 40 годин на тиждень.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(3))
def test_the_next_offer_is_told_apart(listener: Listener, language: str, number: int) -> None:
    """An honest second one is not blamed for the first."""
    story = heard(listener, OFFERS[language], ANOTHER[language][number] + HONEST[language])

    assert story.tellings[-1].turns
    assert "documents_taken" in story.signs
    assert "documents_taken" not in story.of_last_offer.signs


@pytest.mark.parametrize(
    "text",
    [
        "а это нормально, что просят паспорт?",
        "un tas ir normāli?",
        "а що як відмовлюся?",
        "ещё они просят паспорт",
        "vēl viņi prasa pasi",
        "ще одна дівчина поїхала з ними",
        "у меня новая работа",
    ],
)
def test_a_question_about_the_same_offer_stays_with_it(listener: Listener, text: str) -> None:
    """Words such as "and this" alone turn to nothing else."""
    assert not heard(listener, OFFERS["lv"], text).tellings[-1].turns


def test_the_first_message_turns_to_nothing(listener: Listener) -> None:
    """ "And this one?" at the very beginning is the first offer."""
    assert not any(telling.turns for telling in heard(listener, "Un šis? " + OFFERS["lv"]).tellings)


RETOLD = {
    "lv": "Vīrietis telegramā piedāvā darbu Vācijā",
    "ru": "Мужчина в телеграме предлагает работу в Германии",
    "uk": "Чоловік у телеграмі пропонує роботу в Німеччині",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_told_in_a_few_words_is_not_called_grave(listener: Listener, language: str) -> None:
    """Where no grave sign stands in them, questions say more than the model's guess."""
    assert listener.hear(RETOLD[language], 1, Story()).assessment.risk in ("none", "low", "medium")


@pytest.mark.parametrize("text", ["hz nezinu vēl", "не знаю пока", "ще не знаю"])
def test_not_knowing_is_no_alarm(listener: Listener, text: str) -> None:
    """It answers a question, and holds nothing else."""
    assessment = listener.hear(text, 1, Story()).assessment

    assert (assessment.risk, assessment.emergency) == ("none", False)


STILL_HERE = (
    ("ru", "договор обещают подписать уже там на месте", ("contract", "later")),
    ("ru", "он дома ещё, уедет только через две недели", ("stage", "before")),
    ("ru", "мама об этом не знает", ("circle", "untold")),
    ("uk", "договір підпишемо вже там, на місці", ("contract", "later")),
    ("uk", "мама не знає", ("circle", "untold")),
    ("lv", "mamma par to nezina", ("circle", "untold")),
    ("lv", "esmu mājās vēl", ("stage", "before")),
)


@pytest.mark.parametrize(("language", "text", "answer"), STILL_HERE)
def test_words_between_never_turn_an_answer_round(
    listener: Listener, language: str, text: str, answer: tuple[str, str]
) -> None:
    """ "Mother does not know" is no "mother knows", and a contract that is signed there puts nobody there."""
    assert len(STILL_HERE) == 7
    facts = facts_in(text, listener.questions)

    assert [(fact.question, fact.answer) for fact in facts] == [answer], language


@pytest.mark.parametrize("text", ["нет вы не поняли он дома ещё", "nē jūs nesapratāt, viņš vēl mājās"])
def test_a_no_with_an_answer_of_its_own_holds_nobody(listener: Listener, text: str) -> None:
    """That somebody cannot leave is believed of a no, and not of one that says that they are at home."""
    telling = listener.hear(text, 1, Story()).telling
    question = listener.questions.all["leave"]

    assert answer_to(question, "нет, не получается уйти", Telling(1, "ru"), listener.questions) is not None
    assert answer_to(question, text, telling, listener.questions) is None


@pytest.mark.parametrize("text", ["уже на месте", "я давно уже на месте", "он уже там", "вже на місці", "jau klāt"])
def test_who_is_there_is_understood(listener: Listener, text: str) -> None:
    """It decides whom to call."""
    assert [(fact.question, fact.answer) for fact in facts_in(text, listener.questions)] == [("stage", "there")]


def test_an_answer_shows_no_more_than_it_says(listener: Listener) -> None:
    """What the model adds to six words was not told."""
    assessment = listener.hear("teica ka pase būs jāatdod saimniekam", 1, Story()).assessment

    assert [flag.id for flag in assessment.flags] == ["documents_taken"]


CHILDREN_AND_BLOOD = (
    "man ir 14, sit",
    "мне 12, он рядом",
    "тата вбивають у вагончику",
    "вони вже в під'їзді",
    "mame ne mogu ona ubjet menja",
    "маме не могу она убьёт меня",
    "мамі не можу сказати, вона мене вб'є",
)


@pytest.mark.parametrize("text", CHILDREN_AND_BLOOD)
def test_few_words_can_be_an_emergency(listener: Listener, text: str) -> None:
    """Whatever phrase stands in them besides, and whatever "not" before the danger."""
    assert len(CHILDREN_AND_BLOOD) == 7
    assert listener.hear(text, 1, Story()).assessment.emergency


DENIED = (
    "нет, не угрожают",
    "меня никто не держит",
    "nē, mani netur",
    "neviens neslēdz",
    "ні, не б'ють",
    "мене ніхто не тримає",
)


@pytest.mark.parametrize("text", DENIED)
def test_a_denied_harm_is_no_emergency(listener: Listener, text: str) -> None:
    """In the few words in which people answer the question about it."""
    assert not listener.hear(text, 1, Story()).assessment.is_alarm


def test_an_emergency_takes_back_no_harm_that_was_told(listener: Listener) -> None:
    """The "not" is that of what cannot be done."""
    story = heard(listener, "он угрожает, что убьёт меня", "маме не могу она убьёт меня")

    assert "threats" in story.signs
    assert story.withdrawn == {}


@pytest.mark.parametrize("text", ["ņurr ņurr pļikš", "у меня забрали паспорт"])
def test_few_plain_words_are_no_emergency(listener: Listener, text: str) -> None:
    """Neither a row of letters nor a phrase that says all and tells of no danger now."""
    assert not listener.hear(text, 1, Story()).assessment.emergency
