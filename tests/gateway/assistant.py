"""A stand-in for the assistant's process: a local HTTP server that speaks its channel, well or badly."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

BAD_MANNERS = ("dead", "slow", "status_500", "empty", "not_json", "wrong_shape", "hangs_up")
"""Every way in which the real process has been seen to fail, or could."""

SLOW_SECONDS = 1.5


class Assistant:
    """
    Answers `answer` to everything, in the manner that is set; `questions` holds what it was asked.

    Manners: "well", or one of BAD_MANNERS.
    """

    def __init__(self) -> None:
        self.manner = "well"
        self.answer: dict[str, Any] = said("Atbilde")
        self.questions: list[dict[str, Any]] = []
        self.forgotten: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def die(self) -> None:
        """Closes the port: connections are refused from now on."""
        self.manner = "dead"
        self.close()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def said(
    text: str, *, buttons: tuple[tuple[str, str], ...] = (), intent: str = "other", signals: tuple[str, ...] = ()
) -> dict[str, Any]:
    """An answer of the channel with one message."""
    listed = [{"title": title, "payload": payload} for title, payload in buttons]
    return {"messages": [{"text": text, "buttons": listed}], "intent": intent, "signals": list(signals)}


def _handler(assistant: Assistant) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assistant.questions.append(json.loads(body))
            match assistant.manner:
                case "slow":
                    time.sleep(SLOW_SECONDS)
                    self._send(200, json.dumps(assistant.answer))
                case "status_500":
                    self._send(500, '{"error": "turn_failed"}')
                case "empty":
                    self._send(200, '{"messages": [], "intent": "", "signals": []}')
                case "not_json":
                    self._send(200, "<html>")
                case "wrong_shape":
                    self._send(200, '{"messages": [{"no": "text"}]}')
                case "hangs_up":
                    self.close_connection = True
                case _:
                    self._send(200, json.dumps(assistant.answer))

        def do_GET(self) -> None:
            self._send(200, '{"ready": true}')

        def do_DELETE(self) -> None:
            assistant.forgotten.append(self.path.rsplit("/", 1)[-1])
            self._send(204, "")

        def _send(self, status: int, body: str) -> None:
            content = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Keeps the tests' output quiet."""

    return Handler
