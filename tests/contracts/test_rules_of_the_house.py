"""Rules that hold across packages and that no type can carry: found in the syntax trees of the project's own files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import tomllib

from bot.commands.__main__ import COMMANDS
from bot.commands.places import default_places

PROJECT = default_places().project
PACKAGES = ("bot", "actions", "helpline_console")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((PROJECT / package).rglob("*.py")):
            yield str(path.relative_to(PROJECT)), ast.parse(path.read_text(encoding="utf-8"))


def test_only_one_function_moves_a_route() -> None:
    """A conversation's route is written in one place; everybody else asks the conversation core."""
    seen, writers = 0, set()
    for name, tree in modules():
        seen += 1
        if any(_writes_route(node) for node in ast.walk(tree)):
            writers.add(name)

    assert seen >= 100
    assert writers == {"bot/conversation/transition.py"}


def _writes_route(node: ast.AST) -> bool:
    """An assignment to `.route`, or `.values(route=…)` of an UPDATE."""
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Attribute) and target.attr == "route" for target in node.targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "values":
        return any(word.arg == "route" for word in node.keywords)
    return False


def test_only_the_composition_root_reads_the_environment() -> None:
    """`os.environ` is read by the commands, by Rasa's own surroundings, and nowhere else."""
    readers = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }

    assert readers <= {
        "bot/commands/installation.py",
        "bot/commands/processes.py",
        "bot/assistant/surroundings.py",
        "actions/turn.py",
    }


def test_no_module_is_called_by_what_it_is_not() -> None:
    """A file is named by a noun of the field."""
    names = {Path(name).stem for name, _ in modules()}

    assert len(names) >= 80
    assert names & {"utils", "helpers", "common", "manager", "misc"} == set()


def test_markup_is_never_made_from_text() -> None:
    """Visitor text reaches a page only as text."""
    files = [
        path
        for package in ("bot/gateway", "helpline_console")
        for path in (PROJECT / package).rglob("*")
        if path.suffix in {".js", ".html", ".py"}
    ]
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\|\s*safe\b|\bMarkup\(")

    assert len(files) >= 40
    # pages.py puts the page's own words, never a visitor's, into a JSON block with "<" escaped.
    assert [path.name for path in files if forbidden.search(path.read_text(encoding="utf-8"))] == ["pages.py"]


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    """Every pinned package has hashes; no registry's address is in the repository."""
    for name in ("app", "rasa"):
        text = (PROJECT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][^\s=]*==", text, flags=re.MULTILINE)

        assert len(pins) >= 80
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text


def test_every_command_has_its_module() -> None:
    """`karogs --help` promises nothing that is not there."""
    missing = [name for name in COMMANDS if not (PROJECT / "bot/commands" / f"{name.replace('-', '_')}.py").exists()]

    assert len(COMMANDS) == 18
    assert missing == []


def test_rasas_code_is_written_for_its_python() -> None:
    """What Rasa's environment imports parses as Python 3.10."""
    files = [
        path
        for package in ("bot/redflags", "bot/knowledge", "bot/assistant")
        for path in (PROJECT / package).rglob("*.py")
    ]

    assert len(files) >= 40
    for path in [*files, PROJECT / "bot" / "messages.py"]:
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 10))


def test_project_is_described() -> None:
    """The command `karogs` is what the package installs."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["scripts"] == {"karogs": "bot.commands.__main__:main"}
