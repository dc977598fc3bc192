"""`karogs up`: starts the four processes, keeps them running, prints where to go."""

from __future__ import annotations

import argparse
import json
import secrets
import signal
import sys
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from bot.assistant.process import Command, actions_command, serve_command
from bot.commands.engine import ENGINE_ERRORS
from bot.commands.failures import CommandFailed
from bot.commands.installation import INSTALLATION_ERRORS, Installation, now, this_installation
from bot.commands.licences import publish_missing
from bot.commands.places import Places
from bot.commands.ports import usable_port
from bot.commands.processes import Program, Watched, bare_environment
from bot.commands.training import assistant_paths, train_missing
from bot.conversation import Operators, make_keys, migrate
from bot.knowledge import KnowledgeError

EXPECTED = (*INSTALLATION_ERRORS, *ENGINE_ERRORS, KnowledgeError)
READY_SECONDS = 120.0
_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    visitor: int
    console: int
    rasa: int
    actions: int


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder of the database and the keys")
    parser.add_argument("--port", type=int, help="the visitors' port (0: any free one)")
    parser.add_argument("--console-port", type=int, help="the operators' port (0: any free one)")
    parser.add_argument("--ready-file", type=Path, help="written when everything answers")


def run(arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    installation = this_installation(arguments.data)
    ports = _ports(installation, arguments)
    prepare(installation)
    operator = one_time_operator(installation)
    stop = _stop_on_signals()
    running = [Watched(program, _say) for program in programs(installation, ports)]
    try:
        _wait_for(running, stop)
        ready = _addresses(installation, ports, operator)
        if arguments.ready_file:
            _write_whole(arguments.ready_file, json.dumps(ready))
        if not stop.is_set():
            print(_welcome(ready, time.monotonic() - started), flush=True)
        stop.wait()
    finally:
        _say("stopping")
        for watched in running:
            watched.stop()
        Operators(installation.open_database(), now).switch_off(operator["login"])
    return 0


def prepare(installation: Installation) -> None:
    """Keys and database of a new installation, models of changed data; nothing is done twice."""
    places = installation.places
    if not places.rasa_python.exists():
        raise CommandFailed("Rasa's environment is missing; `make run` sets it up")
    places.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not places.keys.exists():
        if (places.data / "karogs.db").exists():
            raise CommandFailed(f"there is a database but no keys in {places.keys}; put the keys back")
        _say("making keys")
        make_keys(places.keys)
    migrate(installation.database_url)
    publish_missing(installation)
    train_missing(places)


def one_time_operator(installation: Installation) -> dict[str, str]:
    """A login for this run alone; it is switched off when the run ends."""
    operator = {"login": f"run-{secrets.token_hex(3)}", "password": secrets.token_urlsafe(15)}
    operators = Operators(installation.open_database(), now)
    operators.add_operator(operator["login"], operator["password"], one_time=True)
    return operator


def programs(installation: Installation, ports: Ports) -> list[Program]:
    """The four processes. Rasa and its actions get no setting, no key and no address but their own."""
    places, host = installation.places, installation.settings.host
    paths = assistant_paths(places)
    own = bare_environment()
    rasa = f"http://{_LOOPBACK}:{ports.rasa}"
    gateway = ("gateway", "--port", str(ports.visitor), "--assistant", rasa)
    console = ("console", "--port", str(ports.console))
    return [
        _caged(
            "actions",
            _with_licences(actions_command(paths, ports.actions), places),
            f"http://{_LOOPBACK}:{ports.actions}/health",
        ),
        _caged("rasa", serve_command(paths, ports.rasa, ports.actions), f"{rasa}/webhooks/karogs/health"),
        _edge("gateway", gateway, own, places, f"http://{_local(host)}:{ports.visitor}/readyz"),
        _edge("console", console, own, places, f"http://{_local(host)}:{ports.console}/readyz"),
    ]


def _with_licences(command: Command, places: Places) -> Command:
    """The action server may read the public lists: this one file of the installation, and no other."""
    return replace(command, env={**command.env, "KAROGS_LICENCES": str(places.licences)})


def _caged(name: str, command: Command, ready_url: str) -> Program:
    return Program(name, command.argv, command.env, command.folder, ready_url)


def _edge(name: str, words: tuple[str, ...], env: dict[str, str], places: Places, ready_url: str) -> Program:
    logs = places.data / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    argv = (sys.executable, "-m", "bot.commands", *words, "--data", str(places.data))
    return Program(name, argv, env, places.project, ready_url, logs / f"{name}.log")


def _local(host: str) -> str:
    return _LOOPBACK if host == "0.0.0.0" else host  # noqa: S104  (compared, not listened on)


def _ports(installation: Installation, arguments: argparse.Namespace) -> Ports:
    settings = installation.settings
    visitor = settings.port if arguments.port is None else arguments.port
    console = settings.console_port if arguments.console_port is None else arguments.console_port
    return Ports(
        visitor=usable_port(visitor, settings.host, "--port or KAROGS_PORT"),
        console=usable_port(console, settings.host, "--console-port or KAROGS_CONSOLE_PORT"),
        rasa=usable_port(settings.rasa_port, _LOOPBACK, "KAROGS_RASA_PORT"),
        actions=usable_port(settings.actions_port, _LOOPBACK, "KAROGS_ACTIONS_PORT"),
    )


def _wait_for(running: list[Watched], stop: threading.Event) -> None:
    for watched in running:
        _say(f"waiting for {watched.program.name}")
        if not watched.wait_ready(READY_SECONDS) and not stop.is_set():
            raise CommandFailed(f"{watched.program.name} did not get ready:\n{watched.last_lines}")


def _addresses(installation: Installation, ports: Ports, operator: dict[str, str]) -> dict[str, object]:
    host = _local(installation.settings.host)
    visitor, console = f"http://{host}:{ports.visitor}", f"http://{host}:{ports.console}"
    return {"visitor": visitor, "console": console, "operator": operator}


def _welcome(ready: dict[str, object], seconds: float) -> str:
    operator = ready["operator"]
    return (
        f"\nKarogs is ready after {seconds:.0f} s.\n\n"
        f"  Chat page  {ready['visitor']}\n"
        f"  Console    {ready['console']}\n"
        f"  Sign in    {operator['login']}  {operator['password']}   (this run only)\n\n"  # type: ignore[index]
        "Ctrl+C stops everything."
    )


def _write_whole(path: Path, text: str) -> None:
    """A reader sees the whole file or none; it holds a password, so only its owner may read it."""
    partial = path.with_name(path.name + ".partial")
    partial.touch(mode=0o600)
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop


def _say(sentence: str) -> None:
    print(f"karogs: {sentence}", file=sys.stderr, flush=True)
