"""Who may sign in, and for how long."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.conversation import Database, NotFound, OperatorExists, Operators, OperatorSession, WeakPassword, add_operator
from tests.conversation.conftest import Clock

PASSWORD = "četri vārdi bez jēgas"


@pytest.fixture
def operators(database: Database, clock: Clock) -> Operators:
    return Operators(database, clock)


def test_the_right_password_opens_and_nothing_else(operators: Operators) -> None:
    """Unknown logins and wrong passwords look alike; the case of the login does not matter."""
    operator_id = operators.add_operator("Anna", PASSWORD)
    attempts = [("anna", PASSWORD), (" ANNA ", PASSWORD), ("anna", PASSWORD + "x"), ("anna", ""), ("boris", PASSWORD)]
    assert [operators.verify(*attempt) for attempt in attempts] == [operator_id, operator_id, None, None, None]
    assert operators.verify("anna\ud800\x00", "\ud800\x00") is None


def test_a_login_exists_once(operators: Operators, database: Database) -> None:
    """Also when it is written differently, also by the command."""
    operators.add_operator("Anna", PASSWORD)
    with pytest.raises(OperatorExists):
        add_operator(database, "ANNA", PASSWORD)


def test_a_chosen_password_has_15_characters_at_least(operators: Operators) -> None:
    """One that the program made and that works once only may be shorter."""
    with pytest.raises(WeakPassword, match="at least 15"):
        operators.add_operator("anna", "x" * 14)
    operator_id = operators.add_operator("anna", "x" * 12, one_time=True)
    with pytest.raises(WeakPassword):
        operators.change_password(operator_id, "x" * 14)
    assert operators.verify("anna", "x" * 12) == operator_id


def test_a_one_time_password_asks_to_be_changed(operators: Operators) -> None:
    """Changing it ends every session and the old password."""
    operator_id = operators.add_operator("anna", "x" * 12, one_time=True)
    session_id, csrf = operators.open_session(operator_id)
    assert operators.session(session_id) == OperatorSession(operator_id, "anna", csrf, must_change_password=True)
    operators.change_password(operator_id, PASSWORD)
    assert operators.session(session_id) is None
    assert (operators.verify("anna", "x" * 12), operators.verify("anna", PASSWORD)) == (None, operator_id)
    session_id, csrf = operators.open_session(operator_id)
    assert operators.session(session_id) == OperatorSession(operator_id, "anna", csrf, must_change_password=False)


def test_a_session_ends_after_half_an_hour_without_use(operators: Operators, clock: Clock) -> None:
    """Each use starts the half hour anew."""
    session_id, _ = operators.open_session(operators.add_operator("anna", PASSWORD))
    for _ in range(3):
        clock.forward(minutes=30)
        assert operators.session(session_id) is not None
    clock.forward(minutes=30, seconds=1)
    assert operators.session(session_id) is None


def test_a_session_ends_after_eight_hours_in_any_case(operators: Operators, clock: Clock) -> None:
    """Even in constant use."""
    session_id, _ = operators.open_session(operators.add_operator("anna", PASSWORD))
    for _ in range(24):
        clock.forward(minutes=20)
        assert operators.session(session_id) is not None
    clock.forward(seconds=1)
    assert operators.session(session_id) is None


def test_signing_out_ends_one_session(operators: Operators) -> None:
    """The other browser stays signed in; ending it again is fine."""
    operator_id = operators.add_operator("anna", PASSWORD)
    one, other = operators.open_session(operator_id)[0], operators.open_session(operator_id)[0]
    operators.end_session(one)
    operators.end_session(one)
    assert (operators.session(one), operators.session(other) is not None) == (None, True)
    assert operators.session("nothing\ud800") is None


def test_a_switched_off_operator_is_out_at_once(operators: Operators) -> None:
    """Sessions end, the password does not work, and the login stays taken."""
    operator_id = operators.add_operator("anna", PASSWORD)
    session_id, _ = operators.open_session(operator_id)
    operators.switch_off("Anna")
    assert (operators.session(session_id), operators.verify("anna", PASSWORD)) == (None, None)
    with pytest.raises(OperatorExists):
        operators.add_operator("anna", PASSWORD)
    with pytest.raises(NotFound):
        operators.switch_off("boris")


def test_nothing_stored_opens_a_session(operators: Operators, database: Database) -> None:
    """Passwords are argon2id with 64 MiB and three rounds; session ids and CSRF tokens are not in the database."""
    session_id, csrf = operators.open_session(operators.add_operator("anna", PASSWORD))
    assert (len(session_id), len(csrf)) == (43, 64)
    with database.reading() as session:
        stored = session.execute(text("SELECT password_hash, id_hash FROM operator, operator_session")).one()
    assert stored[0].startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert session_id not in str(stored)
    assert csrf not in str(stored)
