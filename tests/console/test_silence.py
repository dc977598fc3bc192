"""What people write, and who they are, reaches no log and no error."""

from __future__ import annotations

import logging
import uuid

import pytest

from tests.console.world import PASSWORD, World, said

MARKED = "zilonis-7719-purpurs"


def test_no_log_and_no_refusal_repeats_what_was_sent(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Messages, logins, passwords and cookies, through answers, refusals and a broken database."""
    caplog.set_level(logging.DEBUG)
    client = world.signed_in()
    conversation_id = world.waiting(said(MARKED))
    client.post("/api/queue/next")
    path = f"/api/conversations/{conversation_id}"
    answers = [
        client.post("/api/login", json={"login": MARKED, "password": MARKED}),
        client.post("/api/login", json={"login": [MARKED], "password": MARKED}),
        client.post(f"{path}/messages", json={"client_id": MARKED, "text": MARKED}),
        client.post(f"{path}/messages", json={"client_id": str(uuid.uuid4()), "text": MARKED * 300}),
        client.post(f"{path}/messages", content=MARKED.encode(), headers={"Content-Type": "application/json"}),
        client.post(f"{path}/close", json={"outcome": MARKED}),
        client.get(f"/{MARKED}?{MARKED}"),
        client.get(f"/api/conversations/{MARKED}"),
        client.get(f"/api/numbers/{MARKED}"),
    ]
    client.post(f"{path}/messages", json={"client_id": str(uuid.uuid4()), "text": MARKED})
    world.break_database()
    answers.append(client.post(f"{path}/messages", json={"client_id": str(uuid.uuid4()), "text": MARKED}))
    answers.append(client.get("/readyz"))

    assert [answer.status_code for answer in answers] == [401, 400, 400, 413, 400, 400, 404, 404, 400, 500, 503]
    assert [answer.text for answer in answers if MARKED in answer.text] == []
    written = "\n".join(
        f"{record.name} {record.getMessage()} {record.exc_text}" for record in caplog.records if record.name != "httpx"
    )
    secrets = [MARKED, PASSWORD, client.cookies["karogs"], client.headers["X-CSRF-Token"]]
    assert [secret for secret in secrets if secret in written] == []
    assert "karogs.console unhandled" in written
