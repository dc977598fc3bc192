"""Sealed values open for the right key in the right place, and nowhere else."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import KeyFileError, load_console_vault, load_gateway_vault, make_keys
from bot.conversation.body import Body, clean, pack
from bot.conversation.errors import Unreadable
from bot.conversation.sealing import Place, decrypt, encrypt, new_key, public_of, seal, segment_of, unseal
from bot.conversation.vault import VisitorVault, new_token
from bot.messages import Button

PLACE = Place("message", "body", "1", "c1")
ELSEWHERE = [
    replace(PLACE, table="outbox"),
    replace(PLACE, column="assessment"),
    replace(PLACE, row="2"),
    replace(PLACE, conversation="c2"),
]


def test_what_is_sealed_opens_only_with_the_private_key() -> None:
    """The public key is enough to seal; another private key opens nothing."""
    private = new_key()
    envelope = seal(public_of(private), b"pase", PLACE)
    assert unseal(private, envelope, PLACE) == b"pase"
    with pytest.raises(Unreadable):
        unseal(new_key(), envelope, PLACE)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_an_envelope_moved_to_another_place_does_not_open(place: Place) -> None:
    """Table, column, row and conversation are bound, sealed or encrypted."""
    private, key = new_key(), new_key()
    with pytest.raises(Unreadable):
        unseal(private, seal(public_of(private), b"pase", PLACE), place)
    with pytest.raises(Unreadable):
        decrypt(key, encrypt(key, 3, b"pase", PLACE), place)


def test_every_changed_byte_is_noticed() -> None:
    """Flipping any byte of an envelope makes it unreadable."""
    key = new_key()
    envelope = encrypt(key, 3, b"pase", PLACE)
    broken = [envelope[:n] + bytes([envelope[n] ^ 1]) + envelope[n + 1 :] for n in range(len(envelope))]
    # Byte 4 is the segment's number, which only tells which key to try.
    outcomes = [_opens(key, candidate) for n, candidate in enumerate(broken) if n != 4]
    assert (len(outcomes), any(outcomes)) == (len(envelope) - 1, False)


def _opens(key: bytes, envelope: bytes) -> bool:
    try:
        decrypt(key, envelope, PLACE)
    except Unreadable:
        return False
    return True


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_that_are_no_envelope_are_unreadable(data: bytes) -> None:
    """Nothing but Unreadable comes out of garbage."""
    openings: tuple[Callable[[], bytes], ...] = (
        lambda: unseal(b"k" * 32, data, PLACE),
        lambda: decrypt(b"k" * 32, data, PLACE),
        lambda: unseal(b"k" * 32, b"1|x|abcdef00|" + data, PLACE),
        lambda: decrypt(b"k" * 32, b"1|k|1|" + data, PLACE),
    )
    for opening in openings:
        with pytest.raises(Unreadable):
            opening()


def test_an_envelope_tells_its_segment() -> None:
    """The number of the key stands in clear in front of the secret."""
    assert segment_of(encrypt(new_key(), 17, b"", PLACE)) == 17


def test_lengths_come_in_steps_of_256_bytes() -> None:
    """A short and a longer sentence look alike."""
    sizes = {len(Body("a" * n).packed()) for n in range(0, 180)}
    assert sizes == {256}
    assert {len(pack({"x": "ā" * n})) % 256 for n in range(300)} == {0}


@given(st.text(), st.sampled_from([None, "lv", "ru", "uk"]))
@settings(max_examples=200, deadline=None)
def test_a_body_comes_back_as_it_was(text: str, language: str | None) -> None:
    """Any Unicode survives packing."""
    body = Body(clean(text), language, (Button("Jā", "/affirm"),), "affirm")
    assert Body.unpacked(body.packed()) == body


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    """They are no characters; positions of evidence stay right."""
    assert clean("a\ud800b\udfffc😀") == "a\ufffdb\ufffdc😀"


def test_a_token_leads_to_the_same_keys_and_nothing_leads_back() -> None:
    """Two tokens have nothing in common; the stored hash is not the token."""
    one, other = new_token(), new_token()
    assert VisitorVault.of(one) == VisitorVault.of(one) != VisitorVault.of(other)
    assert len(one) == 43
    assert one not in VisitorVault.of(one).token_hash


def test_made_keys_are_for_the_owner_alone_and_fit_together(tmp_path: Path) -> None:
    """The gateway seals what the console opens, and the other way round."""
    make_keys(tmp_path / "keys")
    files = sorted((tmp_path / "keys").iterdir())
    assert [(file.name, stat.S_IMODE(file.stat().st_mode), file.stat().st_size) for file in files] == [
        ("content.key", 0o400, 32),
        ("content.pub", 0o400, 32),
        ("route.key", 0o400, 32),
        ("route.pub", 0o400, 32),
    ]
    gateway, console = load_gateway_vault(tmp_path / "keys"), load_console_vault(tmp_path / "keys")
    assert console.open(seal(gateway.content_public, b"x", PLACE), PLACE) == b"x"
    assert gateway.open(seal(console.route_public, b"y", PLACE), PLACE) == b"y"


def test_existing_keys_are_never_overwritten(tmp_path: Path) -> None:
    """The error names the file."""
    make_keys(tmp_path)
    before = (tmp_path / "content.key").read_bytes()
    with pytest.raises(KeyFileError, match=r"route\.key: exists"):
        make_keys(tmp_path)
    assert (tmp_path / "content.key").read_bytes() == before


def test_a_missing_or_cut_key_file_is_named(tmp_path: Path) -> None:
    """Starting without a key is refused with the file's name."""
    with pytest.raises(KeyFileError, match=r"route\.key"):
        load_gateway_vault(tmp_path)
    (tmp_path / "content.key").write_bytes(b"short")
    with pytest.raises(KeyFileError, match=r"content\.key: must hold 32 bytes, holds 5"):
        load_console_vault(tmp_path)
