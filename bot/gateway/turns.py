"""One visitor's message after another: assessed, answered by whoever has the conversation, settled."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from sqlalchemy.exc import SQLAlchemyError

from bot.conversation import Frontdoor, InboxItem, NotFound
from bot.gateway.alarm import Alarm
from bot.gateway.assistant_client import Answer, AssistantClient, BotUnavailable, Question
from bot.gateway.duty import Duty
from bot.gateway.languages import DEFAULT_LANGUAGE, SpokenLanguages
from bot.knowledge import Knowledge
from bot.knowledge.hours import Schedule
from bot.messages import ASSISTANT_PAYLOADS, TAPS, GatewayPayload, IntentPayload, Reply, Route, speech
from bot.redflags import Assessment
from bot.story import Story, Telling
from bot.story.heeding import heeded
from bot.story.listening import Listener
from bot.story.topics import NO_TOPICS, Topics

log = logging.getLogger(__name__)

WORD_JOINER = "\u2060"
"""Put before a visitor's leading slash: a "/word" would be a command to the assistant."""

RETRY_SECONDS = (0.1, 0.3, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Pauses between attempts of a failing turn; the last one repeats for as long as it fails."""

PATIENCE = 3
"""Failed attempts of one message after which the visitor gets the static answer with the numbers."""

LANGUAGE_OF_PAYLOAD = {
    GatewayPayload.LATVIAN: "lv",
    GatewayPayload.RUSSIAN: "ru",
    GatewayPayload.UKRAINIAN: "uk",
}

Farewell = Callable[[str, Reply], Awaitable[None]]
"""Told after a conversation was shredded in a turn: its id, and the confirmation for the visitor."""


class Turns:
    """
    Settles what visitors wrote, in order within a conversation, for the web and Telegram alike.

    A turn that fails is tried again until it succeeds: the message stays pending in the database meanwhile, and
    `recover` picks it up after a restart. `farewell` lets a channel say that everything was deleted; `changed` is told
    the id of a conversation after each change here. `duty` is when operators usually are there; by `topics` the first
    words in an emergency are chosen.
    """

    def __init__(
        self,
        frontdoor: Frontdoor,
        listener: Listener,
        knowledge: Knowledge,
        assistant: AssistantClient,
        *,
        topics: Topics = NO_TOPICS,
        duty: Schedule | None = None,
        retry_seconds: tuple[float, ...] = RETRY_SECONDS,
        changed: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._frontdoor = frontdoor
        self._listener = listener
        self._knowledge = knowledge
        self._assistant = assistant
        self._retry_seconds = retry_seconds
        self._changed = changed
        self._alarm = Alarm(knowledge, topics)
        self._duty = Duty(frontdoor, knowledge, duty)
        self._spoken = SpokenLanguages()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()
        self._failures: Counter[int] = Counter()
        self.farewell: Farewell | None = None

    async def run(self, conversation_id: str) -> None:
        """Settles all that is pending in one conversation; raises what the database raises."""
        async with self._lock(conversation_id):
            while item := await asyncio.to_thread(self._frontdoor.next_item, conversation_id):
                await self._attempt(item)

    def wake(self, conversation_id: str) -> asyncio.Task[None]:
        """Starts settling a conversation in the background and repeats until it is done; the running task."""
        task = asyncio.create_task(self._run_until_settled(conversation_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def recover(self) -> int:
        """Wakes every conversation that a former process left unsettled; how many there were."""
        pending = await asyncio.to_thread(self._frontdoor.pending)
        for conversation_id in pending:
            self.wake(conversation_id)
        return len(pending)

    async def stop(self) -> None:
        """Ends the background work; what is not settled stays pending."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def language(self, conversation_id: str) -> str:
        """The language to speak to a visitor in: chosen or detected, Latvian while neither."""
        view = await asyncio.to_thread(self._frontdoor.view, conversation_id)
        return (view.language if view else None) or DEFAULT_LANGUAGE

    def expect_language(self, conversation_id: str, language: str) -> None:
        """The language to answer a first word in that is too short to tell its own."""
        self._spoken.expect(conversation_id, language)

    async def choose_language(self, conversation_id: str, language: str) -> None:
        """Everything from now on is said in `language`, whatever the visitor writes in."""
        await asyncio.to_thread(self._frontdoor.set_language, conversation_id, language)
        self._spoken.forget(conversation_id)

    async def choose_easy(self, conversation_id: str, is_easy: bool) -> None:
        """Everything from now on is said in the easy form of its language, or in the ordinary one again."""
        await asyncio.to_thread(self._frontdoor.set_easy, conversation_id, is_easy)

    async def hand_over(self, conversation_id: str, spoken: str, telling: Telling | None = None) -> Route:
        """
        Asks for a person and tells the visitor, in the given speech, that the request stands; the route after.

        A child, as far as the story and this `telling` say, is told first who answers children.
        """
        story = await asyncio.to_thread(self._frontdoor.story, conversation_id)
        is_child = is_of_a_child(story.hearing(telling) if telling else story)
        waiting = await asyncio.to_thread(self._duty.waiting, spoken, is_child=is_child)
        route = await asyncio.to_thread(self._frontdoor.request_handoff, conversation_id, waiting)
        self._changed(conversation_id)
        return route

    async def shred(self, conversation_id: str) -> None:
        """Deletes a conversation now; a turn of it that is under way finds nothing to settle any more."""
        await asyncio.to_thread(self._frontdoor.shred, conversation_id)
        self._spoken.forget(conversation_id)
        self._changed(conversation_id)

    def _lock(self, conversation_id: str) -> asyncio.Lock:
        return self._locks.setdefault(conversation_id, asyncio.Lock())

    async def _run_until_settled(self, conversation_id: str) -> None:
        attempt = 0
        while True:
            try:
                return await self.run(conversation_id)
            except Exception as error:
                log.warning("turn failed: %s", type(error).__name__)
            await asyncio.sleep(self._retry_seconds[min(attempt, len(self._retry_seconds) - 1)])
            attempt += 1

    async def _attempt(self, item: InboxItem) -> None:
        try:
            if self._failures[item.id] < PATIENCE:
                await self._take(item)
            else:
                await self._settle(item, (self._reply(self._speech(item), "unavailable"),))
        except NotFound:
            log.info("turn ended: conversation shredded")
        except SQLAlchemyError:
            # A busy database says nothing about the message: it is asked again, however often.
            raise
        except Exception:
            self._failures[item.id] += 1
            raise
        self._failures.pop(item.id, None)

    async def _take(self, item: InboxItem) -> None:
        if item.is_payload:
            return await self._press(item)
        heard = await asyncio.to_thread(self._listener.hear, item.text, item.seq, item.story)
        language = await self._decide_language(item, heard.assessment)
        spoken = speech(language, is_easy=item.is_easy)
        found = heard.assessment
        alarm = (self._alarm.reply(spoken, item.text, item.story, found),) if found.emergency else ()
        await asyncio.to_thread(self._frontdoor.assessed, item, heard.assessment, alarm, telling=heard.telling)
        if alarm:
            self._changed(item.conversation_id)
        if item.route is not Route.BOT:
            return await self._settle(item, ())
        # After the static text the numbers stand on the screen: a second copy would push them out of sight.
        without_assistant = () if alarm else (self._reply(spoken, "unavailable"),)
        question = self._question(item, language, heard.telling, text=escaped(item.text), assessment=heard.assessment)
        await self._ask(item, question, heard.telling, without_assistant)

    async def _decide_language(self, item: InboxItem, assessment: Assessment) -> str:
        language = self._spoken.decide(
            item.conversation_id, item.language, item.text, assessment.language, assessment.kind
        )
        if language != item.language:
            await asyncio.to_thread(self._frontdoor.set_language, item.conversation_id, language)
        return language

    async def _press(self, item: InboxItem) -> None:
        spoken = self._speech(item)
        match item.text:
            case GatewayPayload.PERSON:
                await self._hand_over(item, spoken)
            case GatewayPayload.ALONE:
                await self._go_on_alone(item, spoken)
            case GatewayPayload.DELETE:
                await self._shred(item, spoken)
            case GatewayPayload.KEEP:
                await self._tell(item, self._knowledge.reply(spoken, "utter_kept"))
            case GatewayPayload.EASY | GatewayPayload.ORDINARY:
                await self._choose_easy(item, item.text == GatewayPayload.EASY)
            case GatewayPayload.LATVIAN | GatewayPayload.RUSSIAN | GatewayPayload.UKRAINIAN:
                await self._choose(item, LANGUAGE_OF_PAYLOAD[GatewayPayload(item.text)])
            case IntentPayload.DELETE_DATA if item.route is not Route.BOT:
                await self._tell(item, self._reply(spoken, "delete_question"))
            case _:
                await self._tap(item)

    async def _tap(self, item: InboxItem) -> None:
        """A button of the assistant's; an answer of the guided check counts whoever answers, and without Rasa too."""
        if item.text not in ASSISTANT_PAYLOADS:
            raise ValueError("a payload that nobody handles")
        language = self._language(item)
        tap = TAPS.get(item.text)
        fact = self._listener.questions.fact(tap.question, tap.answer) if tap and tap.answer else None
        telling = Telling(item.seq, language, facts=(fact,) if fact else ())
        if item.route is not Route.BOT:
            return await self._settle(item, (), telling=telling)
        question = self._question(item, language, telling, intent=item.text.removeprefix("/"))
        await self._ask(item, question, telling, (self._reply(self._speech(item), "unavailable"),))

    @staticmethod
    def _question(
        item: InboxItem,
        language: str,
        telling: Telling,
        *,
        text: str = "",
        intent: str | None = None,
        assessment: Assessment | None = None,
    ) -> Question:
        story = item.story.hearing(telling)
        return Question(item.sender, item.seq, language, text, intent, assessment, story, item.is_easy)

    async def _ask(
        self, item: InboxItem, question: Question, telling: Telling, without_assistant: tuple[Reply, ...]
    ) -> None:
        try:
            answer = await self._assistant.ask(question)
        except BotUnavailable as unavailable:
            log.warning("assistant unavailable: %s", unavailable.reason)
            kept = telling if question.intent is not None else None
            return await self._settle(item, without_assistant, telling=kept)
        understood = heeded(telling, answer.signals, self._listener.questions)
        # A text's telling was kept with its assessment; it is written again only when more was understood.
        is_new = question.intent is not None or understood != telling
        await self._carry_out(item, answer, question.language, understood if is_new else None)

    async def _carry_out(self, item: InboxItem, answer: Answer, language: str, telling: Telling | None) -> None:
        spoken = speech(language, is_easy=item.is_easy)
        if "delete" in answer.signals:
            return await self._shred(item, spoken)
        if {"easy", "ordinary"} & set(answer.signals):
            return await self._choose_easy(item, "easy" in answer.signals)
        for signal in answer.signals:
            name, _, value = signal.partition(":")
            if name == "language" and value in self._knowledge.languages:
                await self.choose_language(item.conversation_id, value)
        if "handoff" in answer.signals:
            return await self._hand_over(item, spoken, telling)
        await self._settle(item, answer.replies, answer.intent, telling)

    async def _hand_over(self, item: InboxItem, spoken: str, telling: Telling | None = None) -> None:
        # The request comes before the settling: a crash between the two must not lose it.
        await self.hand_over(item.conversation_id, spoken, telling)
        await self._settle(item, (), "want_person", telling)

    async def _go_on_alone(self, item: InboxItem, spoken: str) -> None:
        alone = self._reply(spoken, "alone")
        await asyncio.to_thread(self._frontdoor.withdraw_handoff, item.conversation_id, alone)
        await self._settle(item, ())

    async def _choose(self, item: InboxItem, language: str) -> None:
        await self.choose_language(item.conversation_id, language)
        await self._tell(item, self._reply(speech(language, is_easy=item.is_easy), "language_set"))

    async def _choose_easy(self, item: InboxItem, is_easy: bool) -> None:
        await self.choose_easy(item.conversation_id, is_easy)
        spoken = speech(self._language(item), is_easy=is_easy)
        await self._tell(item, self._reply(spoken, "easy_set" if is_easy else "ordinary_set"))

    async def _tell(self, item: InboxItem, reply: Reply) -> None:
        """Settles an item with a sentence that goes out whoever answers."""
        if item.route is Route.BOT:
            return await self._settle(item, (reply,))
        await asyncio.to_thread(self._frontdoor.say, item.conversation_id, (reply,))
        await self._settle(item, ())

    async def _shred(self, item: InboxItem, spoken: str) -> None:
        await self.shred(item.conversation_id)
        await self._assistant.forget(item.sender)
        if self.farewell is not None:
            await self.farewell(item.conversation_id, self._reply(spoken, "deleted"))

    async def _settle(
        self,
        item: InboxItem,
        replies: tuple[Reply, ...],
        intent: str | None = None,
        telling: Telling | None = None,
    ) -> None:
        added = telling if telling and telling.says_something else None
        await asyncio.to_thread(self._frontdoor.settle, item, replies, intent=intent, telling=added)
        self._changed(item.conversation_id)

    @staticmethod
    def _language(item: InboxItem) -> str:
        return item.language or DEFAULT_LANGUAGE

    def _speech(self, item: InboxItem) -> str:
        return speech(self._language(item), is_easy=item.is_easy)

    def _reply(self, spoken: str, name: str) -> Reply:
        return self._knowledge.reply(spoken, f"system.{name}")


def is_of_a_child(story: Story) -> bool:
    """Whether who writes is a child: by their answer, or in trouble of their own; a parent, or an offer, is none."""
    age = story.facts.get("age")
    is_own = any(mark.flag == "minor" for told in story.tellings if told.kind == "in_trouble" for mark in told.flags)
    return is_own or (age is not None and age.answer == "minor")


def escaped(text: str) -> str:
    """`text` for the assistant: a leading slash is disarmed, everything else is as it was."""
    return WORD_JOINER + text if text.lstrip().startswith("/") else text
