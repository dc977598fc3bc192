"""
A stand-in for Telegram's Bot API server, for tests and benches without internet.

    with BotApi() as api:
        ...start the gateway with api.url and api.token...
        api.world.text(1001, "Labdien")
        api.world.wait_for_sent(1)

It follows the published Bot API and the queue of the published server (tdlib's TQueue): what is fetched stays until a
higher offset asks for more. `python -m tests.telegram.botapi --port 8081` runs it alone, controlled over HTTP.
"""

from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.update_queue import UpdateQueue
from tests.telegram.botapi.world import TOKEN, Sent, World

__all__ = ["TOKEN", "BotApi", "Sent", "UpdateQueue", "World"]
