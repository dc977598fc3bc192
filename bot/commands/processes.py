"""The processes of one installation: started, watched, started again when they die, stopped together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

_PAUSES = (0.2, 1.0, 3.0, 10.0)
_STEADY_SECONDS = 60.0
_STOP_SECONDS = 8.0
_LINES = 30


@dataclass(frozen=True)
class Program:
    """
    One process to run: its arguments, whole environment and folder, and the address that answers 200 when it is ready.

    `keeps_log`: its output holds no visitor's words by its own rules and is written to `log`; the others' output is
    kept in memory until they are ready and then dropped.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    folder: Path
    ready_url: str
    log: Path | None = None


class Watched:
    """One program kept running until `stop`."""

    def __init__(self, program: Program, say: Callable[[str], None]) -> None:
        self.program = program
        self._say = say
        self._lines: deque[str] = deque(maxlen=_LINES)
        self._stopping = threading.Event()
        self._ready = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._keep, name=program.name, daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The present process, None between two."""
        process = self._process
        return process.pid if process and process.poll() is None else None

    @property
    def last_lines(self) -> str:
        return "\n".join(self._lines)

    def wait_ready(self, seconds: float) -> bool:
        """True as soon as the program's address answers 200; False when that took too long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self._stopping.is_set():
            if _answers(self.program.ready_url):
                self._ready.set()
                self._lines.clear()
                return True
            time.sleep(0.1)
        return False

    def stop(self) -> None:
        """Ends the program, by force after eight seconds."""
        self._stopping.set()
        process = self._process
        if process and process.poll() is None:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self._thread.join(_STOP_SECONDS)

    def _keep(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            code = self._run_once()
            if self._stopping.is_set():
                return
            failures = 0 if time.monotonic() - started > _STEADY_SECONDS else failures + 1
            self._say(f"{self.program.name} ended with code {code}; starting it again")
            self._stopping.wait(_PAUSES[min(failures, len(_PAUSES)) - 1])

    def _run_once(self) -> int:
        program = self.program
        self._process = process = subprocess.Popen(
            program.argv,
            env=dict(program.env),
            cwd=program.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        if process.stdout is None:
            raise RuntimeError("the process has no output")
        for line in process.stdout:
            self._hear(line.rstrip())
        return process.wait()

    def _hear(self, line: str) -> None:
        if self.program.log:
            with self.program.log.open("a", encoding="utf-8") as log:
                log.write(line + "\n")
        if not self._ready.is_set():
            self._lines.append(line)


def bare_environment(**more: str) -> dict[str, str]:
    """The environment of our own processes: the settings, and nothing else of the parent's but what Python needs."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("KAROGS_")}
    basic = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
    return {**basic, **kept, "PYTHONUNBUFFERED": "1", **more}


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2.0, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
