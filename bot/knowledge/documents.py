"""YAML files as they are written by people: read strictly, every mistake named."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.errors import KnowledgeError

_FastestLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_FastestLoader):  # type: ignore[valid-type, misc]
    """A key that stands twice in one mapping is a mistake: plain YAML would keep the last one in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


@dataclass(frozen=True)
class Document:
    """One YAML file under the data folder; `file` is its path from there, as errors name it."""

    file: str
    content: Any

    @classmethod
    def read(cls, root: Path, file: str) -> Document:
        """Raises KnowledgeError when the file is missing, not UTF-8 or not YAML."""
        try:
            content = yaml.load((root / file).read_text(encoding="utf-8"), _StrictLoader)  # noqa: S506 - a SafeLoader
        except FileNotFoundError:
            raise KnowledgeError(file, "file", "path", "is missing") from None
        except UnicodeDecodeError:
            raise KnowledgeError(file, "file", "encoding", "is not UTF-8") from None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            raise KnowledgeError(file, f"line {line}", "YAML", error.problem or "cannot be read") from None
        except yaml.YAMLError as error:
            raise KnowledgeError(file, "file", "YAML", type(error).__name__) from None
        return cls(file, content)

    def mapping(self) -> Mapping[str, Any]:
        """The content, which must be a mapping with words as keys."""
        return self.mapping_of(self.content, "file", "content")

    def mapping_of(self, value: Any, entry: str, key: str) -> Mapping[str, Any]:
        """`value`, which must be a mapping with words as keys (an unquoted `no` or `112` is not a word to YAML)."""
        if not isinstance(value, dict) or not value:
            raise self.error(entry, key, "must be a mapping")
        for name in value:
            if not isinstance(name, str):
                raise self.error(entry, str(name), "must be quoted to be a key")
        return value

    def sentence(self, value: Any, entry: str, key: str) -> str:
        """`value`, which must be words."""
        if not isinstance(value, str) or not value.strip():
            raise self.error(entry, key, "must be a text and not empty")
        return value.strip()

    def required(self, mapping: Mapping[str, Any], entry: str, key: str) -> Any:
        """The value of `key` in `mapping`."""
        if key not in mapping:
            raise self.error(entry, key, "is missing")
        return mapping[key]

    def error(self, entry: str, key: str, problem: str) -> KnowledgeError:
        return KnowledgeError(self.file, entry, key, problem)
