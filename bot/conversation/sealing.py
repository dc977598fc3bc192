"""
The envelopes of everything secret that is stored.

`1|x|<key id>|<ephemeral public, nonce, ciphertext>`: sealed to an X25519 public key (HKDF-SHA-256, AES-256-GCM).
`1|k|<segment>|<nonce, ciphertext>`: AES-256-GCM under a conversation's content key of that segment.
The associated data binds the place, so that a value moved to another row or column does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.conversation.errors import Unreadable

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = b"1"
SEALED = b"x"
KEYED = b"k"
ENVELOPE_PARTS = 4


@dataclass(frozen=True)
class Place:
    """Where a secret value stands; it opens nowhere else."""

    table: str
    column: str
    row: str
    conversation: str

    @property
    def associated_data(self) -> bytes:
        return "|".join((self.table, self.column, self.row, self.conversation)).encode()


def derive(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """A key of 32 bytes for one purpose; different purposes tell nothing of each other."""
    return HKDF(SHA256(), KEY_BYTES, salt or None, f"karogs {purpose} v1".encode()).derive(secret)


def keyed_hash(key: bytes, *parts: str) -> str:
    """A hash in hexadecimal that only the holder of the key can make."""
    return hmac.new(key, "|".join(parts).encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def public_of(private: bytes) -> bytes:
    """The X25519 public key that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public: bytes, plaintext: bytes, place: Place) -> bytes:
    """An envelope that only the holder of the private key opens."""
    ephemeral = X25519PrivateKey.generate()
    mine = ephemeral.public_key().public_bytes_raw()
    key = _agreed(ephemeral, public, salt=mine + public)
    return _envelope(SEALED, _key_id(public), mine + _encrypted(key, plaintext, place))


def unseal(private: bytes, envelope: bytes, place: Place) -> bytes:
    """What was sealed; raises Unreadable for another key, another place or changed bytes."""
    _, content = _opened(envelope, SEALED)
    theirs, rest = content[:KEY_BYTES], content[KEY_BYTES:]
    key = _agreed(X25519PrivateKey.from_private_bytes(private), theirs, salt=theirs + public_of(private))
    return _decrypted(key, rest, place)


def encrypt(key: bytes, segment: int, plaintext: bytes, place: Place) -> bytes:
    """An envelope under a content key; the segment tells later which key opens it."""
    return _envelope(KEYED, str(segment).encode(), _encrypted(key, plaintext, place))


def decrypt(key: bytes, envelope: bytes, place: Place) -> bytes:
    """What was encrypted; raises Unreadable."""
    return _decrypted(key, _opened(envelope, KEYED)[1], place)


def segment_of(envelope: bytes) -> int:
    """The segment whose content key opens the envelope; raises Unreadable."""
    try:
        return int(_opened(envelope, KEYED)[0])
    except ValueError:
        raise Unreadable("not an envelope of this program") from None


def _key_id(public: bytes) -> bytes:
    return hashlib.sha256(public).hexdigest()[:8].encode()


def _agreed(private: X25519PrivateKey, public: bytes, salt: bytes) -> bytes:
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise Unreadable("no key can be agreed on") from None
    return derive(shared, "seal", salt)


def _envelope(kind: bytes, label: bytes, content: bytes) -> bytes:
    return b"|".join((VERSION, kind, label, content))


def _opened(envelope: bytes, kind: bytes) -> tuple[bytes, bytes]:
    parts = envelope.split(b"|", ENVELOPE_PARTS - 1)
    if len(parts) != ENVELOPE_PARTS or parts[0] != VERSION or parts[1] != kind:
        raise Unreadable("not an envelope of this program")
    return parts[2], parts[3]


def _encrypted(key: bytes, plaintext: bytes, place: Place) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, place.associated_data)


def _decrypted(key: bytes, content: bytes, place: Place) -> bytes:
    try:
        return AESGCM(key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], place.associated_data)
    except (InvalidTag, ValueError):
        raise Unreadable(f"{place.table}.{place.column} does not open") from None
