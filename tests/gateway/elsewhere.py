"""A site somewhere else, slow to answer: where quick exit leads."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Elsewhere:
    """Answers with a page once `answer` is set, so that a test can look at what is shown meanwhile."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.answer = threading.Event()
        self.referrers: list[str | None] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/weather"

    def close(self) -> None:
        self.answer.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(elsewhere: Elsewhere) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/weather":
                elsewhere.referrers.append(self.headers.get("Referer"))
                elsewhere.asked.set()
                elsewhere.answer.wait(30)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>Weather</title><p>Sunny")

        def log_message(self, format: str, *args: Any) -> None:
            """Keeps the tests' output quiet."""

    return Handler
