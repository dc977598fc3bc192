"""Where things lie: the data that staff edit, the models made from them, the installation's own data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
"""The checkout: config.yml and nlu_data lie in it."""


@dataclass(frozen=True)
class Places:
    """Folders of one installation; `data` holds the database and the keys."""

    project: Path
    data: Path

    @property
    def nlu_data(self) -> Path:
        return self.project / "nlu_data"

    @property
    def models(self) -> Path:
        return self.project / "models"

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def licences(self) -> Path:
        """The copy of the public lists that the assistant reads."""
        return self.data / "licences.db"

    @property
    def rasa_python(self) -> Path:
        return self.project / ".venv-rasa" / "bin" / "python"


def default_places(data: Path | None = None) -> Places:
    """The places of this checkout; `data` is `.karogs` in it unless given."""
    return Places(PROJECT, (data or PROJECT / ".karogs").resolve())
