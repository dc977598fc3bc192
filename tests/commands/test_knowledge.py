"""`karogs knowledge check`, as a shell runs it."""

from __future__ import annotations

import subprocess

from bot.commands.places import default_places

KAROGS = default_places().project / ".venv" / "bin" / "karogs"


def knowledge(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KAROGS, "knowledge", *words], capture_output=True, text=True, check=False, timeout=60)


def test_nothing_is_late_on_the_day_of_the_check() -> None:
    """Exit code 0; open questions only when asked for."""
    done = knowledge("check", "--day", "2026-11-22")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("31 entries: 0 late (over 90 days), 0 soon (over 60), ")
    assert (
        "open  lv_patverums: 0 days: the sources differ on its hours"
        in knowledge("check", "--day", "2026-11-22", "--open").stdout
    )


def test_what_is_late_is_named_and_fails() -> None:
    """So that a timer can tell somebody."""
    done = knowledge("check", "--day", "2027-02-21")

    assert done.returncode == 1
    assert "late  lv_116123: 91 days: call 116123 and set its `checked`\n" in done.stdout


def test_a_wrong_day_is_a_wrong_call() -> None:
    """Exit code 2."""
    assert knowledge("check", "--day", "soon").returncode == 2
