"""
Who can open what.

The gateway holds the route key (chat ids, work that waits) and only the public content key: what it has stored it
cannot read again. The console holds the content key (texts) and only the public route key: it never learns a chat id.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.errors import KeyFileError
from bot.conversation.sealing import KEY_BYTES, Place, derive, keyed_hash, new_key, public_of, seal, unseal

ROUTE_KEY, ROUTE_PUBLIC, CONTENT_KEY, CONTENT_PUBLIC = "route.key", "route.pub", "content.key", "content.pub"
PRIVATE_TO_OWNER = 0o400
TOKEN_BYTES = 32


class GatewayVault:
    """The visitor's edge: opens chat ids and waiting work, seals content for the console and cannot read it back."""

    def __init__(self, route_private: bytes, content_public: bytes) -> None:
        self._private = route_private
        self._chat_key = derive(route_private, "chat hash")
        self._origin_key = derive(route_private, "channel message id")
        self.route_public = public_of(route_private)
        self.content_public = content_public

    def chat_hash(self, chat_id: int) -> str:
        """By which a chat is found again; worth nothing without the route key."""
        return keyed_hash(self._chat_key, str(chat_id))

    def origin_hash(self, conversation_id: str, channel_message_id: str) -> str:
        """By which a message that the channel delivers twice is known."""
        return keyed_hash(self._origin_key, conversation_id, channel_message_id)

    def open(self, envelope: bytes, place: Place) -> bytes:
        """What was sealed to the route key; raises Unreadable."""
        return unseal(self._private, envelope, place)

    def seal(self, plaintext: bytes, place: Place) -> bytes:
        """Seals to the route key itself."""
        return seal(self.route_public, plaintext, place)


class ConsoleVault:
    """The operator's edge: opens content, seals deliveries for the gateway, never opens a chat id."""

    def __init__(self, content_private: bytes, route_public: bytes) -> None:
        self._private = content_private
        self._origin_key = derive(content_private, "client message id")
        self.content_public = public_of(content_private)
        self.route_public = route_public

    def origin_hash(self, conversation_id: str, client_id: str) -> str:
        """By which a message that the operator's page sends twice is known."""
        return keyed_hash(self._origin_key, conversation_id, client_id)

    def open(self, envelope: bytes, place: Place) -> bytes:
        """What was sealed to the content key; raises Unreadable."""
        return unseal(self._private, envelope, place)


@dataclass(frozen=True)
class VisitorVault:
    """What follows from a web visitor's token: only its hash and its public key are ever stored."""

    token_hash: str
    private: bytes
    public: bytes

    @classmethod
    def of(cls, token: str) -> VisitorVault:
        secret = token.encode(errors="replace")
        private = derive(secret, "visitor key")
        return cls(hashlib.sha256(secret).hexdigest(), private, public_of(private))

    def open(self, envelope: bytes, place: Place) -> bytes:
        """What was sealed to this visitor; raises Unreadable."""
        return unseal(self.private, envelope, place)


def new_token() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def make_keys(folder: Path) -> None:
    """Writes route.key, route.pub, content.key, content.pub (0400); raises KeyFileError when one exists."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (ROUTE_KEY, ROUTE_PUBLIC, CONTENT_KEY, CONTENT_PUBLIC):
        if (folder / name).exists():
            raise KeyFileError(name, "exists already and is not overwritten")
    for private_name, public_name in ((ROUTE_KEY, ROUTE_PUBLIC), (CONTENT_KEY, CONTENT_PUBLIC)):
        private = new_key()
        _write(folder / private_name, private)
        _write(folder / public_name, public_of(private))


def load_gateway_vault(folder: Path) -> GatewayVault:
    """Reads route.key and content.pub; raises KeyFileError."""
    return GatewayVault(_read(folder / ROUTE_KEY), _read(folder / CONTENT_PUBLIC))


def load_console_vault(folder: Path) -> ConsoleVault:
    """Reads content.key and route.pub; raises KeyFileError."""
    return ConsoleVault(_read(folder / CONTENT_KEY), _read(folder / ROUTE_PUBLIC))


def _write(path: Path, key: bytes) -> None:
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(key)
    path.chmod(PRIVATE_TO_OWNER)


def _read(path: Path) -> bytes:
    try:
        key = path.read_bytes()
    except OSError as error:
        raise KeyFileError(path.name, error.strerror or "cannot be read") from None
    if len(key) != KEY_BYTES:
        raise KeyFileError(path.name, f"must hold {KEY_BYTES} bytes, holds {len(key)}")
    return key
