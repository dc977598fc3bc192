"""Every bad input gets a clear error in the visitor's language, and changes nothing."""

from __future__ import annotations

import json
import uuid

import pytest

from bot.knowledge import Knowledge
from bot.messages import TEXT_LIMIT
from tests.gateway.installation import Installation, Visitor

ID = str(uuid.uuid4())


def message(text: object, client_id: object = ID) -> bytes:
    """The body of a message."""
    return json.dumps({"client_id": client_id, "text": text}, ensure_ascii=False).encode()


BAD_BODIES = {
    "nothing": (b"", 400, "malformed"),
    "broken": (b'{"client_id": "', 400, "malformed"),
    "a list": (b"[]", 400, "malformed"),
    "a word": (b'"text"', 400, "malformed"),
    "null": (b"null", 400, "malformed"),
    "not utf-8": (b'{"text": "\xff\xfe"}', 400, "malformed"),
    "deep nesting": (b"[" * 16_000, 400, "malformed"),
    "a long number": (b'{"text": ' + b"9" * 10_000 + b"}", 400, "malformed"),
    "no text": (json.dumps({"client_id": ID}).encode(), 400, "malformed"),
    "no client id": (b'{"text": "x"}', 400, "malformed"),
    "text is a number": (message(5), 400, "malformed"),
    "text is null": (message(None), 400, "malformed"),
    "text is a list": (message(["x"]), 400, "malformed"),
    "client id is a word": (message("x", "first"), 400, "malformed"),
    "client id without hyphens": (message("x", ID.replace("-", "")), 400, "malformed"),
    "client id in braces": (message("x", "{" + ID + "}"), 400, "malformed"),
    "client id is a number": (message("x", 5), 400, "malformed"),
    "empty": (message(""), 400, "empty"),
    "white space": (message(" \n\t\u00a0\u2003"), 400, "empty"),
    "4,001 characters": (message("x" * (TEXT_LIMIT + 1)), 413, "too_long"),
    "16 kB": (message("x" * 16_384), 413, "too_large"),
    "a megabyte": (message("x" * 1_000_000), 413, "too_large"),
}


def test_there_are_enough_bad_bodies() -> None:
    """Guards the table below against being emptied."""
    assert len(BAD_BODIES) == 22


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_bad_message_is_refused_and_not_stored(shared_visitor: Visitor, knowledge: Knowledge, name: str) -> None:
    """A word for programs, a sentence for people."""
    body, status, code = BAD_BODIES[name]
    shared_visitor.opens("ru")
    answer = shared_visitor.http.post("/v1/messages", content=body, headers=shared_visitor.headers)

    assert (answer.status_code, answer.json()) == (
        status,
        {"error": code, "detail": knowledge.text("ru", f"page.error_{code}")},
    )
    assert shared_visitor.reads()["messages"] == []


def test_a_body_without_a_length_is_capped_as_it_comes(shared_visitor: Visitor) -> None:
    """The cap does not trust what the header says."""
    shared_visitor.opens("lv")

    def endless() -> object:
        yield b'{"client_id": "'
        for _ in range(64):
            yield b"x" * 1_024

    answer = shared_visitor.http.post("/v1/messages", content=endless(), headers=shared_visitor.headers)  # type: ignore[arg-type]

    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


REQUESTS_WITH_TOKEN = (
    ("POST", "/v1/messages"),
    ("GET", "/v1/messages"),
    ("GET", "/v1/events"),
    ("POST", "/v1/handoff"),
    ("POST", "/v1/language"),
    ("DELETE", "/v1/conversation"),
)
BAD_TOKENS = {
    "none": {},
    "empty": {"Authorization": ""},
    "another scheme": {"Authorization": "Basic eDp5"},
    "no value": {"Authorization": "Bearer"},
    "unknown": {"Authorization": f"Bearer {'A' * 43}"},
    "endless": {"Authorization": f"Bearer {'A' * 4_000}"},
    "not a token": {"Authorization": "Bearer ' OR 1=1 --"},
    "cookie": {"Cookie": f"token={'A' * 43}"},
}


@pytest.mark.parametrize(("method", "path"), REQUESTS_WITH_TOKEN)
@pytest.mark.parametrize("name", BAD_TOKENS)
def test_without_a_known_token_nothing_opens(
    shared_visitor: Visitor, knowledge: Knowledge, method: str, path: str, name: str
) -> None:
    """Unknown, expired and shredded look the same."""
    answer = shared_visitor.http.request(method, path, headers=BAD_TOKENS[name] | {"Accept-Language": "uk"})

    assert (answer.status_code, answer.json(), answer.headers["WWW-Authenticate"]) == (
        401,
        {"error": "unknown_token", "detail": knowledge.text("uk", "page.error_unknown_token")},
        "Bearer",
    )


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/v1", 404, "not_found"),
        ("GET", "/v1/conversations/1", 404, "not_found"),
        ("GET", "/page/../app.py", 404, "not_found"),
        ("GET", "/page/%2e%2e%2fapp.py", 404, "not_found"),
        ("GET", "/check/", 404, "not_found"),
        ("GET", "/openapi.json", 404, "not_found"),
        ("GET", "/docs", 404, "not_found"),
        ("GET", "/v1/conversations", 405, "method_not_allowed"),
        ("PUT", "/v1/messages", 405, "method_not_allowed"),
        ("POST", "/", 405, "method_not_allowed"),
    ],
)
def test_unknown_routes_answer_in_the_same_form(
    shared_visitor: Visitor, method: str, path: str, status: int, code: str
) -> None:
    """404 and 405 are errors like all others."""
    answer = shared_visitor.http.request(method, path)

    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert ("allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "99999999999999999999", "١"])
def test_a_place_that_is_no_number_is_refused(shared_visitor: Visitor, after: str) -> None:
    """`after` is a seq or nothing."""
    shared_visitor.opens("lv")
    answers = [
        shared_visitor.http.get(path, params={"after": after}, headers=shared_visitor.headers)
        for path in ("/v1/messages", "/v1/events")
    ]

    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(400, "malformed")] * 2


@pytest.mark.parametrize("body", [{"language": "en"}, {"language": "LV"}, {"language": 1}, {"language": None}, {}])
def test_only_our_languages_can_be_chosen(shared_visitor: Visitor, body: object) -> None:
    """Latvian, Russian or Ukrainian."""
    shared_visitor.opens("lv")

    assert shared_visitor.post("/v1/language", body).json()["error"] == "malformed"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "lv"),
        ("en-GB,en;q=0.9", "lv"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("en,uk;q=0.7,ru;q=0.6", "uk"),
        ("ru;q=0.5,lv;q=0.9", "lv"),
        ("ru;q=0", "lv"),
        ("ru;q=zzz,*", "lv"),
        (",;;=,", "lv"),
    ],
)
def test_errors_speak_the_browsers_language(
    shared_visitor: Visitor, knowledge: Knowledge, accepted: str | None, language: str
) -> None:
    """Latvian where the browser names none of ours."""
    headers = {"Accept-Language": accepted} if accepted else {"Accept-Language": ""}

    assert shared_visitor.http.get("/nothing", headers=headers).json()["detail"] == knowledge.text(
        language, "page.error_not_found"
    )


def test_a_lost_database_is_answered_with_the_emergency_numbers(
    visitor: Visitor, installation: Installation, knowledge: Knowledge
) -> None:
    """503, no traceback, and whom to call."""
    visitor.opens("lv")
    with installation.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE conversation RENAME TO elsewhere")
    answer = visitor.writes("Palīdziet")

    assert (answer.status_code, answer.json()) == (
        503,
        {"error": "unavailable", "detail": knowledge.text("lv", "page.error_unavailable")},
    )
    assert knowledge.entry("lv_112").phones[0].display in answer.json()["detail"]


HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noarchive",
}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/check"),
        ("GET", "/page/chat.css"),
        ("GET", "/nothing"),
        ("PUT", "/"),
        ("GET", "/v1/messages"),
        ("POST", "/v1/conversations"),
        ("GET", "/livez"),
        ("GET", "/favicon.ico"),
        ("POST", "/check"),
    ],
)
def test_every_answer_carries_the_strict_headers(shared_visitor: Visitor, method: str, path: str) -> None:
    """Pages, files, answers and errors alike; nobody gets a cookie."""
    answer = shared_visitor.http.request(method, path)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers
