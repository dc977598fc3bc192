"""A broken file of knowledge is refused, and the error names file, entry and key."""

from __future__ import annotations

from operator import delitem, setitem
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import KnowledgeError, load_knowledge
from tests.knowledge.conftest import Change, change

DIRECTORY = "knowledge/directory.yml"
SYSTEM = "knowledge/lv/system.yml"
RESPONSES = "domain/responses/uk.yml"
ADVICE = "knowledge/ru/advice.yml"
FLAGS = "knowledge/uk/flags.yml"
RIGHTS = "knowledge/ru/rights.yml"
PAGE = "knowledge/lv/page.yml"
CONSOLE = "knowledge/en/console.yml"


def entry(content: Any, entry_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in content["entries"] if item["id"] == entry_id)
    return found


BROKEN: list[tuple[str, Change, tuple[str, str, str]]] = [
    # Texts.
    (SYSTEM, lambda c: delitem(c, "waiting"), (SYSTEM, "lv", "waiting")),
    (RESPONSES, lambda c: delitem(c, "utter_child"), (RESPONSES, "uk", "utter_child")),
    (ADVICE, lambda c: delitem(c, "flag_line"), (ADVICE, "ru", "flag_line")),
    (SYSTEM, lambda c: setitem(c, "empty", "   "), (SYSTEM, "empty", "text")),
    (SYSTEM, lambda c: setitem(c, "empty", 5), (SYSTEM, "empty", "text")),
    (SYSTEM, lambda c: setitem(c, "empty", {"text": "Tukšs", "button": []}), (SYSTEM, "empty", "button")),
    (SYSTEM, lambda c: setitem(c, 112, "Zvaniet"), (SYSTEM, "file", "112")),
    (SYSTEM, lambda c: setitem(c, "empty", "Zvaniet 112"), (SYSTEM, "empty", "text")),
    (SYSTEM, lambda c: setitem(c, "empty", "Zvaniet +371 28612120"), (SYSTEM, "empty", "text")),
    (SYSTEM, lambda c: setitem(c, "empty", "Zvaniet 2861-2120"), (SYSTEM, "empty", "text")),
    (SYSTEM, lambda c: setitem(c, "empty", "Zvaniet 116 123"), (SYSTEM, "empty", "text")),
    (SYSTEM, lambda c: setitem(c, "empty", "Zvaniet {phone:lv_999}"), (SYSTEM, "empty", "text")),
    (SYSTEM, lambda c: setitem(c, "empty", "Zvaniet {numbers:plumber}"), (SYSTEM, "empty", "text")),
    (SYSTEM, lambda c: setitem(c, "empty", "Zvaniet {phone: lv_112}"), (SYSTEM, "empty", "text")),
    (SYSTEM, lambda c: setitem(c, "empty", "Ziņa {count}"), ("knowledge/lv/system.yml", "lv", "empty")),
    (PAGE, lambda c: setitem(c, "only_here", "Teksts"), ("knowledge/ru/page.yml", "ru", "only_here")),
    (CONSOLE, lambda c: setitem(c, "only_here", "Text"), ("knowledge/lv/console.yml", "lv", "only_here")),
    (ADVICE, lambda c: setitem(c, "more_flags", "и ещё {amount}"), (ADVICE, "more_flags", "text")),
    # Buttons.
    (
        SYSTEM,
        lambda c: setitem(c, "empty", {"text": "Tukšs", "buttons": [{"title": "Ej", "payload": "/restart"}]}),
        (SYSTEM, "empty", "payload"),
    ),
    (
        SYSTEM,
        lambda c: setitem(c, "empty", {"text": "Tukšs", "buttons": [{"payload": "/person"}]}),
        (SYSTEM, "empty", "title"),
    ),
    (SYSTEM, lambda c: setitem(c["emergency"], "buttons", []), (SYSTEM, "emergency", "buttons")),
    (RESPONSES, lambda c: setitem(c["utter_ask_delete"], "buttons", []), (RESPONSES, "utter_ask_delete", "buttons")),
    # Flags and rights.
    (FLAGS, lambda c: delitem(c, "documents_taken"), (FLAGS, "file", "documents_taken")),
    (FLAGS, lambda c: setitem(c, "flying", c["threats"]), (FLAGS, "flying", "id")),
    (FLAGS, lambda c: delitem(c["threats"], "ask"), (FLAGS, "threats", "ask")),
    (FLAGS, lambda c: setitem(c["threats"], "why", "Дзвоніть 110"), (FLAGS, "threats", "why")),
    (RIGHTS, lambda c: delitem(c[0], "sources"), (RIGHTS, "help_without_police", "sources")),
    (RIGHTS, lambda c: setitem(c[0], "sources", ["P_NOWHERE"]), (RIGHTS, "help_without_police", "sources")),
    (RIGHTS, lambda c: setitem(c[0], "checked", "вчера"), (RIGHTS, "help_without_police", "checked")),
    (RIGHTS, lambda c: c.append(c[0]), (RIGHTS, "file", "id")),
    # The directory.
    (DIRECTORY, lambda c: delitem(entry(c, "lv_112"), "hours"), (DIRECTORY, "lv_112", "hours")),
    (DIRECTORY, lambda c: setitem(entry(c, "lv_112")["hours"], "kind", "maybe"), (DIRECTORY, "lv_112", "hours.kind")),
    (DIRECTORY, lambda c: delitem(entry(c, "lv_112")["name"], "uk"), (DIRECTORY, "lv_112", "name.uk")),
    (
        DIRECTORY,
        lambda c: setitem(entry(c, "lv_112")["phones"][0], "display", 112),
        (DIRECTORY, "lv_112", "phones.display"),
    ),
    (DIRECTORY, lambda c: setitem(entry(c, "lv_112"), "phones", []), (DIRECTORY, "lv_112", "phones")),
    (
        DIRECTORY,
        lambda c: setitem(entry(c, "lv_112")["phones"][0], "works_only_in", None),
        (DIRECTORY, "lv_112", "phones.works_only_in"),
    ),
    (DIRECTORY, lambda c: setitem(entry(c, "lv_112"), "status", "unverified"), (DIRECTORY, "lv_112", "status")),
    (DIRECTORY, lambda c: setitem(entry(c, "lv_112"), "country", "XX"), (DIRECTORY, "lv_112", "country")),
    (DIRECTORY, lambda c: setitem(entry(c, "lv_112"), "sources", ["P_NOWHERE"]), (DIRECTORY, "lv_112", "sources")),
    (DIRECTORY, lambda c: setitem(entry(c, "lv_110"), "id", "lv_112"), (DIRECTORY, "lv_112", "id")),
    (DIRECTORY, lambda c: setitem(c["needs"]["crisis"], "entries", ["lv_1"]), (DIRECTORY, "needs.crisis", "lv_1")),
    (DIRECTORY, lambda c: delitem(c["needs"], "crisis"), (DIRECTORY, "needs", "crisis")),
    (DIRECTORY, lambda c: setitem(c, "compiled", "today"), (DIRECTORY, "file", "compiled")),
    (DIRECTORY, lambda c: delitem(c["words"]["compiled"], "lv"), (DIRECTORY, "words", "compiled.lv")),
    (DIRECTORY, lambda c: delitem(c["words"], "opens_on"), (DIRECTORY, "words", "opens_on")),
    (DIRECTORY, lambda c: setitem(c["words"]["opens_today"], "ru", "ответят"), (DIRECTORY, "words", "opens_today.ru")),
    (DIRECTORY, lambda c: setitem(c["countries"]["DE"], "zone", "Europe/Bonn"), (DIRECTORY, "DE", "zone")),
    (DIRECTORY, lambda c: delitem(c["countries"]["DE"], "zone"), (DIRECTORY, "DE", "zone")),
    (DIRECTORY, lambda c: setitem(c["check"], "late_days", "many"), (DIRECTORY, "check", "late_days")),
    (DIRECTORY, lambda c: setitem(c["doors"]["home"], "entries", ["lv_1"]), (DIRECTORY, "doors.home", "lv_1")),
    (DIRECTORY, lambda c: setitem(entry(c, "nl"), "checked", "soon"), (DIRECTORY, "nl", "checked")),
    (
        DIRECTORY,
        lambda c: setitem(entry(c, "nl")["hours"]["weekly"], "mon", "17:00-9:00"),
        (DIRECTORY, "nl", "hours.weekly.mon"),
    ),
    (
        DIRECTORY,
        lambda c: setitem(entry(c, "nl")["hours"]["weekly"], "day", "9:00-17:00"),
        (DIRECTORY, "nl", "hours.weekly.day"),
    ),
    (DIRECTORY, lambda c: delitem(entry(c, "nl")["hours"], "on_holidays"), (DIRECTORY, "nl", "on_holidays")),
    (
        DIRECTORY,
        lambda c: delitem(entry(c, "lv_patverums")["hours"], "readings"),
        (DIRECTORY, "lv_patverums", "hours.readings"),
    ),
    ("knowledge/sources.yml", lambda c: delitem(c["S0"], "date"), ("knowledge/sources.yml", "S0", "date")),
]


def test_the_broken_cases_are_all_here() -> None:
    """A case that disappears is noticed."""
    assert len(BROKEN) == 56


@pytest.mark.parametrize(("file", "how", "expected"), BROKEN, ids=[f"{e[0]}-{e[1]}-{e[2]}" for _, _, e in BROKEN])
def test_a_broken_file_is_refused(data: Path, file: str, how: Change, expected: tuple[str, str, str]) -> None:
    """The error names file, entry and key of what is wrong."""
    change(data / file, how)
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(data)

    assert (caught.value.file, caught.value.entry, caught.value.key) == expected


UNREADABLE = [
    ("the same key twice", b'empty: "a"\nempty: "b"\n', ("line 2", "YAML")),
    ("broken YAML", b'empty: "a\n', ("line 2", "YAML")),
    ("another encoding", "empty: тест".encode("cp1251"), ("file", "encoding")),
    ("a list instead of a mapping", b"- empty\n", ("file", "content")),
    ("nothing", b"", ("file", "content")),
]


@pytest.mark.parametrize(("name", "content", "expected"), UNREADABLE, ids=[case[0] for case in UNREADABLE])
def test_an_unreadable_file_is_refused(data: Path, name: str, content: bytes, expected: tuple[str, str]) -> None:
    """What cannot be read at all is named by file and line."""
    (data / SYSTEM).write_bytes(content)
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(data)

    assert (caught.value.file, caught.value.entry, caught.value.key) == (SYSTEM, *expected)


def test_a_missing_file_is_refused(data: Path) -> None:
    """A language without its file is no language."""
    (data / FLAGS).unlink()
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(data)

    assert (caught.value.file, caught.value.problem) == (FLAGS, "is missing")
