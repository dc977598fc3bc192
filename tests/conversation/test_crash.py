"""A process is killed in the middle of its work: what it acknowledged is there, and only once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from bot.conversation import Database, Desk, Frontdoor, load_console_vault, load_gateway_vault, migrate
from bot.conversation.models import InboxRow, OutboxRow
from bot.messages import Reply
from tests.conversation.conftest import WAIT, Clock, waiting_with

KILLS = 5
WRITER = """
import sys
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from bot.conversation import Database, Frontdoor, load_gateway_vault

url, keys, conversation_id, start = sys.argv[1:]
frontdoor = Frontdoor(Database(url), load_gateway_vault(Path(keys)), lambda: datetime.now(timezone.utc))
number = int(start)
while True:
    frontdoor.receive(conversation_id, f"teksts {number}", channel_message_id=str(number))
    print(number, flush=True)
    number += 1
"""
GATEWAY = """
import sys
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from bot.conversation import Database, Frontdoor, load_gateway_vault
from bot.messages import Reply
from bot.redflags.assessment import Assessment

url, keys, conversation_id = sys.argv[1:]
frontdoor = Frontdoor(Database(url), load_gateway_vault(Path(keys)), lambda: datetime.now(timezone.utc))
print("ready", flush=True)
while True:
    for pending in frontdoor.pending():
        while item := frontdoor.next_item(pending):
            frontdoor.assessed(item, Assessment("lv", "in_trouble", "high", True), [Reply(f"112 {item.text}")])
            frontdoor.settle(item, [Reply(f"atbilde {item.text}")])
    for delivery in frontdoor.deliveries():
        print(delivery.text, flush=True)
        frontdoor.sent(delivery.id)
"""
MIGRATOR = """
import sys
from bot.conversation import migrate

print("ready", flush=True)
sys.stdin.readline()
migrate(sys.argv[1])
print("migrated", flush=True)
"""
TAKER = """
import sys
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from bot.conversation import AlreadyTaken, Database, Desk, load_console_vault

url, keys, operator, *ids = sys.argv[1:]
desk = Desk(Database(url), load_console_vault(Path(keys)), lambda: datetime(2026, 11, 23, 10, tzinfo=timezone.utc))
print("ready", flush=True)
sys.stdin.readline()
for conversation_id in ids:
    try:
        desk.take(operator, conversation_id)
    except AlreadyTaken:
        continue
    print(conversation_id, flush=True)
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
    )


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(tmp_path: Path, keys: Path, clock: Clock) -> None:
    """Five kills at random moments: every acknowledged message is stored once, with its work, and opens."""
    url = f"sqlite:///{tmp_path}/karogs.db"
    migrate(url)
    database = Database(url)
    frontdoor = Frontdoor(database, load_gateway_vault(keys), clock)
    opened = frontdoor.open_web("lv")
    conversation_id, acknowledged, chance = opened.conversation.id, list[int](), random.Random(7)
    for _ in range(KILLS):
        first = acknowledged[-1] + 1 if acknowledged else 0
        acknowledged += _written_until_killed(url, keys, conversation_id, first, chance.uniform(0.05, 0.3))
    texts = [message.text for message in frontdoor.messages(conversation_id, opened.token)]
    wanted = [f"teksts {number}" for number in acknowledged]
    assert len(wanted) >= KILLS
    assert sorted(set(texts)) == sorted(texts)
    assert set(wanted) <= set(texts)
    assert len(texts) - len(wanted) <= 1  # the last one may be stored without its acknowledgement being printed
    assert _settled(frontdoor, conversation_id) == texts
    database.close()


def _written_until_killed(url: str, keys: Path, conversation_id: str, first: int, seconds: float) -> list[int]:
    """The numbers that the writer acknowledged; a message stored but not printed is sent again by the next one."""
    process = start(WRITER, url, str(keys), conversation_id, str(first))
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    return [int(line) for line in lines + rest.splitlines()]


def _settled(frontdoor: Frontdoor, conversation_id: str) -> list[str]:
    """The texts of all work, settled one after the other."""
    found = []
    while (item := frontdoor.next_item(conversation_id)) is not None:
        found.append(item.text)
        frontdoor.settle(item, [Reply("Atbilde")])
    return found


def test_every_message_is_answered_once_when_the_gateway_is_killed(tmp_path: Path, keys: Path, clock: Clock) -> None:
    """Four kills while sixty messages are worked on: each gets its emergency text and its answer once, in order."""
    url = f"sqlite:///{tmp_path}/karogs.db"
    migrate(url)
    database = Database(url)
    frontdoor = Frontdoor(database, load_gateway_vault(keys), clock)
    conversation_id, chance = frontdoor.open_telegram(77).id, random.Random(11)
    for number in range(60):
        frontdoor.receive(conversation_id, f"{number}", channel_message_id=f"{number}")
    delivered: list[str] = []
    for seconds in [chance.uniform(0.0, 0.3) for _ in range(4)]:
        delivered += _delivered(url, keys, conversation_id, partial(time.sleep, seconds))
    delivered += _delivered(url, keys, conversation_id, partial(_until_all_is_sent, database))
    wanted = [f"{kind} {number}" for number in range(60) for kind in ("112", "atbilde")]
    desk = Desk(database, load_console_vault(keys), clock)
    frontdoor.request_handoff(conversation_id, WAIT)
    written = [message.text for message in desk.transcript("one", conversation_id).messages[60:-1]]
    assert written == wanted
    assert list(dict.fromkeys(delivered)) == wanted
    assert len(delivered) - len(wanted) <= 4  # at least once: a kill between Telegram's answer and our mark
    database.close()


def _delivered(url: str, keys: Path, conversation_id: str, pause: Callable[[], object]) -> list[str]:
    """What one life of the gateway handed to Telegram before it was killed."""
    process = start(GATEWAY, url, str(keys), conversation_id)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    pause()
    process.send_signal(signal.SIGKILL)
    return process.communicate()[0].splitlines()


def _until_all_is_sent(database: Database) -> None:
    for _ in range(600):
        with database.reading() as session:
            left = (
                session.scalar(select(func.count()).select_from(InboxRow)),
                session.scalar(select(func.count()).where(OutboxRow.payload.is_not(None))),
            )
        if left == (0, 0):
            return
        time.sleep(0.1)
    raise AssertionError(f"still open after a minute: {left}")


def test_two_processes_may_migrate_at_once(empty_urls: tuple[str, str]) -> None:
    """Whoever is second waits and finds the newest schema."""
    processes = [start(MIGRATOR, empty_urls[0]) for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    assert [process.communicate("go\n")[0] for process in processes] == ["migrated\n"] * 2
    Database(empty_urls[0]).close()


def test_two_consoles_never_take_the_same_conversation(url: str, keys: Path, clock: Clock) -> None:
    """Two processes race for twenty conversations: each is taken exactly once."""
    database = Database(url)
    frontdoor = Frontdoor(database, load_gateway_vault(keys), clock)
    ids = [waiting_with(frontdoor, f"t{number}") for number in range(20)]
    processes = [start(TAKER, url, str(keys), name, *ids) for name in ("one", "two")]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    outputs = [process.communicate("go\n")[0].split() for process in processes]
    assert sorted(outputs[0] + outputs[1]) == sorted(ids)
    desk = Desk(database, load_console_vault(keys), clock)
    assert [sorted(e.id for e in desk.mine(name)) for name in ("one", "two")] == [sorted(out) for out in outputs]
    frontdoor.request_handoff(ids[0], WAIT)
    database.close()
