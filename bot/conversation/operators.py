"""Who may sign in to the console, and their sessions. Passwords are argon2id hashes, session ids SHA-256 hashes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.conversation.body import clean
from bot.conversation.database import Database
from bot.conversation.errors import NotFound, OperatorExists, WeakPassword
from bot.conversation.minute import Clock
from bot.conversation.models import Operator, OperatorSessionRow
from bot.conversation.transition import new_id
from bot.conversation.views import OperatorSession

IDLE_LIMIT = timedelta(minutes=30)
ABSOLUTE_LIMIT = timedelta(hours=8)
MINIMUM_PASSWORD = 15
SESSION_BYTES = 32
SEEN_STEP = timedelta(minutes=1)
"""A session's last use is written at most this often."""

HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
HASHING_SLOTS = threading.BoundedSemaphore(2)
"""Each hash takes 64 MiB and a core: more at once would let a flood of sign-ins stop the console."""


class Operators:
    """Operators and their sessions: 30 minutes idle, 8 hours at most."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._decoy = HASHER.hash(secrets.token_hex())

    def add_operator(self, login: str, password: str, one_time: bool = False) -> str:
        """The new operator's id; raises OperatorExists, and WeakPassword for a chosen one under 15 characters."""
        return add_operator(self._database, login, password, one_time)

    def switch_off(self, login: str) -> None:
        """The operator cannot sign in any more and every session ends now; raises NotFound."""
        with self._database.writing() as session:
            operator = _by_login(session, login)
            if operator is None:
                raise NotFound("no such operator")
            operator.switched_off = True
            session.execute(delete(OperatorSessionRow).where(OperatorSessionRow.operator_id == operator.id))

    def verify(self, login: str, password: str) -> str | None:
        """The operator's id when the password is right; an unknown login takes as long as a wrong password."""
        with self._database.reading() as session:
            operator = _by_login(session, login)
        known = operator.password_hash if operator else self._decoy
        is_right = _matches(known, password)
        if operator is None or operator.switched_off or not is_right:
            return None
        return operator.id

    def change_password(self, operator_id: str, password: str) -> None:
        """Sets a chosen password and ends every session; raises WeakPassword, NotFound."""
        password_hash = _hash(password, one_time=False)
        with self._database.writing() as session:
            operator = session.get(Operator, operator_id)
            if operator is None:
                raise NotFound("no such operator")
            operator.password_hash, operator.one_time = password_hash, False
            session.execute(delete(OperatorSessionRow).where(OperatorSessionRow.operator_id == operator_id))

    def open_session(self, operator_id: str) -> tuple[str, str]:
        """A new session's id (256 bits, for the cookie) and its CSRF token."""
        session_id, now = secrets.token_urlsafe(SESSION_BYTES), self._clock()
        with self._database.writing() as session:
            session.add(
                OperatorSessionRow(id_hash=_hashed(session_id), operator_id=operator_id, opened_at=now, seen_at=now)
            )
        return session_id, _csrf(session_id)

    def session(self, session_id: str) -> OperatorSession | None:
        """The session, which counts as used now; None: unknown, idle or old, ended, or the operator is switched off."""
        now = self._clock()
        with self._database.reading() as session:
            found = session.execute(
                select(OperatorSessionRow, Operator)
                .join(Operator)
                .where(
                    OperatorSessionRow.id_hash == _hashed(session_id),
                    ~is_over(now),
                    Operator.switched_off.is_(False),
                )
            ).first()
        if found is None:
            return None
        row, operator = found
        if now - row.seen_at >= SEEN_STEP:
            self._touch(row.id_hash, now)
        return OperatorSession(operator.id, operator.login, _csrf(session_id), operator.one_time)

    def end_session(self, session_id: str) -> None:
        """Signs out; safe to repeat."""
        with self._database.writing() as session:
            session.execute(delete(OperatorSessionRow).where(OperatorSessionRow.id_hash == _hashed(session_id)))

    def _touch(self, id_hash: str, now: datetime) -> None:
        with self._database.writing() as session:
            row = session.get(OperatorSessionRow, id_hash)
            if row is not None:
                row.seen_at = now


def add_operator(database: Database, login: str, password: str, one_time: bool = False) -> str:
    """The new operator's id; raises OperatorExists, and WeakPassword for a chosen one under 15 characters."""
    password_hash = _hash(password, one_time)
    operator = Operator(id=new_id(), login=_folded(login), password_hash=password_hash, one_time=one_time)
    try:
        with database.writing() as session:
            session.add(operator)
            session.flush()
    except IntegrityError:
        raise OperatorExists("the login is in use") from None
    return operator.id


def is_over(now: datetime) -> ColumnElement[bool]:
    """The condition of a session that ended by itself."""
    return or_(OperatorSessionRow.seen_at < now - IDLE_LIMIT, OperatorSessionRow.opened_at < now - ABSOLUTE_LIMIT)


def is_signed_in(session: Session, now: datetime) -> bool:
    """Whether any operator has a session that is not over."""
    rows = select(OperatorSessionRow.id_hash).join(Operator).where(~is_over(now), Operator.switched_off.is_(False))
    return session.scalar(rows.limit(1)) is not None


def _by_login(session: Session, login: str) -> Operator | None:
    return session.scalar(select(Operator).where(Operator.login == _folded(login)))


def _folded(login: str) -> str:
    """As it is stored; PostgreSQL takes no zero bytes."""
    return clean(login).replace("\x00", "").strip().casefold()


def _hash(password: str, one_time: bool) -> str:
    if not one_time and len(password) < MINIMUM_PASSWORD:
        raise WeakPassword(MINIMUM_PASSWORD)
    with HASHING_SLOTS:
        return HASHER.hash(password.encode(errors="replace"))


def _matches(password_hash: str, password: str) -> bool:
    with HASHING_SLOTS:
        try:
            return HASHER.verify(password_hash, password.encode(errors="replace"))
        except VerificationError:
            return False


def _hashed(session_id: str) -> str:
    return hashlib.sha256(session_id.encode(errors="replace")).hexdigest()


def _csrf(session_id: str) -> str:
    """Follows from the session id, which only the browser has: nothing more to store."""
    return hmac.new(session_id.encode(errors="replace"), b"karogs csrf v1", hashlib.sha256).hexdigest()
