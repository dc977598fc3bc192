"""The first words in an emergency fit who is in danger, and where."""

from __future__ import annotations

import pytest

from bot.commands.places import default_places
from bot.gateway.alarm import Alarm
from bot.knowledge import Knowledge
from bot.redflags import Assessment
from bot.redflags.assessment import RedFlag
from bot.story import Story, Telling
from bot.story.topics import load_topics

CRIES = [
    ("lv", "viņš mani sit, es esmu ieslēgta", "emergency"),
    ("ru", "жить не хочу больше", "emergency_crisis"),
    ("lv", "negribu vairs dzīvot", "emergency_crisis"),
    ("uk", "не хочу жити", "emergency_crisis"),
]


@pytest.fixture
def alarm(knowledge: Knowledge) -> Alarm:
    """With the phrases of the real topics."""
    return Alarm(knowledge, load_topics(default_places().nlu_data))


def found(kind: str = "in_trouble") -> Assessment:
    return Assessment("lv", kind, "high", True)


@pytest.mark.parametrize(("language", "text", "name"), CRIES)
def test_the_words_fit_the_danger(alarm: Alarm, knowledge: Knowledge, language: str, text: str, name: str) -> None:
    """Who does not want to live is not told to go to a shop."""
    assert len(CRIES) == 4
    assert alarm.reply(language, text, Story(), found()) == knowledge.reply(language, f"system.{name}")


def test_they_are_short_the_second_time(alarm: Alarm, knowledge: Knowledge) -> None:
    """The numbers stand above already; who does not want to live gets theirs whatever was said before."""
    before = Story((Telling(1, "lv", "in_trouble", "high", emergency=True),))

    assert alarm.reply("lv", "viņš nāk", before, found()) == knowledge.reply("lv", "system.emergency_again")
    assert alarm.reply("ru", "жить не хочу", before, found()) == knowledge.reply("ru", "system.emergency_crisis")


def test_abroad_there_are_no_numbers_that_work_in_latvia_only(alarm: Alarm, knowledge: Knowledge) -> None:
    """112 of the Union, and the consul."""
    reply = alarm.reply("ru", "я в Германии, меня заперли", Story(), found())

    assert knowledge.lines("ru").line(knowledge.entry("eu")) in reply.text
    assert knowledge.entry("lv_konsular").phones[0].display in reply.text
    assert "116123" not in reply.text
    assert [button.payload for button in reply.buttons] == ["/person"]


@pytest.mark.parametrize("text", ["мене б'ють, я з України", "я из Украины, меня заперли в Лиепае"])
def test_where_somebody_comes_from_changes_nothing(alarm: Alarm, knowledge: Knowledge, text: str) -> None:
    """A line that answers in Ukraine alone helps nobody who was beaten in Latvia."""
    assert alarm.reply("uk", text, Story(), found()) == knowledge.reply("uk", "system.emergency")


def test_a_country_that_is_only_named_adds_its_lines(alarm: Alarm, knowledge: Knowledge) -> None:
    """They may be there, or may be taken there: the Latvian numbers stay."""
    reply = alarm.reply("ru", "меня бьёт хозяин бара. кипр лимассол", Story(), found())

    assert reply.text.startswith(knowledge.text("ru", "system.emergency"))
    assert knowledge.entry("cy").phones[0].display in reply.text


def test_who_is_held_gets_more_than_the_crisis_line(alarm: Alarm, knowledge: Knowledge) -> None:
    """ "He says he will kill himself, he locked me in" is danger from another."""
    locked = RedFlag("movement_restricted", "critical", 0, 1, "запер")
    assessment = Assessment("ru", "in_trouble", "high", True, (locked,))
    reply = alarm.reply("ru", "он запер меня, говорит что покончит с собой", Story(), assessment)

    assert reply == knowledge.reply("ru", "system.emergency")


def test_who_fears_for_another_is_told_where_to_call(alarm: Alarm, knowledge: Knowledge) -> None:
    """Their own country says nothing of where the other person is."""
    reply = alarm.reply("ru", "подругу заперли в Германии", Story(), found("third_party"))

    assert reply == knowledge.reply("ru", "system.emergency_other")
