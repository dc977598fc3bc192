"""The only owner of conversations: what is stored, who may move it, who can read it, when it is gone."""

from bot.conversation.band import band_of
from bot.conversation.database import Database, migrate
from bot.conversation.desk import Desk
from bot.conversation.errors import (
    AlreadyTaken,
    BadOutcome,
    BandNotLower,
    ConversationError,
    DatabaseNotMigrated,
    FeedOverrun,
    IllegalTransition,
    KeyFileError,
    NotFound,
    NotYours,
    OperatorExists,
    WeakPassword,
)
from bot.conversation.feed import Feed
from bot.conversation.frontdoor import Frontdoor
from bot.conversation.operators import Operators, add_operator
from bot.conversation.retention import Retention
from bot.conversation.routing import Event, next_route
from bot.conversation.vault import ConsoleVault, GatewayVault, load_console_vault, load_gateway_vault, make_keys
from bot.conversation.views import (
    ConversationView,
    Delivery,
    DeskMessage,
    FeedEvent,
    InboxItem,
    Opened,
    OperatorSession,
    Purged,
    QueueEntry,
    Received,
    Settled,
    Transcript,
    VisitorMessage,
    Written,
)

__all__ = [
    "AlreadyTaken",
    "BadOutcome",
    "BandNotLower",
    "ConsoleVault",
    "ConversationError",
    "ConversationView",
    "Database",
    "DatabaseNotMigrated",
    "Delivery",
    "Desk",
    "DeskMessage",
    "Event",
    "Feed",
    "FeedEvent",
    "FeedOverrun",
    "Frontdoor",
    "GatewayVault",
    "IllegalTransition",
    "InboxItem",
    "KeyFileError",
    "NotFound",
    "NotYours",
    "Opened",
    "OperatorExists",
    "OperatorSession",
    "Operators",
    "Purged",
    "QueueEntry",
    "Received",
    "Retention",
    "Settled",
    "Transcript",
    "VisitorMessage",
    "WeakPassword",
    "Written",
    "add_operator",
    "band_of",
    "load_console_vault",
    "load_gateway_vault",
    "make_keys",
    "migrate",
    "next_route",
]
