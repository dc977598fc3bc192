"""Signing in and out."""

from __future__ import annotations

import pytest

from bot.conversation.operators import MINIMUM_PASSWORD
from tests.console.world import PASSWORD, World

WRONG = [
    ("an unknown login", {"login": "nobody", "password": PASSWORD}),
    ("a wrong password", {"login": "anna", "password": "ne tā parole, kas bija"}),
    ("a login that is switched off", {"login": "berta", "password": PASSWORD}),
]
BAD_BODIES = [
    ("nothing", b""),
    ("no JSON", b"{"),
    ("a list", b"[]"),
    ("no password", b'{"login": "anna"}'),
    ("numbers", b'{"login": 1, "password": 2}'),
    ("an empty login", b'{"login": " ", "password": "x"}'),
]


def test_the_right_password_opens_a_session(world: World) -> None:
    """The answer is the CSRF token; the session is in a cookie that no script can read."""
    client = world.client()

    answer = client.post("/api/login", json={"login": "anna", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].partition("=")

    assert (answer.status_code, list(answer.json())) == (200, ["csrf"])
    assert (cookie[0], cookie[2].partition("; ")[2]) == ("karogs", "HttpOnly; Path=/; SameSite=strict")
    assert client.get("/api/queue").json() == {"waiting": [], "mine": []}


def test_on_https_the_cookie_is_bound_to_this_host(world: World) -> None:
    """`__Host-` and Secure: no other host and no plain connection sees the session."""
    client = world.client(origin="https://console.example")

    answer = client.post("/api/login", json={"login": "anna", "password": PASSWORD})
    name, _, rest = answer.headers["set-cookie"].partition("=")

    assert (name, rest.partition("; ")[2]) == ("__Host-karogs", "HttpOnly; Path=/; SameSite=strict; Secure")
    assert client.get("/api/queue").status_code == 200


@pytest.mark.parametrize(("who", "credentials"), WRONG)
def test_every_failure_looks_the_same(world: World, who: str, credentials: dict[str, str]) -> None:
    """Nobody learns which logins exist."""
    world.operators.switch_off("berta")

    answer = world.client().post("/api/login", json=credentials)

    expected = {"error": "wrong_login", "detail": "Lietotājvārds vai parole nav pareiza."}
    assert (answer.status_code, answer.json(), answer.headers.get("set-cookie")) == (401, expected, None), who
    assert len(WRONG) == 3


@pytest.mark.parametrize(("what", "body"), BAD_BODIES)
def test_a_malformed_sign_in_is_refused(world: World, what: str, body: bytes) -> None:
    """400 and no trace of what was sent."""
    answer = world.client().post("/api/login", content=body, headers={"Content-Type": "application/json"})

    expected = {"error": "malformed", "detail": "Pieprasījums nav saprotams."}
    assert (answer.status_code, answer.json()) == (400, expected), what
    assert len(BAD_BODIES) == 6


def test_a_code_may_be_sent_already(world: World) -> None:
    """The second factor's field is part of the contract before the second factor is."""

    answer = world.client().post("/api/login", json={"login": "anna", "password": PASSWORD, "code": "123456"})

    assert answer.status_code == 200


def test_after_five_failures_the_next_try_must_wait(world: World) -> None:
    """429 with Retry-After, also for the right password; when the time has passed, it opens."""
    client = world.client()
    wrong = {"login": "anna", "password": "ne tā parole, kas bija"}
    right = {"login": "anna", "password": PASSWORD}

    failures = [client.post("/api/login", json=wrong).status_code for _ in range(5)]
    early = client.post("/api/login", json=right)
    world.clock.pass_time(seconds=1)
    late = client.post("/api/login", json=right)

    assert failures == [401] * 5
    assert (early.status_code, early.headers["retry-after"], early.json()) == (
        429,
        "1",
        {"error": "slow_down", "detail": "Pārāk daudz mēģinājumu. Mēģiniet pēc 1 s."},
    )
    assert late.status_code == 200


def test_other_networks_are_slowed_down_apart(world: World) -> None:
    """A guesser's neighbours in the network wait with him; an operator with another login elsewhere does not."""
    for number in range(6):
        world.client("192.0.2.1").post("/api/login", json={"login": f"guess {number}", "password": "x"})
    berta = {"login": "berta", "password": PASSWORD}

    statuses = [world.client(a).post("/api/login", json=berta).status_code for a in ("192.0.2.99", "198.51.100.1")]

    assert statuses == [429, 200]


def test_signing_out_ends_the_session(world: World) -> None:
    """The cookie is taken back and the session is dead on the server too."""
    client = world.signed_in()
    cookie = client.cookies["karogs"]

    answer = client.post("/api/logout")
    client.cookies.set("karogs", cookie)

    assert answer.status_code == 204
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert 'karogs=""; expires=' in answer.headers["set-cookie"]
    assert client.get("/api/queue").status_code == 401


def test_a_switched_off_operator_is_out_at_once(world: World) -> None:
    """The very next request is refused."""
    client = world.signed_in("anna")
    before = client.get("/api/queue").status_code
    world.operators.switch_off("anna")

    assert (before, client.get("/api/queue").status_code) == (200, 401)


def test_an_idle_session_ends(world: World) -> None:
    """After half an hour without a request the password is needed again."""
    client = world.signed_in("anna")
    world.clock.pass_time(minutes=31)

    assert client.get("/api/queue").status_code == 401


def test_two_operators_have_their_own_sessions(world: World) -> None:
    """One's CSRF token is worth nothing with the other's cookie."""
    anna, berta = world.signed_in("anna"), world.signed_in("berta")
    anna.headers["X-CSRF-Token"] = berta.headers["X-CSRF-Token"]

    assert (anna.post("/api/queue/next").status_code, berta.post("/api/queue/next").status_code) == (403, 204)


def test_a_one_time_password_works_until_another_is_chosen(world: World) -> None:
    """The page asks for a new one; the new one opens, the old one and all older sessions do not."""
    world.operators.add_operator("jauna", "vienreiz", one_time=True)
    one_time = {"login": "jauna", "password": "vienreiz"}
    client, other = world.client(), world.client()
    other.post("/api/login", json=one_time)
    client.headers["X-CSRF-Token"] = client.post("/api/login", json=one_time).json()["csrf"]
    asked = 'id="one-time" class="banner mind signed-in-only" >' in client.get("/").text

    answer = client.post("/api/password", json={"password": "vienreiz", "new_password": PASSWORD})
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]

    assert (asked, answer.status_code) == (True, 200)
    assert 'id="one-time" class="banner mind signed-in-only" hidden>' in client.get("/").text
    assert (client.post("/api/queue/next").status_code, other.get("/api/queue").status_code) == (204, 401)
    assert world.client().post("/api/login", json=one_time).status_code == 401
    assert world.client().post("/api/login", json={"login": "jauna", "password": PASSWORD}).status_code == 200


def test_a_new_password_must_be_long_and_the_old_one_right(world: World) -> None:
    """400 names the minimum; 401 and the same delays as at sign-in for a wrong old one; nothing changes."""
    client = world.signed_in()

    short = client.post("/api/password", json={"password": PASSWORD, "new_password": "x" * 14})
    wrong = [client.post("/api/password", json={"password": "x", "new_password": PASSWORD}) for _ in range(6)]

    assert (short.status_code, short.json()) == (
        400,
        {"error": "weak_password", "detail": f"Parolei vajag vismaz {MINIMUM_PASSWORD} rakstzīmes."},
    )
    assert [answer.status_code for answer in wrong] == [401, 401, 401, 401, 401, 429]
    assert str(MINIMUM_PASSWORD) in world.app.state.parts.words.text("lv", "password_new")
    assert client.get("/api/queue").status_code == 200
