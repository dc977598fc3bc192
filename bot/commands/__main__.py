"""`karogs COMMAND …`: a written list of commands, each a module with `configure(parser)` and `run(arguments)`.

`EXPECTED` of a module names the errors whose own sentence is enough for a person.
"""

from __future__ import annotations

import argparse
import importlib
import sys

from bot.commands.failures import CommandFailed

COMMANDS = {
    "up": "start everything and keep it running",
    "check": "recognise red flags in a text, or in JSON lines on standard input",
    "train": "train what is out of date: the engine's model and the assistant",
    "evaluate": "score a file of labelled messages",
    "errors": "show the labelled messages that are judged wrongly, worst first",
    "migrate": "bring the database to the present schema",
    "init-keys": "make the keys; refuses where keys already are",
    "operator": "add or switch off an operator",
    "knowledge": "check the texts and numbers: broken files, numbers not checked for too long",
    "licences": "import public lists of licensed firms, show them, ask them",
    "purge": "delete what is due",
    "backup": "copy the database, while it runs, into a folder",
    "restore": "put a backup in place; what was deleted since stays deleted",
    "legal-inventory": "print exactly what could be handed over",
    "bench": "measure speed and memory",
    "drill": "kill processes under load and count what was lost",
    "gateway": "the visitors' edge (started by `up`)",
    "console": "the operators' edge (started by `up`)",
}


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 done, 1 failed with a sentence on standard error, 2 wrong call."""
    parser = argparse.ArgumentParser(prog="karogs", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    given = sys.argv[1:] if arguments is None else arguments
    for name, purpose in COMMANDS.items():
        sub = commands.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".")
        if name in given[:1]:
            # Only the command that runs is imported: `check` must not wait for the database's libraries.
            module = importlib.import_module("bot.commands." + name.replace("-", "_"))
            module.configure(sub)
            sub.set_defaults(run=module.run, expected=(CommandFailed, *getattr(module, "EXPECTED", ())))
    parsed = parser.parse_args(given)
    try:
        return int(parsed.run(parsed) or 0)
    except parsed.expected as error:
        print(f"karogs {parsed.command}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
