"""Log lines that cannot repeat a visitor: where something went wrong and of which kind, never what was said."""

from __future__ import annotations

import logging
import logging.config
from pathlib import Path

import yaml

CONFIGURATION = Path(__file__).with_name("logging.yml")


def install() -> None:
    """Takes all handlers of this process away; what is logged from here on, logging.yml says."""
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.captureWarnings(True)
    logging.config.dictConfig(yaml.safe_load(CONFIGURATION.read_text(encoding="utf-8")))


class KindOnly(logging.Formatter):
    """
    Level, logger and line, and the class of an exception.

    The message of our own loggers is kept (they log names of classes only); that of Rasa, Sanic and warnings is
    dropped, because Rasa logs texts, senders and local variables at every level.
    """

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        own = record.getMessage() if record.name.startswith(("bot.", "actions.")) else ""
        place = f"{record.levelname} {record.name}:{record.lineno}"
        return " ".join(part for part in (place, kind, own) if part)
