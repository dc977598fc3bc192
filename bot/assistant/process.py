"""How the assistant's processes are started: arguments and caged environments. Needs no Rasa to be imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
MODEL_NAME = "assistant"

READING_CODE = ("concepts", "features", "folding", "identification", "languages", "negation", "reading", "tokens")
"""The modules of `bot.redflags` that decide which ideas are read in a line: changed ones must be learned anew."""

TRAINED_FROM = (
    "config.yml",
    "nlu_data/nlu",
    "nlu_data/dialogue",
    "nlu_data/domain/domain.yml",
    "nlu_data/redflags/concepts",
    "nlu_data/redflags/languages",
    "bot/assistant",
    *(f"bot/redflags/{module}.py" for module in READING_CODE),
)
"""What the model is made from, below the repository; all other data are read when the processes start."""

_LOGGING = "bot/assistant/logging.yml"
_QUIET = ("--logging-config-file", _LOGGING)


@dataclass(frozen=True)
class Command:
    """A process to be started: its arguments, its whole environment and the folder it is started in."""

    argv: tuple[str, ...]
    env: Mapping[str, str]
    folder: Path


@dataclass(frozen=True)
class AssistantPaths:
    """
    Where things are; all absolute.

    `root` is the repository, `data` nlu_data, `models` where the engine's model is and the assistant's is written,
    `home` a folder that Rasa may use as its home (it writes a settings file there), `rasa_python` and `app_python`
    the interpreters of the two environments.
    """

    root: Path
    data: Path
    models: Path
    home: Path
    rasa_python: Path
    app_python: Path

    @property
    def model(self) -> Path:
        """The trained assistant."""
        return self.models / MODEL_NAME / f"{MODEL_NAME}.tar.gz"


def train_command(paths: AssistantPaths) -> Command:
    """`rasa train`; the parts that did not change come from its cache below `home`."""
    argv = _rasa(paths, "train", "--config", "config.yml", "--domain", str(paths.data / "domain" / "domain.yml"))
    data = ("--data", str(paths.data / "nlu"), str(paths.data / "dialogue" / "rules.yml"))
    out = ("--out", str(paths.model.parent), "--fixed-model-name", MODEL_NAME)
    cache = {"RASA_CACHE_DIRECTORY": str(paths.home / "cache")}
    return Command((*argv, *data, *out, *_QUIET), _environment(paths) | cache, paths.root)


def serve_command(paths: AssistantPaths, port: int, actions_port: int) -> Command:
    """`rasa run` on loopback; ready when GET /webhooks/karogs/health answers 200."""
    argv = _rasa(paths, "run", "--interface", LOOPBACK, "--port", str(port), "--model", str(paths.model))
    config = ("--endpoints", "endpoints.yml", "--credentials", "credentials.yml")
    actions = {"KAROGS_ACTIONS_URL": f"http://{LOOPBACK}:{actions_port}/webhook"}
    return Command((*argv, *config, *_QUIET), _environment(paths) | actions, paths.root)


def actions_command(paths: AssistantPaths, port: int) -> Command:
    """The action server on loopback; ready when GET /health answers 200."""
    argv = (str(paths.app_python), "-m", "actions", "--port", str(port), "--logging", _LOGGING)
    return Command(argv, _environment(paths) | {"SANIC_HOST": LOOPBACK}, paths.root)


def _rasa(paths: AssistantPaths, *arguments: str) -> tuple[str, ...]:
    return (str(paths.rasa_python), "-m", "rasa", *arguments)


def _environment(paths: AssistantPaths) -> dict[str, str]:
    """The whole environment: nothing of the parent's reaches Rasa, above all no key and no proxy."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(paths.home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(paths.root),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "LOG_LEVEL": "ERROR",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "MPLCONFIGDIR": str(paths.home),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "KAROGS_NLU_DATA": str(paths.data),
        "KAROGS_MODELS": str(paths.models),
    }
