"""The engine with an up-to-date model: trains it when the data have changed."""

from __future__ import annotations

import sys

from bot.commands.places import Places
from bot.redflags.engine import Engine, load_engine, save_trained
from bot.redflags.errors import ModelMissing, RedFlagDataError
from bot.redflags.floors import FloorsBroken, broken_floors, load_floors

ENGINE_ERRORS = (RedFlagDataError, ModelMissing, FloorsBroken)


def ready_engine(places: Places) -> Engine:
    """The engine; trains its model first when there is none for the present data. Raises RedFlagDataError."""
    try:
        return load_engine(places.nlu_data, places.models)
    except ModelMissing as missing:
        print(f"karogs: {missing.args[0].split(';')[0]}; training now", file=sys.stderr)
        train_engine(places)
        return load_engine(places.nlu_data, places.models)


def train_engine(places: Places) -> str:
    """
    Trains and saves the engine's model; the score table of its validation.

    Raises:
        RedFlagDataError. FloorsBroken: the model in use stays.
    """
    # scikit-learn takes a second to import and only training needs it.
    from bot.redflags.scoring import table  # noqa: PLC0415
    from bot.redflags.training import train  # noqa: PLC0415

    floors = load_floors(places.nlu_data / "redflags" / "floors.yml")
    report = train(places.nlu_data, lambda step: print(f"karogs train: {step}", file=sys.stderr, flush=True))
    if broken := broken_floors(report.validated, floors):
        print(table(report.validated), file=sys.stderr)
        raise FloorsBroken(broken)
    save_trained(report.model, places.nlu_data, places.models)
    return table(report.validated)
