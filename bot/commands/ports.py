"""Ports of this machine."""

from __future__ import annotations

import socket

from bot.commands.failures import CommandFailed


def usable_port(wanted: int, host: str, setting: str) -> int:
    """`wanted` when it is free, any free port when it is 0. Raises CommandFailed naming the setting."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError as error:
            raise CommandFailed(f"port {wanted} cannot be used ({error.strerror}); set {setting}") from None
        return int(probe.getsockname()[1])
