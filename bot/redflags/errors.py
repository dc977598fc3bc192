"""What can be wrong with the engine's data: the message names file, entry and key, never a visitor's words."""


class RedFlagDataError(Exception):
    """A data file of the engine is broken; the engine does not start."""

    def __init__(self, file: str, where: str, problem: str) -> None:
        super().__init__(f"{file}: {where}: {problem}")
        self.file, self.where, self.problem = file, where, problem


class ModelMissing(Exception):
    """No trained model, or one that was trained from other data; `karogs train` makes it."""
