"""What can be wrong with the files of knowledge."""

from __future__ import annotations


class KnowledgeError(Exception):
    """
    A file of knowledge is broken, or something was asked for that no file holds.

    `file` is relative to the data folder, `entry` a language or the id of an entry, `key` what is wrong in it.
    """

    def __init__(self, file: str, entry: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {entry}: {key}: {problem}")
        self.file, self.entry, self.key, self.problem = file, entry, key, problem
