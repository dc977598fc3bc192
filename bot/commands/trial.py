"""A trial installation in a temporary folder, for measuring and drills: all processes, throw-away keys and data."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.commands.failures import CommandFailed
from bot.commands.installation import this_installation
from bot.commands.measures import megabytes
from bot.commands.ports import usable_port
from bot.commands.processes import Watched
from bot.commands.up import READY_SECONDS, Ports, one_time_operator, prepare, programs


@dataclass(frozen=True)
class Trial:
    """A running trial installation."""

    data: Path
    visitor: str
    console: str
    operator: dict[str, str]
    processes: dict[str, Watched]
    ready_seconds: float

    def kill(self, name: str) -> bool:
        """Ends the process at once, as a power cut would; False when it is not running just now."""
        pid = self.processes[name].pid
        if pid is None:
            return False
        os.kill(pid, signal.SIGKILL)
        return True

    def resident_megabytes(self) -> dict[str, float]:
        """The proportional memory of each process now, in MB."""
        return {name: megabytes(watched.pid) for name, watched in self.processes.items() if watched.pid}


@contextlib.contextmanager
def trial(**settings: str) -> Iterator[Trial]:
    """Everything up in a temporary folder; stopped and removed at the end. Raises CommandFailed."""
    with tempfile.TemporaryDirectory(prefix="karogs-trial-") as folder:
        started = time.monotonic()
        installation = this_installation(Path(folder) / "data", settings)
        prepare(installation)
        trained = time.monotonic()
        ports = Ports(*(usable_port(0, "127.0.0.1", "--port") for _ in range(4)))
        operator = one_time_operator(installation)
        running = {program.name: Watched(program, _tell) for program in programs(installation, ports)}
        try:
            for watched in running.values():
                if not watched.wait_ready(READY_SECONDS):
                    raise CommandFailed(f"{watched.program.name} did not get ready:\n{watched.last_lines}")
            visitor, console = (f"http://127.0.0.1:{port}" for port in (ports.visitor, ports.console))
            ready = time.monotonic() - trained
            print(f"trial: up after {ready:.1f} s (preparing took {trained - started:.1f} s)", file=sys.stderr)
            yield Trial(installation.places.data, visitor, console, operator, running, ready)
        finally:
            for watched in running.values():
                watched.stop()


def _tell(sentence: str) -> None:
    print(f"trial: {sentence}", file=sys.stderr)
