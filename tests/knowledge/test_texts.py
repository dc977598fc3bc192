"""Texts, flags and rights: what is asked for is there, in every language, and some words are never said."""

from __future__ import annotations

import re

import pytest

from bot.knowledge import Knowledge, KnowledgeError
from bot.knowledge.required import ADVICE, RESPONSES, SYSTEM
from bot.messages import PAYLOADS, Button, Reply

LANGUAGES = ("lv", "ru", "uk")


def all_texts(knowledge: Knowledge, language: str) -> dict[str, str]:
    """Everything a visitor may read in one language, by where it stands."""
    keys = [key for key in knowledge.catalogues[language] if not key.startswith("console.")]
    texts = {key: knowledge.catalogues[language][key].text for key in keys}
    for flag_id, flag in knowledge.flags[language].items():
        texts |= {f"flags.{flag_id}.{name}": text for name, text in vars(flag).items()}
    return texts | {topic.id: f"{topic.title}. {topic.text}" for topic in knowledge.topics[language].values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_required_text_is_said(knowledge: Knowledge, language: str) -> None:
    """All keys that the code speaks have words and only payloads that somebody handles."""
    keys = [*RESPONSES, *(f"system.{key}" for key in SYSTEM)]
    assert len(keys) == 57
    for key in keys:
        reply = knowledge.reply(language, key, duty="", opening="", numbers="")
        assert "{" not in reply.text
        assert {button.payload for button in reply.buttons} <= PAYLOADS
        assert len(reply.text) <= 3_500


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_advice_takes_its_values(knowledge: Knowledge, language: str) -> None:
    """What is given to a text stands in it."""
    for key, names in ADVICE.items():
        values = {name: f"<{name}>" for name in names}
        text = knowledge.text(language, f"advice.{key}", **values)
        assert all(value in text for value in values.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_flag_has_four_texts(knowledge: Knowledge, language: str) -> None:
    """All flags of the engine."""
    assert len(knowledge.flags[language]) == 30
    for flag_id in knowledge.flags[language]:
        assert all(vars(knowledge.flag(language, flag_id)).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_right_names_its_sources(knowledge: Knowledge, language: str) -> None:
    """A right that nobody can look up is not said."""
    rights = knowledge.rights(language)
    assert len(rights) == 14
    for right in rights:
        assert all(knowledge.sources[source].title for source in right.sources)


NEVER_SAID = {
    "lv": r"\bupur\w*|\bjūs esat drošībā|piedāvājums ir drošs|nav bīstam",
    "ru": r"\bжертв\w*|предложение безопасно|вы в безопасности|можете не беспокоиться",
    "uk": r"\bжертв\w*|пропозиція безпечна|ви в безпеці|можете не хвилюватися",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_some_words_are_never_said(knowledge: Knowledge, language: str) -> None:
    """Nobody is called a victim, and nothing is called safe."""
    texts = all_texts(knowledge, language)
    assert len(texts) > 200
    found = {key: text for key, text in texts.items() if re.search(NEVER_SAID[language], text, re.IGNORECASE)}

    assert found == {}


def test_a_reply_has_text_and_buttons(knowledge: Knowledge) -> None:
    """A response by its name."""
    reply = knowledge.reply("lv", "utter_ask_delete")

    assert isinstance(reply, Reply)
    assert reply.buttons == (Button("Jā, izdzēst", "/delete"), Button("Nē, paturēt", "/deny"))


def test_values_are_put_in_as_they_are(knowledge: Knowledge) -> None:
    """A visitor's words with braces are words, not placeholders."""
    text = knowledge.text("lv", "advice.flag_line", evidence="{phone:lv_112} {x}", name="n", why="w")

    assert "{phone:lv_112} {x}" in text


def test_a_text_without_its_value_is_an_error(knowledge: Knowledge) -> None:
    """The error names key and value."""
    with pytest.raises(KnowledgeError) as caught:
        knowledge.text("lv", "advice.more_flags")

    assert str(caught.value) == "knowledge: lv: advice.more_flags: needs a value for count"


def test_what_nobody_wrote_is_an_error(knowledge: Knowledge) -> None:
    """An unknown key, flag, entry, need or language is never silence."""
    asks = [
        lambda: knowledge.text("lv", "system.no_such"),
        lambda: knowledge.text("en", "system.emergency"),
        lambda: knowledge.flag("lv", "no_such"),
        lambda: knowledge.entry("no_such"),
        lambda: knowledge.numbers_block("lv", "no_such"),
    ]
    for ask in asks:
        with pytest.raises(KnowledgeError):
            ask()
