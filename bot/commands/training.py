"""Training what is out of date: the engine's model and the assistant; a fingerprint says what each was made from."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import yaml

from bot.assistant.intent_score import IntentScore, cross_validated, read_examples
from bot.assistant.process import TRAINED_FROM, AssistantPaths, Command, train_command
from bot.commands.engine import train_engine
from bot.commands.failures import CommandFailed
from bot.commands.places import Places
from bot.redflags.engine import is_trained, load_trained


def assistant_paths(places: Places) -> AssistantPaths:
    """The paths in the form that the assistant's own module wants."""
    return AssistantPaths(
        root=places.project,
        data=places.nlu_data,
        models=places.models,
        home=places.models / "rasa-home",
        rasa_python=places.rasa_python,
        app_python=Path(sys.executable),
    )


def train_missing(places: Places, *, force: bool = False) -> bool:
    """Trains what is out of date, in order: the assistant is made with the engine. True when anything was trained."""
    trained = False
    if force or not is_trained(places.nlu_data, places.models):
        print(train_engine(places), flush=True)
        trained = True
    stamp = places.models / "assistant.fingerprint"
    wanted = assistant_fingerprint(places)
    if force or not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        train_assistant(places)
        stamp.write_text(wanted, encoding="utf-8")
        trained = True
    return trained


def intent_score(places: Places) -> IntentScore:
    """How well the intents are known, cross-validated with the settings of config.yml."""
    pipeline = yaml.safe_load((places.project / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    strength = next(step["inverse_regularisation"] for step in pipeline if "inverse_regularisation" in step)
    return cross_validated(read_examples(places.nlu_data), strength, load_trained(places.models))


def train_assistant(places: Places) -> None:
    """`rasa train` in its cage. Raises CommandFailed with the end of what it printed."""
    print("karogs train: training the assistant (Rasa, some minutes)", file=sys.stderr, flush=True)
    run_caged(train_command(assistant_paths(places)))


def run_caged(command: Command, given: str = "") -> str:
    """What the process prints when it is `given` this on its input. Raises CommandFailed with the end of its output."""
    Path(command.env["HOME"]).mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        command.argv,
        env=dict(command.env),
        cwd=command.folder,
        input=given,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise CommandFailed(f"{' '.join(command.argv[1:4])} failed:\n{last}")
    return done.stdout


def assistant_fingerprint(places: Places) -> str:
    """A hash of everything the assistant is trained from; what it only reads when it starts does not count."""
    digest = hashlib.sha256()
    for source in TRAINED_FROM:
        path = places.project / source
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in {".yml", ".py"})
        for file in files:
            digest.update(str(file.relative_to(places.project)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
