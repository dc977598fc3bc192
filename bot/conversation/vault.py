"""Who can open what: the gateway's and the console's keys."""

from __future__ import annotations

from pathlib import Path


class GatewayVault:
    """The visitor's edge: opens chat ids and waiting work, seals content for the console and cannot read it back."""

    def __init__(self, route_private: bytes, content_public: bytes) -> None: ...


class ConsoleVault:
    """The operator's edge: opens content, seals deliveries for the gateway, never opens a chat id."""

    def __init__(self, content_private: bytes, route_public: bytes) -> None: ...


def make_keys(folder: Path) -> None:
    """Writes route.key, route.pub, content.key, content.pub (0400); raises KeyFileError when one exists."""
    raise NotImplementedError


def load_gateway_vault(folder: Path) -> GatewayVault:
    """Reads route.key and content.pub; raises KeyFileError."""
    raise NotImplementedError


def load_console_vault(folder: Path) -> ConsoleVault:
    """Reads content.key and route.pub; raises KeyFileError."""
    raise NotImplementedError
