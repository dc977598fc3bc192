"""A whole Karogs, started as a person starts it, with the stand-in Bot API server as Telegram."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from bot.commands.places import default_places

KAROGS = default_places().project / ".venv" / "bin" / "karogs"
_MARKS = {
    "gateway": "bot.commands gateway",
    "console": "bot.commands console",
    "rasa": "-m rasa run",
    "actions": "-m actions",
}
READY_SECONDS = 600.0
"""The first start also trains what is out of date."""


class Karogs:
    """A running installation: its addresses, its operator, its processes."""

    def __init__(self, data: Path, telegram_api: str, telegram_token: str) -> None:
        self.data = data
        self._ready_file = data / "ready.json"
        data.mkdir(parents=True, exist_ok=True)
        settings = {"KAROGS_TELEGRAM_API": telegram_api, "KAROGS_TELEGRAM_TOKEN": telegram_token}
        plain = {name: value for name, value in os.environ.items() if not name.startswith("KAROGS_")}
        words = ("up", "--data", data, "--port", "0", "--console-port", "0", "--ready-file", self._ready_file)
        self.output = (data / "up.log").open("w", encoding="utf-8")
        self._process = subprocess.Popen(
            [str(word) for word in (KAROGS, *words)], env={**plain, **settings}, stdout=self.output, stderr=self.output
        )
        self.ready = self._wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)
        self.output.close()

    @property
    def visitor(self) -> str:
        return str(self.ready["visitor"])

    @property
    def console(self) -> str:
        return str(self.ready["console"])

    def pid_of(self, name: str) -> int | None:
        """The process of that name now; None while it is not running."""
        children = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        for pid in " ".join(path.read_text() for path in children).split():
            if _MARKS[name] in _command_line(int(pid)):
                return int(pid)
        return None

    def kill(self, name: str) -> None:
        """Ends the process as a power cut would."""
        pid = self.pid_of(name)
        assert pid, f"{name} is not running"
        os.kill(pid, signal.SIGKILL)
        until(lambda: self.pid_of(name) not in {None, pid}, 60, f"{name} starts again")

    def _wait(self) -> dict[str, Any]:
        deadline = time.monotonic() + READY_SECONDS
        while not self._ready_file.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.output.flush()
                raise AssertionError("karogs up did not get ready:\n" + (self.data / "up.log").read_text()[-3000:])
            time.sleep(0.1)
        ready: dict[str, Any] = json.loads(self._ready_file.read_text())
        return ready


def until(condition: Callable[[], Any], seconds: float, what: str) -> Any:
    """The condition's first true value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"this did not happen in {seconds:.0f} s: {what}")


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
