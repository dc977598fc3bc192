"""What only this machine may ask."""

from __future__ import annotations

import pytest

from tests.gateway.installation import Installation, Visitor


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics"])
def test_health_is_told_to_this_machine_only(visitor: Visitor, path: str) -> None:
    """A request that came through a proxy is somebody else's."""
    near = visitor.http.get(path)
    far = [
        visitor.http.get(path, headers=headers)
        for headers in ({"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "127.0.0.1"}, {"Via": "1.1 proxy"})
    ]

    assert near.status_code == 200
    assert [answer.status_code for answer in far] == [404, 404, 404]


def test_readiness_tells_a_missing_assistant_and_a_missing_database(installation: Installation) -> None:
    """Without the assistant the gateway still answers; without the database it does not."""
    installation.assistant.die()
    with installation.running() as visitor:
        degraded = visitor.http.get("/readyz")
        with installation.database.writing() as session:
            session.connection().exec_driver_sql("ALTER TABLE inbox RENAME TO elsewhere")
        down = visitor.http.get("/readyz")
        alive = visitor.http.get("/livez")

    assert (degraded.status_code, degraded.json()["assistant"]) == (200, "down")
    assert (down.status_code, down.json()) == (503, {"ready": False, "database": "down"})
    assert alive.status_code == 200
