"""`karogs operator add|off`: who may sign in to the console."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from pathlib import Path

from bot.commands.failures import CommandFailed
from bot.commands.installation import INSTALLATION_ERRORS, now, this_installation
from bot.conversation import NotFound, OperatorExists, Operators, WeakPassword

EXPECTED = (*INSTALLATION_ERRORS, OperatorExists, WeakPassword)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder of the database and the keys")
    parser.add_argument("action", choices=("add", "off"))
    parser.add_argument("login")
    parser.add_argument("--one-time", action="store_true", help="make a password and print it once")


def run(arguments: argparse.Namespace) -> None:
    operators = Operators(this_installation(arguments.data).open_database(), now)
    if arguments.action == "off":
        try:
            operators.switch_off(arguments.login)
        except NotFound:
            raise CommandFailed(f"there is no operator {arguments.login}") from None
        print(f"karogs: {arguments.login} is switched off and signed out everywhere")
        return
    password = secrets.token_urlsafe(15) if arguments.one_time else _asked_password()
    operators.add_operator(arguments.login, password, arguments.one_time)
    print(f"karogs: operator {arguments.login} added" + (f", password {password}" if arguments.one_time else ""))


def _asked_password() -> str:
    """Typed twice at a terminal, or the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password (15 characters or more): ")
    if password != getpass.getpass("Once more: "):
        raise CommandFailed("the two passwords differ")
    return password
