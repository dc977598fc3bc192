"""The visitor's side of a conversation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.conversation import inbox, outbox, visitors
from bot.conversation.announcement import announce
from bot.conversation.band import band_of, more_urgent
from bot.conversation.body import Body, Work, clean, packed_assessment, packed_telling
from bot.conversation.content_keys import GatewayKeys, visitor_keys
from bot.conversation.database import Database
from bot.conversation.errors import NotFound
from bot.conversation.minute import Clock
from bot.conversation.models import Actor, Conversation, InboxRow, Message
from bot.conversation.operators import is_signed_in
from bot.conversation.routing import Event
from bot.conversation.scribe import Scribe, known_seq
from bot.conversation.shredding import shred
from bot.conversation.stories import keep_story, story_of
from bot.conversation.transcript import visitor_message
from bot.conversation.transition import found, locked, move
from bot.conversation.vault import GatewayVault, VisitorVault, new_token
from bot.conversation.views import ConversationView, Delivery, InboxItem, Opened, Received, Settled, VisitorMessage
from bot.messages import Channel, Reply, Route, Sender
from bot.redflags.assessment import Assessment
from bot.story import Story, Telling

WANTS_PERSON = (Route.WAITING, Route.HUMAN)


class Frontdoor:
    """All that the gateway may do with conversations; methods that name one raise NotFound once it is gone."""

    def __init__(self, database: Database, vault: GatewayVault, clock: Clock) -> None:
        self._database, self._vault, self._clock = database, vault, clock
        self._keys = GatewayKeys(vault)
        self._scribe = Scribe(self._keys, vault.route_public)
        self._courier = outbox.Courier(vault)

    # --- finding and opening

    def open_web(self, language: str | None) -> Opened:
        """A new conversation on the web; the token is not kept anywhere else."""
        token = new_token()
        with self._database.writing() as session:
            conversation = visitors.open_conversation(session, Channel.WEB, language, self._clock())
            visitors.remember_web(session, conversation, VisitorVault.of(token))
            return Opened(token, visitors.view_of(conversation))

    def by_token(self, token: str) -> ConversationView | None:
        """The conversation of a web token; None: unknown, expired or shredded."""
        with self._database.reading() as session:
            conversation = visitors.find_web(session, VisitorVault.of(token))
            return visitors.view_of(conversation) if conversation else None

    def by_chat(self, chat_id: int) -> ConversationView | None:
        """The conversation of a Telegram chat; None: there is none."""
        with self._database.reading() as session:
            conversation = visitors.find_chat(session, self._vault, chat_id)
            return visitors.view_of(conversation) if conversation else None

    def open_telegram(self, chat_id: int) -> ConversationView:
        """The conversation of a Telegram chat, found or opened."""
        known = self.by_chat(chat_id)
        if known is not None:
            return known
        try:
            return self._opened_chat(chat_id)
        except IntegrityError:  # another process opened it between the two transactions
            return self._opened_chat(chat_id)

    def _opened_chat(self, chat_id: int) -> ConversationView:
        with self._database.writing() as session:
            conversation = visitors.find_chat(session, self._vault, chat_id)
            if conversation is None:
                conversation = visitors.open_conversation(session, Channel.TELEGRAM, None, self._clock())
                visitors.remember_chat(session, conversation, self._vault, chat_id)
            return visitors.view_of(conversation)

    def view(self, conversation_id: str) -> ConversationView | None:
        """The conversation as it is now; None: shredded."""
        with self._database.reading() as session:
            try:
                return visitors.view_of(found(session, conversation_id))
            except NotFound:
                return None

    def story(self, conversation_id: str) -> Story:
        """What the conversation has shown so far. Raises NotFound."""
        with self._database.reading() as session:
            return story_of(self._vault, found(session, conversation_id))

    # --- what the visitor writes

    def receive(self, conversation_id: str, text: str, *, channel_message_id: str, payload: bool = False) -> Received:
        """
        Stores a visitor's message and the work of answering it; when this returns, a crash loses neither.

        The same `channel_message_id` again stores nothing and gets the same number. A closed conversation goes back to
        the assistant. `payload`: the text is the payload of a button.
        """
        origin = self._vault.origin_hash(conversation_id, channel_message_id)
        words = clean(text)
        with self._database.writing() as session:
            conversation = locked(session, conversation_id)
            known = known_seq(session, conversation_id, origin)
            if known is not None:
                return Received(known, False)
            now = self._clock()
            if conversation.route is Route.CLOSED:
                move(session, conversation, Event.WROTE_AGAIN, Actor.VISITOR, now)
            conversation.unreachable = False
            body = Body(words, conversation.language)
            seq = self._scribe.write(session, conversation, Sender.VISITOR, body, now, origin_hash=origin)
            inbox.put(session, self._vault, conversation_id, seq, Work(words, payload))
            return Received(seq, True)

    def pending(self) -> list[str]:
        """Ids of conversations with work that is not settled, the longest waiting first."""
        with self._database.reading() as session:
            return inbox.pending(session)

    def next_item(self, conversation_id: str) -> InboxItem | None:
        """The oldest message that is not settled, with the route of this moment; None: nothing is left to do."""
        with self._database.reading() as session:
            return inbox.first(session, self._vault, conversation_id)

    # --- what is answered

    def assessed(
        self,
        item: InboxItem,
        assessment: Assessment,
        replies: Sequence[Reply] = (),
        *,
        telling: Telling | None = None,
    ) -> None:
        """
        Keeps the assessment and the telling with the visitor's message and raises the band; the replies go out whoever
        answers.

        `telling` is what the message adds to the story; what the assessment says when it is None. Calling it again for
        the same item changes nothing.
        """
        with self._database.writing() as session:
            conversation = locked(session, item.conversation_id)
            message = session.get_one(Message, (item.conversation_id, item.seq))
            if message.assessment is not None:
                return
            now = self._clock()
            self._scribe.assess(session, message, packed_assessment(assessment))
            self._tell(session, conversation, message, telling or Telling.of(item.seq, assessment))
            wants_person = conversation.route in WANTS_PERSON
            conversation.band = more_urgent(conversation.band, band_of(assessment, wants_person))
            self._scribe.reply(session, conversation, Sender.ASSISTANT, replies, now)
            announce(session, conversation.id, "message", now)
            if wants_person:
                announce(session, conversation.id, "queue", now)

    def settle(
        self, item: InboxItem, replies: Sequence[Reply], *, intent: str | None = None, telling: Telling | None = None
    ) -> Settled:
        """
        Ends the work on a message: the assistant's replies are written if it still is the one who answers.

        When an operator took over or is waited for meanwhile, the replies are dropped; what the assistant understood
        of the message (`telling`) is kept all the same. An item that is settled already changes nothing.
        """
        with self._database.writing() as session:
            conversation = locked(session, item.conversation_id)
            row = session.get(InboxRow, item.id)
            if row is None:
                return Settled(conversation.route, False)
            session.delete(row)
            if telling is not None:
                message = session.get_one(Message, (item.conversation_id, item.seq))
                self._tell(session, conversation, message, telling)
            if conversation.route is not Route.BOT:
                return Settled(conversation.route, False)
            self._scribe.reply(session, conversation, Sender.ASSISTANT, replies, self._clock(), intent=intent)
            return Settled(Route.BOT, True)

    def _tell(self, session: Session, conversation: Conversation, message: Message, telling: Telling) -> None:
        """Adds to the story; its band counts as well as that of the message alone, and none of them ever falls."""
        story = story_of(self._vault, conversation).hearing(telling)
        keep_story(self._vault, conversation, story)
        self._scribe.tell(session, message, packed_telling(telling))
        wants_person = conversation.route in WANTS_PERSON
        conversation.band = more_urgent(conversation.band, band_of(story, wants_person))

    def say(self, conversation_id: str, replies: Sequence[Reply]) -> None:
        """Sentences of the system itself, such as that a photo cannot be read."""
        with self._database.writing() as session:
            self._say(session, locked(session, conversation_id), replies)

    def messages(self, conversation_id: str, token: str, after: int = 0) -> list[VisitorMessage]:
        """The messages after a number, opened by the visitor's token; raises NotFound for another's token."""
        visitor = VisitorVault.of(token)
        with self._database.reading() as session:
            conversation = visitors.find_web(session, visitor)
            if conversation is None or conversation.id != conversation_id:
                raise NotFound("no such conversation")
            rows = session.scalars(
                select(Message)
                .where(Message.conversation_id == conversation_id, Message.seq > after)
                .order_by(Message.seq)
            ).all()
            keys = visitor_keys(session, conversation_id, visitor) if rows else {}
            return [visitor_message(row, keys) for row in rows]

    # --- what the visitor decides

    def request_handoff(self, conversation_id: str, reply: Reply) -> Route:
        """Asks for a person; the reply is written when the request is new. The route that follows."""
        with self._database.writing() as session:
            conversation = locked(session, conversation_id)
            if conversation.route is Route.CLOSED:
                move(session, conversation, Event.WROTE_AGAIN, Actor.VISITOR, self._clock())
            if conversation.route is Route.BOT:
                move(session, conversation, Event.ASKED_FOR_PERSON, Actor.VISITOR, self._clock())
                self._say(session, conversation, [reply])
            return conversation.route

    def withdraw_handoff(self, conversation_id: str, reply: Reply) -> Route:
        """Goes on with the assistant while nobody has come; the reply is written when that changes something."""
        with self._database.writing() as session:
            conversation = locked(session, conversation_id)
            if conversation.route is Route.WAITING:
                move(session, conversation, Event.WENT_ON_ALONE, Actor.VISITOR, self._clock())
                self._say(session, conversation, [reply])
            return conversation.route

    def is_somebody_on_duty(self) -> bool:
        """Whether an operator is signed in to the console now."""
        with self._database.reading() as session:
            return is_signed_in(session, self._clock())

    def set_language(self, conversation_id: str, language: str) -> None:
        """The language of the answers from now on."""
        with self._database.writing() as session:
            conversation = locked(session, conversation_id)
            if conversation.language != language:
                conversation.language = language
                announce(session, conversation_id, "queue", self._clock())

    def set_easy(self, conversation_id: str, is_easy: bool) -> None:
        """Whether the answers from now on are in the easy form of their language."""
        with self._database.writing() as session:
            locked(session, conversation_id).is_easy = is_easy

    def reachable(self, conversation_id: str, is_reachable: bool) -> None:
        """The visitor stopped the bot, or started it again: the operator sees it at once."""
        with self._database.writing() as session:
            conversation = locked(session, conversation_id)
            if conversation.unreachable is is_reachable:
                conversation.unreachable = not is_reachable
                announce(session, conversation_id, "queue", self._clock())

    def shred(self, conversation_id: str) -> bool:
        """
        Deletes the conversation now; safe to repeat.

        True when the database files hold nothing of it any more, False when a long reader leaves that to retention.
        """
        with self._database.writing() as session:
            shred(session, conversation_id, self._clock())
        self._keys.forget(conversation_id)
        return self._database.scrub()

    # --- Telegram's outbox

    def deliveries(self, limit: int = 50, *, under_way: Collection[str] = ()) -> list[Delivery]:
        """
        The next message of each conversation that is due; each one wants `sent`, `retry` or `failed`.

        Conversations that the caller still carries a message of (`under_way`) are left out: what is handed out and not
        carried is due again only after `outbox.PATIENCE`.
        """
        with self._database.reading() as session:
            if not outbox.has_open(session):
                return []
        with self._database.writing() as session:
            return self._courier.collect(session, limit, self._clock(), under_way)

    def sent(self, delivery_id: int) -> None:
        """Telegram has taken the message."""
        with self._database.writing() as session:
            outbox.confirm(session, delivery_id, self._clock())

    def retry(self, delivery_id: int, after_seconds: float) -> None:
        """The message is due again after so many seconds; only its own conversation waits."""
        with self._database.writing() as session:
            outbox.postpone(session, delivery_id, self._clock() + timedelta(seconds=after_seconds))

    def failed(self, delivery_id: int, reason: Literal["blocked", "rejected"]) -> None:
        """The message cannot be delivered; "blocked" marks the conversation as unreachable."""
        with self._database.writing() as session:
            outbox.give_up(session, delivery_id, reason == "blocked", self._clock())

    def _say(self, session: Session, conversation: Conversation, replies: Sequence[Reply]) -> None:
        self._scribe.reply(session, conversation, Sender.SYSTEM, replies, self._clock())
