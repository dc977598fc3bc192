"""Who comes in: every route, without a session, without the token, from a foreign page."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute

from helpline_console.app import ROUTERS
from helpline_console.headers import SECURITY_HEADERS
from tests.console.world import World, said

MESSAGE = {"client_id": "6f1c2d0e-7a1b-4c3d-8e9f-001122334455", "text": "Labdien!"}
ROUTES = [
    ("POST", "/api/logout", None),
    ("GET", "/api/queue", None),
    ("POST", "/api/queue/next", None),
    ("GET", "/api/conversations/{id}", None),
    ("POST", "/api/conversations/{id}/take", None),
    ("POST", "/api/conversations/{id}/messages", MESSAGE),
    ("POST", "/api/conversations/{id}/release", None),
    ("POST", "/api/conversations/{id}/return-to-bot", None),
    ("POST", "/api/conversations/{id}/close", {"outcome": "left"}),
    ("POST", "/api/conversations/{id}/band", {"band": "grey", "reason": "x"}),
    ("POST", "/api/claims/renew", None),
    ("POST", "/api/password", {"password": "x", "new_password": "y"}),
    ("GET", "/api/numbers/uk", None),
    ("GET", "/api/events", None),
]
UNSAFE = [route for route in ROUTES if route[0] != "GET"]
PUBLIC = {"/", "/words/{language}", "/api/login", "/livez", "/readyz"}
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:8001"},
    {"Origin": "http://127.0.0.1:8000.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
]
FORMATS = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "",
]


def named(path: str) -> str:
    """The path as its route is written."""
    return path.replace("{id}", "{conversation_id}").replace("/uk", "/{visitor_language}")


def test_the_list_of_routes_is_whole() -> None:
    """A new route must be added to the tests of this file."""
    routes = {route.path for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)}

    assert routes == PUBLIC | {named(path) for _, path, _ in ROUTES}


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_no_session_no_answer(world: World, method: str, path: str, body: object) -> None:
    """401 everywhere, with no cookie, a made-up one and an empty one."""
    conversation_id = world.waiting(said("Labdien"))
    client = world.client()
    statuses = []
    for cookie in (None, "made-up", "", "ļ"):
        headers = {"X-CSRF-Token": "x"} | ({"Cookie": f"karogs={cookie}".encode()} if cookie is not None else {})
        statuses.append(client.request(method, path.format(id=conversation_id), json=body, headers=headers).status_code)

    assert statuses == [401] * 4
    assert len(ROUTES) == 14


@pytest.mark.parametrize(("method", "path", "body"), UNSAFE)
def test_no_csrf_token_no_change(world: World, method: str, path: str, body: object) -> None:
    """403 without the token, with a wrong one and with one that is no ASCII; nothing is taken."""
    conversation_id = world.waiting(said("Labdien"))
    client = world.signed_in()
    right = client.headers.pop("X-CSRF-Token")
    tokens: list[dict[str, str | bytes]] = [{}, {"X-CSRF-Token": right[:-1]}, {"X-CSRF-Token": "ļoti".encode()}]

    answers = [client.request(method, path.format(id=conversation_id), json=body, headers=token) for token in tokens]

    assert [(a.status_code, a.json()["error"]) for a in answers] == [(403, "forbidden")] * 3
    assert [entry.id for entry in world.desk.waiting()] == [conversation_id]
    assert len(UNSAFE) == 10


@pytest.mark.parametrize(("method", "path", "body"), [*UNSAFE, ("POST", "/api/login", {"login": "a", "password": "b"})])
def test_a_foreign_page_changes_nothing(world: World, method: str, path: str, body: object) -> None:
    """403 for every foreign Origin and Sec-Fetch-Site, with the right cookie and token in hand."""
    conversation_id = world.waiting(said("Labdien"))
    client = world.signed_in()

    answers = [
        client.request(method, path.format(id=conversation_id), json=body, headers=foreign) for foreign in FOREIGN
    ]

    assert [(a.status_code, a.json()["error"]) for a in answers] == [(403, "forbidden")] * 9
    assert [entry.id for entry in world.desk.waiting()] == [conversation_id]


def test_the_consoles_own_page_may(world: World) -> None:
    """What a browser sends with a request of this page is let through."""
    own = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}

    assert world.signed_in().post("/api/queue/next", headers=own).status_code == 204


def test_on_plain_http_the_console_may_be_opened_by_another_name(world: World) -> None:
    """localhost is this machine as well; on https there is one name, and a Host header changes nothing."""
    plain, secure = world.signed_in(), world.client(origin="https://console.example")
    by_name = {"Host": "localhost:8000", "Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}
    elsewhere = {"Host": "evil.example", "Origin": "https://evil.example"}

    assert plain.post("/api/queue/next", headers=by_name).status_code == 204
    assert secure.post("/api/login", json={"login": "a", "password": "b"}, headers=elsewhere).status_code == 403


@pytest.mark.parametrize("content_type", FORMATS)
def test_only_json_is_read(world: World, content_type: str) -> None:
    """What a form of a foreign page could send is refused by its format."""
    client = world.signed_in()

    answer = client.post("/api/claims/renew", content=b"{}", headers={"Content-Type": content_type})

    assert (answer.status_code, answer.json()["error"]) == (415, "malformed")
    assert len(FORMATS) == 5


def test_large_bodies_are_refused(world: World) -> None:
    """413 by the length that a body says, 411 when it does not say one: nothing is read to find out."""
    client = world.signed_in()
    conversation_id = world.waiting(said("Labdien"))
    path = f"/api/conversations/{conversation_id}/messages"
    json_type = {"Content-Type": "application/json"}

    async def chunks() -> object:
        for _ in range(40):
            yield b" " * 1024

    answers = [
        client.post(path, content=b" " * 40_000, headers=json_type),
        client.post(path, content=chunks(), headers=json_type),
    ]

    assert [(a.status_code, a.json()["error"]) for a in answers] == [(413, "too_large"), (411, "malformed")]


def test_another_operators_conversation_does_not_exist(world: World) -> None:
    """404, the same as for one that never was: reading it is not offered, not even its existence."""
    anna, berta = world.signed_in("anna"), world.signed_in("berta")
    taken, with_assistant = world.waiting(said("Labdien")), world.visitor(said("Labdien"))
    anna.post("/api/queue/next")

    answers = [berta.get(f"/api/conversations/{i}") for i in (taken, with_assistant, "0" * 32, "..%2f", "ž")]

    expected = {"error": "not_found", "detail": "Tādas sarunas nav, vai arī to nedrīkstat lasīt."}
    assert [(a.status_code, a.json()) for a in answers] == [(404, expected)] * 5


def test_another_operators_conversation_cannot_be_moved(world: World) -> None:
    """409 for every act on a claim that is not mine; the claim stays where it is."""
    anna, berta = world.signed_in("anna"), world.signed_in("berta")
    conversation_id = world.waiting(said("Labdien"))
    anna.post("/api/queue/next")
    acts = [route for route in UNSAFE if "{id}" in route[1]]

    answers = [berta.request(method, path.format(id=conversation_id), json=body) for method, path, body in acts]

    assert [a.status_code for a in answers] == [409] * 6
    assert anna.get(f"/api/conversations/{conversation_id}").json()["claim_is_mine"] is True


def test_every_answer_carries_the_headers(world: World) -> None:
    """Pages, static files, API, refusals, unknown addresses, wrong methods, and a failure inside."""
    client = world.signed_in()
    answers = [
        client.get("/"),
        client.get("/static/main.js"),
        client.get("/static/nothing.js"),
        client.get("/static/../app.py"),
        client.get("/api/queue"),
        client.get("/nowhere"),
        client.request("PUT", "/api/queue"),
        client.request("OPTIONS", "/api/queue"),
        client.post("/api/queue/next", headers={"Origin": "https://evil.example"}),
        client.post("/api/login", json={"login": "anna", "password": "x"}),
        client.post("/api/login", content=b"{", headers={"Content-Type": "application/json"}),
        client.get("/livez"),
        world.client("192.0.2.1").get("/livez"),
    ]
    world.break_database()
    answers.append(client.get("/api/queue"))

    statuses = [200, 200, 404, 404, 200, 404, 405, 405, 403, 401, 400, 200, 404, 500]
    assert [a.status_code for a in answers] == statuses
    sent = [{name: answer.headers.get(name) for name in SECURITY_HEADERS} for answer in answers]
    assert sent == [SECURITY_HEADERS] * 14


def test_https_is_remembered_by_the_browser(world: World) -> None:
    """Strict-Transport-Security on https, and not on plain http, where it would be ignored or harmful."""
    secure = world.client(origin="https://console.example").get("/").headers.get("strict-transport-security")
    plain = world.client().get("/").headers.get("strict-transport-security")

    assert (secure, plain) == ("max-age=31536000; includeSubDomains", None)


def test_the_policy_allows_no_script_but_files_of_the_console(world: World) -> None:
    """The page holds no inline script, no inline style, no foreign address; the policy forbids them all."""
    page = world.client().get("/")
    policy = page.headers["content-security-policy"]
    forbidden = ["<style", " style=", " on", "http://", "https://", "javascript:"]

    assert [part for part in forbidden if part in page.text.replace(" only", "")] == []
    assert page.text.count("<script") == page.text.count('<script type="module" src="/static/main.js">') == 1
    assert ("unsafe" in policy, "require-trusted-types-for 'script'" in policy, "*" in policy) == (False, True, False)


def test_health_is_for_this_machine_only(world: World) -> None:
    """livez and readyz answer on loopback; from elsewhere they do not exist."""
    here = [(a.status_code, a.json()) for a in (world.client(h).get("/livez") for h in ("127.0.0.1", "::1"))]
    ready = world.client().get("/readyz")
    elsewhere = [world.client("192.0.2.1").get(path).status_code for path in ("/livez", "/readyz")]

    assert here == [(200, {"alive": True})] * 2
    assert (ready.status_code, ready.json()) == (200, {"ready": True})
    assert elsewhere == [404, 404]
