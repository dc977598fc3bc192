"""`karogs licences import|list|ask|remove`: the public lists with which the assistant compares company names."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.commands.failures import CommandFailed
from bot.commands.installation import INSTALLATION_ERRORS, Installation, now, this_installation
from bot.knowledge import KnowledgeError, load_knowledge
from bot.licences.errors import ListRefused, TooManyRejected
from bot.licences.findings import findings_in
from bot.licences.listing import Kind, ListInfo, Rejected
from bot.licences.published import PublishedLists
from bot.licences.reading import ListFile, entries_of, open_list
from bot.licences.register import Register
from bot.licences.rules import Rules, load_rules
from bot.licences.vocabulary import load_vocabulary
from bot.licences.wording import Wording
from bot.messages import LANGUAGES

EXPECTED = (*INSTALLATION_ERRORS, KnowledgeError, ListRefused)
MOST_SHOWN = 50
"""Rejected rows that are printed one by one."""


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    take = actions.add_parser("import", help="take a CSV or XLSX file in the place of the present list of its kind")
    take.add_argument("file", type=Path)
    take.add_argument(
        "--kind", choices=[kind.value for kind in Kind], help="which list it is, if its headings do not say"
    )
    take.add_argument("--date", type=_day, help="the day of the list (2026-11-20), if the file does not say")
    take.add_argument("--despite-rejected", action="store_true", help="also when many rows cannot be read")
    take.add_argument("--older", action="store_true", help="also when the present list is newer")
    actions.add_parser("list", help="show which lists are there, and how old they are")
    ask = actions.add_parser("ask", help="answer as the assistant would")
    ask.add_argument("words", nargs="+", help="a company's name, or a whole question")
    ask.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    remove = actions.add_parser("remove", help="forget a list")
    remove.add_argument("kind", choices=[kind.value for kind in Kind])
    for action in (take, ask, remove, actions.choices["list"]):
        action.add_argument("--data", type=Path, help="folder of the database and the keys")


def run(arguments: argparse.Namespace) -> None:
    installation = this_installation(arguments.data)
    {"import": _import, "list": _list, "ask": _ask, "remove": _remove}[arguments.action](installation, arguments)


def publish_licences(installation: Installation) -> None:
    """Writes the assistant's copy of the lists that are in the database."""
    _register(installation).publish(installation.places.licences, load_vocabulary(installation.places.nlu_data))


def publish_missing(installation: Installation) -> None:
    """The same, where the copy is not of these lists: after a restore, or on a second machine of one database."""
    copy = PublishedLists(installation.places.licences, load_vocabulary(installation.places.nlu_data))
    if not copy.is_of(_register(installation).lists()):
        publish_licences(installation)


def _import(installation: Installation, arguments: argparse.Namespace) -> None:
    data = installation.places.nlu_data
    rules, directory = load_rules(data), load_knowledge(data).directory
    file = open_list(arguments.file, rules, Kind(arguments.kind) if arguments.kind else None)
    try:
        info, rejected = _register(installation).replace(
            file.layout.kind,
            _day_of(file, arguments),
            entries_of(file, rules, directory.named_countries),
            most_rejected=1.0 if arguments.despite_rejected else rules.most_rejected,
            allow_older=arguments.older,
        )
    except TooManyRejected as error:
        _tell_rejected(error.rejected)
        raise CommandFailed(f"{error}; nothing was changed (--despite-rejected takes the rest)") from None
    _tell_rejected(rejected)
    publish_licences(installation)
    print(f"karogs: {_told(info, _today())}")


def _day_of(file: ListFile, arguments: argparse.Namespace) -> date:
    day: date | None = arguments.date or file.day
    if day is None:
        raise CommandFailed("the file does not say of which day it is; give it with --date 2026-11-20")
    if day > _today():
        raise CommandFailed(f"{day} is still to come: the day of a list cannot be")
    return day


def _list(installation: Installation, arguments: argparse.Namespace) -> None:
    lists = _register(installation).lists()
    for info in lists:
        print(_told(info, _today()) + _warning(info, load_rules(installation.places.nlu_data)))
    if not lists:
        print("no list was imported; every answer says so and points to the agency's own page")


def _ask(installation: Installation, arguments: argparse.Namespace) -> None:
    knowledge, rules = load_knowledge(installation.places.nlu_data), load_rules(installation.places.nlu_data)
    lists = PublishedLists(installation.places.licences, load_vocabulary(installation.places.nlu_data))
    text = " ".join(arguments.words)
    wording = Wording(knowledge, rules, arguments.language, _today(), knowledge.directory.named_countries(text))
    findings = findings_in(text, lists, _today(), is_question=True)
    print(wording.told(findings) if findings else knowledge.text(arguments.language, "licences.ask_name"))


def _remove(installation: Installation, arguments: argparse.Namespace) -> None:
    if not _register(installation).remove(Kind(arguments.kind)):
        raise CommandFailed(f"there is no {arguments.kind} list")
    publish_licences(installation)
    print(f"karogs: the {arguments.kind} list is forgotten")


def _register(installation: Installation) -> Register:
    return Register(installation.open_database(), now)


def _told(info: ListInfo, today: date) -> str:
    rejected = f", {info.rejected} rows rejected" if info.rejected else ""
    age = info.age_days(today)
    return f"{info.kind.value} list of {info.day}: {info.entries} companies{rejected}, {age} days old"


def _warning(info: ListInfo, rules: Rules) -> str:
    return (
        "; import a newer one, every answer says that it is old"
        if info.age_days(_today()) > rules.old_after_days
        else ""
    )


def _tell_rejected(rejected: Sequence[Rejected]) -> None:
    for row in rejected[:MOST_SHOWN]:
        print(f"row {row.row} rejected: {row.reason}")
    if len(rejected) > MOST_SHOWN:
        print(f"and {len(rejected) - MOST_SHOWN} more rows")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a day such as 2026-11-20") from None


def _today() -> date:
    return now().date()
