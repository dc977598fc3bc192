"""`karogs gateway`: the visitors' edge, one process."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

from bot.commands.installation import INSTALLATION_ERRORS, Installation, now, this_installation
from bot.commands.serving import every, serve
from bot.conversation import Feed, Frontdoor, Retention, load_gateway_vault
from bot.gateway.app import TelegramSettings, create_app
from bot.gateway.assistant_client import AssistantClient
from bot.knowledge import KnowledgeError, load_knowledge
from bot.redflags import ModelMissing
from bot.redflags.engine import load_trained
from bot.story.phrase_file import QuestionsError
from bot.story.questions import load_questions
from bot.story.topics import load_topics

EXPECTED = (*INSTALLATION_ERRORS, KnowledgeError, ModelMissing, QuestionsError)
RETENTION_SECONDS = 15.0


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder of the database and the keys")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--assistant", required=True, help="address of Rasa's channel")


def run(arguments: argparse.Namespace) -> None:
    installation = this_installation(arguments.data)
    settings, places = installation.settings, installation.places
    database = installation.open_database()
    telegram = TelegramSettings(settings.telegram_token, settings.telegram_api) if settings.telegram_token else None
    app = create_app(
        frontdoor=Frontdoor(database, load_gateway_vault(places.keys), now),
        feed=Feed(database),
        engine=load_trained(places.models),
        questions=load_questions(places.nlu_data),
        topics=load_topics(places.nlu_data),
        knowledge=load_knowledge(places.nlu_data).by(now),
        assistant=AssistantClient(arguments.assistant),
        telegram=telegram,
        duty=settings.duty,
        frame_ancestors=settings.frame_ancestors.split(),
    )
    retention = retention_of(installation)
    serve(app, settings.host, arguments.port, lambda: every(RETENTION_SECONDS, retention.run))


def retention_of(installation: Installation) -> Retention:
    """The retention that the settings ask for."""
    return Retention(
        installation.open_database(),
        now,
        without_human=timedelta(hours=installation.settings.bot_hours),
        with_human=timedelta(days=installation.settings.human_days),
    )
