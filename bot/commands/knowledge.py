"""`karogs knowledge check`: reads every file of knowledge, and reports what was not checked for too long."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date

from bot.commands.installation import now
from bot.commands.places import default_places
from bot.knowledge import KnowledgeError, load_knowledge
from bot.knowledge.review import Remark, Urgency, review
from bot.licences.rules import load_rules
from bot.licences.vocabulary import load_vocabulary

EXPECTED = (KnowledgeError,)


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="exit code 1 when anything is too old or a file is broken")
    check.add_argument("--day", type=date.fromisoformat, help="as of this day instead of today (2027-02-21)")
    check.add_argument("--open", action="store_true", help="also what the sources leave open")


def run(arguments: argparse.Namespace) -> int:
    data = default_places().nlu_data
    knowledge = load_knowledge(data)
    load_rules(data)
    load_vocabulary(data)
    remarks = review(knowledge, arguments.day or now().date())
    counts = Counter(remark.urgency for remark in remarks)
    for remark in remarks:
        if arguments.open or remark.urgency is not Urgency.OPEN:
            print(_told(remark))
    directory = knowledge.directory
    print(
        f"{len(directory.entries)} entries: {counts[Urgency.LATE]} late (over {directory.late_days} days), "
        f"{counts[Urgency.SOON]} soon (over {directory.soon_days}), {counts[Urgency.OPEN]} questions open (--open)"
    )
    return 1 if counts[Urgency.LATE] else 0


def _told(remark: Remark) -> str:
    return f"{remark.urgency.value:5} {remark.id}: {remark.age_days} days: {remark.reason}"
