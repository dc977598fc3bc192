"""`python -m tests.telegram.botapi --port 8081`: the stand-in alone; prints its address and its token."""

from __future__ import annotations

import argparse
import signal

from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import TOKEN


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram.botapi", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--token", default=TOKEN)
    arguments = parser.parse_args()
    # Blocked before the server's thread starts, so that the signals wait for sigwait and end nothing themselves.
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    with BotApi(arguments.token, arguments.port) as api:
        print(api.url, api.token, flush=True)
        signal.sigwait(ends)


if __name__ == "__main__":
    main()
