"""`karogs licences`, as a shell runs it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bot.commands.places import default_places

PROJECT = default_places().project
SAMPLES = PROJECT / "tests" / "licences" / "samples"


class Shell:
    """Runs the command on an installation of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self("migrate")

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KAROGS_")}
        done = subprocess.run(
            [PROJECT / ".venv" / "bin" / "karogs", *words],
            env={**environment, "KAROGS_DATA": str(self.data)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return done.returncode, done.stdout, done.stderr

    def licences(self, *words: str | Path) -> tuple[int, str, str]:
        return self("licences", *words)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "installation")


def test_without_a_list_the_answer_says_so(shell: Shell) -> None:
    """And points to the agency's own page."""
    assert shell.licences("list")[1] == (
        "no list was imported; every answer says so and points to the agency's own page\n"
    )
    assert "saraksta man šobrīd nav" in shell.licences("ask", "vai SIA Paraugs ir licence")[1]


def test_import_and_ask(shell: Shell) -> None:
    """The day comes from the file, the answer from the list that is there now."""
    code, told, _ = shell.licences("import", SAMPLES / "licensed_sample.csv")
    assert (code, told.split(", ")[0]) == (0, "karogs: licensed list of 2026-11-16: 4 companies")

    answer = shell.licences("ask", "--language", "ru", "есть ли лицензия у", "Paraugs Baltijas Personāls")[1]
    assert answer.startswith('SIA "Paraugs Baltijas Personāls" (рег. № 40000000001) есть в списке')

    assert shell.licences("remove", "licensed")[0] == 0
    assert "saraksta man šobrīd nav" in shell.licences("ask", "vai SIA Paraugs ir licence")[1]


def test_rejected_rows_are_told(shell: Shell, tmp_path: Path) -> None:
    """Each with its number and reason; too many of them stop the import."""
    path = tmp_path / "list.csv"
    path.write_text("Nosaukums;Valsts\nSIA Paraugs;Vācija\n;Vācija\n", encoding="utf-8")
    code, told, error = shell.licences("import", path, "--date", "2026-11-01")

    assert (code, told) == (1, "row 3 rejected: has no name\n")
    assert error == (
        "karogs licences: 1 of 2 rows could not be read: a company in one of them would be called not listed; "
        "nothing was changed (--despite-rejected takes the rest)\n"
    )
    assert "no list was imported" in shell.licences("list")[1]
    assert shell.licences("import", path, "--date", "2026-11-01", "--despite-rejected")[0] == 0
    assert "1 companies, 1 rows rejected" in shell.licences("list")[1]


REFUSED = [
    (("--date", "2999-01-01"), "2999-01-01 is still to come: the day of a list cannot be"),
    ((), "the file does not say of which day it is; give it with --date 2026-11-20"),
]


@pytest.mark.parametrize(("options", "sentence"), REFUSED)
def test_the_day_of_a_list(shell: Shell, options: tuple[str, ...], sentence: str) -> None:
    """It must be known and not in the future."""
    code, _, error = shell.licences("import", SAMPLES / "register_sample.csv", *options)

    assert (code, error) == (1, f"karogs licences: {sentence}\n")


def test_an_unknown_file(shell: Shell) -> None:
    """The sentence names the headings."""
    code, _, error = shell.licences("import", SAMPLES / "README.md")

    assert (code, error) == (
        1,
        "karogs licences: README.md: only CSV and XLSX files can be read; save the list as one of them\n",
    )
