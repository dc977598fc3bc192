"""The two processes of the assistant, and a small client of their channel."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.assistant.process import AssistantPaths, Command, actions_command, serve_command
from bot.messages import TAPS
from bot.redflags.engine import load_trained
from bot.story import Story, Telling
from bot.story.heeding import heeded
from bot.story.listening import Listener
from bot.story.questions import load_questions

READY_SECONDS = 180.0
HTTP_OK = 200


@dataclass(frozen=True)
class Answered:
    """An HTTP answer of the channel; `body` is None when there is none."""

    status: int
    body: Any

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.body["messages"]]

    @property
    def payloads(self) -> list[str]:
        """The payloads of the last message's buttons."""
        return [button["payload"] for button in self.body["messages"][-1]["buttons"]]

    @property
    def intent(self) -> str:
        return str(self.body["intent"])

    @property
    def signals(self) -> list[str]:
        return list(self.body["signals"])


class Servers:
    """Runs both processes; used as a context manager."""

    def __init__(self, paths: AssistantPaths, logs: Path) -> None:
        self.paths, self.logs = paths, logs
        self.port, self.actions_port = _free_port(), _free_port()
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Servers:
        self.start_actions()
        self._start("rasa", serve_command(self.paths, self.port, self.actions_port))
        self._wait(f"{self.url}/health")
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running.values():
            process.kill()
            process.wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhooks/karogs"

    @property
    def logged(self) -> str:
        """Everything that both processes have written to their outputs."""
        return "".join(file.read_text(encoding="utf-8") for file in sorted(self.logs.iterdir()))

    def pid_of(self, name: str) -> int:
        return self._running[name].pid

    def start_actions(self) -> None:
        self._start("actions", actions_command(self.paths, self.actions_port))
        self._wait(f"http://127.0.0.1:{self.actions_port}/health")

    def kill_actions(self) -> None:
        process = self._running.pop("actions")
        process.kill()
        process.wait()

    def conversation(self, language: str) -> Conversation:
        return Conversation(self.url, language, self.listener)

    @cached_property
    def listener(self) -> Listener:
        """What the gateway hears with."""
        return Listener(load_trained(self.paths.models), load_questions(self.paths.data))

    def _start(self, name: str, command: Command) -> None:
        log = (self.logs / f"{name}.log").open("ab")
        self._running[name] = subprocess.Popen(
            command.argv, env=dict(command.env), cwd=command.folder, stdout=log, stderr=log
        )

    def _wait(self, url: str) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            assert all(process.poll() is None for process in self._running.values()), self.logged[-3000:]
            try:
                if request("GET", url).status == 200:
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(f"not ready: {url}\n{self.logged[-3000:]}")


@dataclass
class Conversation:
    """One visitor's talk with the assistant. Hears each message and keeps the story, as the gateway does."""

    url: str
    language: str
    listener: Listener
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)
    story: Story = field(default_factory=Story)
    seq: int = 1

    def says(self, text: str) -> Answered:
        heard = self.listener.hear(text, self.seq, self.story)
        return self._turn(heard.telling, {"text": text, "intent": None, "assessment": heard.assessment.as_json()})

    def presses(self, button: str) -> Answered:
        tap = TAPS.get(f"/{button}")
        fact = self.listener.questions.fact(tap.question, tap.answer) if tap and tap.answer else None
        telling = Telling(self.seq, self.language, facts=(fact,) if fact else ())
        return self._turn(telling, {"text": "", "intent": button, "assessment": None})

    def _turn(self, telling: Telling, body: dict[str, Any]) -> Answered:
        story = self.story.hearing(telling)
        about = {"sender": self.sender, "seq": self.seq, "language": self.language, "story": story.as_json()}
        answered = self.posts(about | body)
        if answered.status == HTTP_OK:
            self.story = story.hearing(heeded(telling, answered.signals, self.listener.questions))
            self.seq += 1 + len(answered.texts)
        return answered

    def posts(self, body: Any) -> Answered:
        return request("POST", f"{self.url}/message", json.dumps(body).encode())

    def is_deleted(self) -> Answered:
        return request("DELETE", f"{self.url}/conversations/{self.sender}")


def request(method: str, url: str, body: bytes | None = None) -> Answered:
    """One HTTP request, whatever its status."""
    asked = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return _answered(answer.status, answer.read())
    except urllib.error.HTTPError as error:
        return _answered(error.code, error.read())


def _answered(status: int, content: bytes) -> Answered:
    return Answered(status, json.loads(content) if content else None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
