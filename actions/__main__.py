"""
The action server: `python -m actions --port 5055`.

rasa-sdk's own command starts a manager and a worker with two copies of everything; one process is enough here.
"""

from __future__ import annotations

import argparse
import logging.config
from datetime import datetime, timezone
from pathlib import Path

import yaml
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.ask_back import AskBack, CheckReply
from actions.check_offer import CheckOffer
from actions.correction import Correct
from actions.guided_check import BeginCheck, ChangeAnswer, CheckMiss, ConcludeCheck, TakeAnswer, ValidateAnswer
from actions.licences import Licences, shared_licence_check
from actions.numbers import Numbers
from actions.rights import Rights
from actions.self_check import AskSelfCheck, BeginSelfCheck, ConcludeSelfCheck, SelfCheckMiss, ValidateSelfCheck
from actions.situation import Situation
from actions.stories import Stories
from actions.trouble import Emergency, Fallback, FallbackPerson, InTrouble, OffTopic, Worried, YesInEmergency
from actions.turn import KnowingAction, shared_knowledge, shared_questions

LOOPBACK = "127.0.0.1"

PLAIN_ACTIONS: tuple[type[KnowingAction], ...] = (
    AskBack,
    AskSelfCheck,
    BeginCheck,
    BeginSelfCheck,
    ChangeAnswer,
    CheckMiss,
    CheckReply,
    ConcludeCheck,
    ConcludeSelfCheck,
    Correct,
    Emergency,
    Fallback,
    FallbackPerson,
    InTrouble,
    Numbers,
    OffTopic,
    Rights,
    SelfCheckMiss,
    Situation,
    Stories,
    TakeAnswer,
    ValidateAnswer,
    ValidateSelfCheck,
    Worried,
    YesInEmergency,
)
"""The actions that need knowledge and the questions alone."""


def now() -> datetime:
    """The clock of this process."""
    return datetime.now(timezone.utc)


def main() -> None:
    """Serves the actions on loopback until it is stopped. A broken file of knowledge ends it before it listens."""
    parser = argparse.ArgumentParser(prog="actions", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--logging", type=Path, help="a YAML file for logging.config")
    arguments = parser.parse_args()
    executor = ActionExecutor()
    knowledge, licences = shared_knowledge().by(now), shared_licence_check(now)
    executor.register_action(CheckOffer(knowledge, shared_questions(), licences))
    executor.register_action(Licences(licences))
    for action in PLAIN_ACTIONS:
        executor.register_action(action(knowledge, shared_questions()))
    app = create_app(executor, cors_origins=[])
    if arguments.logging is not None:
        logging.config.dictConfig(yaml.safe_load(arguments.logging.read_text(encoding="utf-8")))
    app.run(host=LOOPBACK, port=arguments.port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
