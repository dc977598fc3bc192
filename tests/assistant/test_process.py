"""How the processes are started: on loopback, with an environment of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.assistant.process import AssistantPaths, Command, actions_command, serve_command, train_command

PATHS = AssistantPaths(*(Path(f"/{name}") for name in ("root", "data", "models", "home", "rasa", "app")))
COMMANDS = [train_command(PATHS), serve_command(PATHS, 5005, 5055), actions_command(PATHS, 5055)]


def test_rasa_listens_on_loopback_only() -> None:
    """And without its own API."""
    argv = " ".join(serve_command(PATHS, 5005, 5055).argv)

    assert argv == (
        "/rasa -m rasa run --interface 127.0.0.1 --port 5005 --model /models/assistant/assistant.tar.gz "
        "--endpoints endpoints.yml --credentials credentials.yml --logging-config-file bot/assistant/logging.yml"
    )


def test_rasa_is_told_where_its_actions_are() -> None:
    """By the environment that endpoints.yml reads."""
    assert serve_command(PATHS, 5005, 5055).env["KAROGS_ACTIONS_URL"] == "http://127.0.0.1:5055/webhook"


def test_actions_are_served_from_one_process() -> None:
    """On the port that Rasa was told."""
    argv = actions_command(PATHS, 5055).argv

    assert argv == ("/app", "-m", "actions", "--port", "5055", "--logging", "bot/assistant/logging.yml")


@pytest.mark.parametrize("command", COMMANDS, ids=["train", "serve", "actions"])
def test_nothing_phones_home(command: Command) -> None:
    """Telemetry and the GPU are off, and nothing of the parent's environment is passed on."""
    assert (command.env["RASA_TELEMETRY_ENABLED"], command.env["CUDA_VISIBLE_DEVICES"]) == ("false", "")
    assert (command.env["HOME"], command.env["LOG_LEVEL"], command.folder) == ("/home", "ERROR", Path("/root"))
    assert {name for name in command.env if name.startswith("KAROGS_")} <= {
        "KAROGS_NLU_DATA",
        "KAROGS_MODELS",
        "KAROGS_ACTIONS_URL",
    }
