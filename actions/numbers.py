"""Whom to call: from where the person is, for what they need, and who answers at this hour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import SlotSet

from actions.pages import pages, paragraphs
from actions.turn import Answer, KnowingAction, Turn
from bot.knowledge import Directory
from bot.knowledge.guide import Caller, Door, caller_of, doors
from bot.knowledge.lines import Lines
from bot.messages import Reply

PLACE = "place"
"""The slot with the country where the visitor said that they are."""

PAGE = 1_800
"""Characters of one message with numbers: what fits on the screen of a phone twice."""


class Numbers(KnowingAction):
    """Danger first, then always two doors: the police, and help without the police."""

    def name(self) -> str:
        return "action_numbers"

    def answer(self, turn: Turn) -> Answer:
        """The lines of the country where the person is, or of those that they name; at home those of every need."""
        lines = self.knowledge.lines(turn.language)
        caller = caller_in(turn, lines.directory)
        parts = numbers_for(caller, lines)
        buttons = self.knowledge.reply(turn.speech, "utter_offer_person").buttons
        *texts, last = pages(parts, limit=PAGE)
        return Answer([*(Reply(text) for text in texts), Reply(last, buttons)], remembered(caller))


def caller_in(turn: Turn, directory: Directory) -> Caller:
    """Who asks, by this message; where it does not say where they are, by what they said before."""
    caller = caller_of(turn.text, turn.language, directory, is_child=_is_child(turn))
    before = turn.slots.get(PLACE)
    return caller if caller.here or before not in directory.countries else replace(caller, here=before)


def remembered(caller: Caller) -> list[dict[str, Any]]:
    """The event by which the country of this message is known in the next one."""
    return [SlotSet(PLACE, caller.here)] if caller.here else []


def numbers_for(caller: Caller, lines: Lines) -> list[str]:
    """The doors of a caller in their order, a paragraph each, then the day on which the sources were read."""
    found = doors(caller, lines)
    checked = lines.checked([entry for door in found for entry in door.entries])
    return [*_without_numbers(caller, lines), *_blocks(found, lines), f"({checked})"]


def _is_child(turn: Turn) -> bool:
    """By this message, or by what was told before."""
    in_message = turn.assessment is not None and any(flag.id == "minor" for flag in turn.assessment.flags)
    return in_message or "minor" in turn.story.believed


def _without_numbers(caller: Caller, lines: Lines) -> Iterator[str]:
    """What has to be said where the directory has no number: of the country where they are, or that they named."""
    directory, words = lines.directory, lines.directory.words
    local = {entry.country for entry in directory.entries.values()}
    meant = (str(caller.here),) if caller.is_abroad else caller.named
    unknown = [directory.countries[code] for code in meant if code not in local]
    told = [words["no_line"][lines.language].format(country=country.name[lines.language]) for country in unknown]
    here = directory.countries[str(caller.here)] if caller.is_abroad else None
    if here and not here.in_union and here.code != "UA":
        told.append(words["local_emergency"][lines.language])
    if told:
        yield "\n".join(told)


def _blocks(found: Sequence[Door], lines: Lines) -> Iterator[str]:
    """A block a door; doors with the same numbers share one. After danger the choice between the two is said."""
    is_told = False
    for at, door in enumerate(found):
        if at and found[at - 1].entries == door.entries:
            continue
        same = [other for other in found[at:] if other.entries == door.entries]
        title = " / ".join(other.title(lines) for other in same)
        block = "\n".join([f"{title}:", *(f"• {lines.line(entry)}" for entry in door.entries)])
        is_choice = not is_told and door.need in ("police", "advice")
        is_told = is_told or is_choice
        yield paragraphs(lines.directory.words["two_doors"][lines.language], block) if is_choice else block
