"""A visitor's conversation on Telegram, from both ends: the real client, the real core."""

from __future__ import annotations

import pytest

from bot.messages import Sender
from tests.telegram.botapi import World
from tests.telegram.conftest import Telegram
from tests.telegram.rig import Asked, echo, in_three_languages, knowledge, texts

ANN = 1_001
BEN = 1_002
GREETINGS = {
    "lv": "Labdien, man piedāvā darbu Vācijā",
    "ru": "Здравствуйте, мне предлагают работу",
    "uk": "Добрий день, мені пропонують роботу",
}


def payloads(world: World, chat_id: int) -> list[tuple[str, ...]]:
    """The payloads under each message sent to the chat."""
    return [sent.payloads for sent in world.sent if sent.chat_id == chat_id]


@pytest.mark.parametrize("language", ["lv", "ru", "uk"])
async def test_a_conversation_goes_to_the_assistant_to_an_operator_and_back(telegram: Telegram, language: str) -> None:
    """Greeting, language, an offer, a person, the person's answer, the end: all of it in the visitor's language."""
    world, core = telegram.world, telegram.core
    world.text(ANN, "/start")
    await telegram.sent(ANN, 1)
    world.tap(ANN, f"/{language}")
    await telegram.sent(ANN, 2)
    world.text(ANN, GREETINGS[language])
    await telegram.sent(ANN, 3)
    world.tap(ANN, "/person")
    await telegram.sent(ANN, 4)
    operator = core.operator()
    conversation_id = core.desk.next(operator)
    assert conversation_id is not None
    world.text(ANN, "???")
    core.desk.write(operator, conversation_id, "c1", "Es esmu šeit. Я здесь. Я тут.")
    await telegram.sent(ANN, 5)
    closed = knowledge().reply(language, "system.closed")
    core.desk.close(operator, conversation_id, "advised", closed)

    (start,) = texts(["system.telegram_start"], "lv")
    language_set, waiting = texts(["system.language_set", "system.waiting_nobody"], language)
    assert await telegram.sent(ANN, 6) == [
        start,
        language_set,
        f"{language}: {GREETINGS[language]}",
        waiting,
        "Es esmu šeit. Я здесь. Я тут.",
        closed.text,
    ]
    assert [sent.text for sent in world.sent if "protect_content" in sent.parameters] == [
        "Es esmu šeit. Я здесь. Я тут."
    ]
    assert [asked.text for asked in telegram.assistant.asked] == [GREETINGS[language]]
    assert [len(world.answered_taps), len(world.open_taps)] == [2, 0]


@pytest.mark.parametrize("language", ["lv", "ru", "uk"])
async def test_the_assistant_answers_in_the_language_that_is_written(telegram: Telegram, language: str) -> None:
    """Nobody has to choose: the first message is answered in its own language, with its buttons."""
    telegram.world.text(ANN, GREETINGS[language])

    assert await telegram.sent(ANN, 1) == [f"{language}: {GREETINGS[language]}"]
    assert payloads(telegram.world, ANN) == [("/person",)]


async def test_an_emergency_is_answered_at_once_and_offers_a_person(telegram: Telegram) -> None:
    """The static text with the numbers comes first, whatever the assistant says."""
    telegram.world.text(ANN, "Viņš mani slepkavo")
    sent = await telegram.sent(ANN, 2)

    assert sent == [*texts(["system.emergency"], "lv"), "lv: Viņš mani slepkavo"]
    assert payloads(telegram.world, ANN)[0] == ("/person",)


async def test_a_dead_assistant_does_not_silence_the_bot(telegram: Telegram) -> None:
    """An empty answer counts as unavailable: numbers, and a person is offered."""
    telegram.assistant.script = lambda asked: {"messages": [], "intent": "", "signals": []}
    telegram.world.text(ANN, GREETINGS["lv"])

    assert await telegram.sent(ANN, 1) == texts(["system.unavailable"], "lv")


async def test_every_message_is_silent_plain_and_without_preview(telegram: Telegram) -> None:
    """Nothing rings, no link is unfolded, no markup is read; numbers can be copied and forwarded."""
    telegram.world.text(ANN, "*https://example.org* <b>x</b>")
    await telegram.sent(ANN, 1)
    (sent,) = telegram.world.sent

    assert sent.parameters | {"reply_markup": "", "text": ""} == {
        "chat_id": str(ANN),
        "text": "",
        "disable_notification": "true",
        "link_preview_options": '{"is_disabled": true}',
        "reply_markup": "",
    }


COMMANDS = {
    "/person": ["system.waiting_nobody"],
    "/help": ["system.telegram_help"],
    "/delete": ["system.delete_question"],
    "/start": ["system.telegram_start"],
    "/start poster-42": ["system.telegram_start"],
    "/HELP@karogs_bot": ["system.telegram_help"],
}


async def test_commands_do_what_their_buttons_do(telegram: Telegram) -> None:
    """Each command in a chat where Ukrainian was chosen."""
    seen = 0
    for number, (command, keys) in enumerate(COMMANDS.items()):
        chat_id = 2_000 + number
        telegram.world.text(chat_id, "/uk")
        await telegram.sent(chat_id, 1)
        telegram.world.text(chat_id, command)
        assert await telegram.sent(chat_id, 2) == texts(["system.language_set", *keys], "uk")
        seen += 1

    assert seen == 6


async def test_numbers_and_rights_are_asked_of_the_assistant(telegram: Telegram) -> None:
    """As the intents of their buttons."""
    for command in ("/ru", "/numbers", "/rights"):
        telegram.world.text(ANN, command)
    sent = await telegram.sent(ANN, 3)

    assert sent == [*texts(["system.language_set"], "ru"), "ru: ask_number", "ru: ask_rights"]


async def test_an_unknown_command_is_text(telegram: Telegram) -> None:
    """Also one that is an intent of the assistant: only buttons press; the slash reaches it disarmed."""
    for text in ("/restart", "/check_offer", "/alone", "/emergency{}"):
        telegram.world.text(ANN, text)
    await telegram.sent(ANN, 4)

    assert [(asked.text, asked.intent) for asked in telegram.assistant.asked] == [
        ("\u2060/restart", None),
        ("\u2060/check_offer", None),
        ("\u2060/alone", None),
        ("\u2060/emergency{}", None),
    ]


async def test_words_behind_a_command_are_heard(telegram: Telegram) -> None:
    """Somebody who writes on after /person is in danger all the same."""
    telegram.world.text(ANN, "/person viņš mani slepkavo")
    sent = await telegram.sent(ANN, 3)

    assert sorted(sent) == sorted(
        [*texts(["system.emergency", "system.waiting_nobody"], "lv"), "lv: viņš mani slepkavo"]
    )
    assert telegram.core.heard(ANN) == ["viņš mani slepkavo", "/person"]


async def test_a_tap_from_outside_the_list_does_nothing(telegram: Telegram) -> None:
    """It is answered, so that the circle stops, and nothing is stored or said."""
    for payload in ("/restart", "/emergency", "", "/Person", "x" * 64):
        telegram.world.tap(ANN, payload)
    await telegram.until(lambda: len(telegram.world.answered_taps) == 5)
    await telegram.quiet()

    assert (telegram.world.sent, telegram.core.frontdoor.by_chat(ANN)) == ([], None)


UNREADABLE = {
    "photo": "system.photo",
    "voice": "system.voice",
    "sticker": "system.sticker",
    "contact": "system.contact",
    "location": "system.unsupported",
    "document": "system.unsupported",
}


async def test_what_cannot_be_read_gets_a_kind_sentence_and_is_not_stored(telegram: Telegram) -> None:
    """In all three languages, because nothing is known about this chat, and nothing will be."""
    seen = 0
    for number, (kind, key) in enumerate(UNREADABLE.items()):
        chat_id = 3_000 + number
        getattr(telegram.world, kind)(chat_id)
        assert await telegram.sent(chat_id, 1) == [in_three_languages(key)]
        assert telegram.core.frontdoor.by_chat(chat_id) is None
        seen += 1

    assert seen == 6


async def test_in_a_conversation_the_sentence_is_in_its_language_and_the_operator_sees_it(telegram: Telegram) -> None:
    """The operator learns that something came which nobody can see; of the thing itself nothing is kept."""
    telegram.world.text(ANN, "/ru")
    await telegram.sent(ANN, 1)
    telegram.world.contact(ANN)
    sent = await telegram.sent(ANN, 2)
    said = [(message.sender, message.text) for message in telegram.core.transcript(ANN)]

    assert sent == texts(["system.language_set", "system.contact"], "ru")
    assert said[:3] == [
        (Sender.VISITOR, "/ru"),
        (Sender.ASSISTANT, sent[0]),
        (Sender.SYSTEM, sent[1]),
    ]


async def test_an_album_gets_one_answer(telegram: Telegram) -> None:
    """Ten photos are ten updates, and one thing to say about them."""
    for _ in range(10):
        telegram.world.photo(ANN)
    telegram.world.sticker(ANN)

    assert await telegram.sent(ANN, 2) == [in_three_languages("system.photo"), in_three_languages("system.sticker")]


async def test_the_words_under_a_photo_are_read(telegram: Telegram) -> None:
    """The caption is a message like any other; the photo is said not to be read."""
    telegram.world.text(ANN, "/lv")
    await telegram.sent(ANN, 1)
    telegram.world.photo(ANN, "Darbs Vācijā, 3000 eiro")
    sent = await telegram.sent(ANN, 3)

    assert sorted(sent[1:]) == sorted([*texts(["system.photo"], "lv"), "lv: Darbs Vācijā, 3000 eiro"])
    assert telegram.core.heard(ANN) == ["/lv", "Darbs Vācijā, 3000 eiro"]


async def test_an_edited_message_is_a_new_one(telegram: Telegram) -> None:
    """Both versions are kept and assessed; the same edit again is not."""
    message = telegram.world.text(ANN, "Labs darbs")
    await telegram.sent(ANN, 1)
    for edit_date in (50, 50, 60):
        telegram.world.edit(ANN, message["message_id"], f"Labs darbs, iemaksa {edit_date}", edit_date)
    sent = await telegram.sent(ANN, 4)

    assert telegram.core.heard(ANN) == ["Labs darbs", "Labs darbs, iemaksa 50", "Labs darbs, iemaksa 60"]
    assert sorted(sent) == sorted(
        [
            "lv: Labs darbs",
            "lv: Labs darbs, iemaksa 50",
            "lv: Labs darbs, iemaksa 60",
            *texts(["system.edited"], "lv"),
        ]
    )


async def test_an_edit_cannot_press_a_button(telegram: Telegram) -> None:
    """An edited message that turns into a command stays text."""
    message = telegram.world.text(ANN, "Labdien")
    await telegram.sent(ANN, 1)
    telegram.world.edit(ANN, message["message_id"], "/person", 50)
    await telegram.sent(ANN, 3)

    assert [asked.text for asked in telegram.assistant.asked] == ["Labdien", "\u2060/person"]


async def test_groups_get_one_sentence_and_are_left(telegram: Telegram) -> None:
    """What is said there is not for us; a channel is left without a word."""
    for _ in range(3):
        telegram.world.group_text(-501, "does it work here?")
    telegram.world.added_to_group(-502)
    telegram.world.group_text(-503, "news", kind="channel")
    await telegram.until(lambda: sorted(telegram.world.left) == [-503, -502, -501])

    group = in_three_languages("system.group")
    assert sorted((sent.chat_id, sent.text) for sent in telegram.world.sent) == [(-502, group), (-501, group)]
    assert [telegram.core.frontdoor.by_chat(chat_id) for chat_id in (-501, -502, -503, 5_001)] == [None] * 4


async def test_a_long_message_is_heard_to_its_end(telegram: Telegram) -> None:
    """Telegram allows 96 characters more than we store in one message: it becomes two."""
    text = "Darbs ārzemēs. " * 272 + "Atņem pasi"
    assert 4_000 < len(text) <= 4_096
    telegram.world.text(ANN, text)
    await telegram.sent(ANN, 2)
    heard = telegram.core.heard(ANN)

    assert (len(heard), max(map(len, heard)) <= 4_000, " ".join(heard)) == (2, True, text)


async def test_deleting_by_button_empties_the_chat_and_forgets_it(telegram: Telegram) -> None:
    """The question first; then nothing is left of the conversation, and both sides' messages are taken away."""
    world = telegram.world
    written = world.text(ANN, "Labdien")
    await telegram.sent(ANN, 1)
    world.text(ANN, "/delete")
    await telegram.sent(ANN, 2)
    question = world.sent[-1]
    assert set(question.payloads) == {"/delete", "/keep"}
    world.tap(ANN, "/delete")
    await telegram.until(lambda: len(world.sent) == 3)

    assert telegram.core.frontdoor.by_chat(ANN) is None
    assert world.sent[-1].text in texts(["system.deleted"], "lv")
    assert {written["message_id"], *(sent.message_id for sent in world.sent[:2])} <= set(world.deleted[ANN])
    assert world.sent[-1].message_id not in world.deleted[ANN]


async def test_deleting_in_words_is_confirmed_too(telegram: Telegram) -> None:
    """The assistant hears the yes; the confirmation reaches the chat although its conversation is gone."""
    telegram.assistant.script = lambda asked: (
        {"messages": [], "intent": "affirm", "signals": ["delete"]} if asked.text == "jā, dzēst" else echo(asked)
    )
    telegram.world.text(ANN, "jā, dzēst")

    assert await telegram.sent(ANN, 1) == texts(["system.deleted"], "lv")
    assert telegram.core.frontdoor.by_chat(ANN) is None


async def test_deleting_where_there_is_nothing_says_the_same(telegram: Telegram) -> None:
    """Nobody learns from the answer whether there was a conversation."""
    telegram.world.tap(ANN, "/delete")

    assert await telegram.sent(ANN, 1) == [in_three_languages("system.deleted")]
    assert telegram.core.frontdoor.by_chat(ANN) is None


async def test_the_menu_is_set_in_three_languages(telegram: Telegram) -> None:
    """And in Latvian for every other phone; it says nothing that would tell what the bot is for."""
    commands = telegram.world.commands
    assert {language: [entry["command"] for entry in menu] for language, menu in commands.items()} == {
        language: ["person", "numbers", "rights", "selfcheck", "stories", "easy", "delete", "lv", "ru", "uk"]
        for language in ("", "lv", "ru", "uk")
    }
    assert [commands[language][0]["description"] for language in ("", "lv", "ru", "uk")] == [
        next(
            button.title
            for button in knowledge().reply(language or "lv", "utter_greet").buttons
            + knowledge().reply(language or "lv", "utter_help").buttons
            + knowledge().reply(language or "lv", "system.telegram_help").buttons
            if button.payload == "/person"
        )
        for language in ("", "lv", "ru", "uk")
    ]


async def test_chats_do_not_mix(telegram: Telegram) -> None:
    """Twelve people at once: each gets the answers to their own words, in their own order."""
    for number in range(5):
        for chat_id in range(4_000, 4_012):
            telegram.world.text(chat_id, f"zina {chat_id} {number}")
    await telegram.until(lambda: len(telegram.world.sent) == 60)

    assert {chat_id: telegram.world.sent_to(chat_id) for chat_id in range(4_000, 4_012)} == {
        chat_id: [f"lv: zina {chat_id} {number}" for number in range(5)] for chat_id in range(4_000, 4_012)
    }


def test_the_script_of_the_assistant_is_what_the_tests_think() -> None:
    """`echo` says language and text."""
    assert echo(Asked("s", "hi", None, "lv"))["messages"][0]["text"] == "lv: hi"
