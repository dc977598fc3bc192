"""The guided check and the story, through all four processes: tap answers, a correction, what the operator sees."""

from __future__ import annotations

from tests.e2e.installation import Karogs
from tests.e2e.people import Operator, TelegramVisitor, WebVisitor
from tests.telegram.botapi import World

OFFER = (
    "Darbs Vācijā, gaļas kombināts, 1900 eiro mēnesī, kopmītne blakus. Pasi ierodoties atdod meistaram, viņš to glabās "
    "līdz sezonas beigām. Izbraukšana piektdien."
)


def test_web_from_a_paste_to_the_answers_in_the_console(karogs: Karogs) -> None:
    """What the visitor corrects and answers is the story that the operator reads."""
    visitor, operator = WebVisitor(karogs, "lv"), Operator(karogs)

    assert "Pasi ierodoties atdod meistaram" in visitor.asked_and_answered(OFFER)
    assert "vairs neskaitu «Prasa vai patur dokumentus»" in visitor.asked_and_answered("nē, pasi viņi neņem")
    assert "Prasa samaksāt iepriekš" in visitor.asked_and_answered("/answer_money_upfront")
    visitor.say("/person")
    visitor.waits_for_route("waiting")
    entry = operator.finds_waiting("upfront_payment", "lv", "web")
    summary = operator.reads(entry["id"])["summary"]

    assert "documents_taken" not in entry["reasons"]
    assert {flag["id"]: flag["withdrawn"] for flag in summary["flags"]}["documents_taken"] is True
    assert [(given["question"], given["answer"]) for given in summary["answers"]] == [
        ("documents", "kept"),
        ("money", "upfront"),
    ]


def test_telegram_without_a_text(karogs: Karogs, world: World) -> None:
    """Somebody who has only heard of an offer taps through questions."""
    visitor = TelegramVisitor(world, 700_900)

    visitor.say("/start")
    visitor.waits_for_one_more(than=0)
    visitor.tap("/ru")
    visitor.say("Мужчина в телеграме предлагает работу в Германии")
    visitor.waits_for("Просит ли кто-то ваш паспорт")
    visitor.tap("/answer_documents_taken")
    visitor.waits_for("Это меняет картину")
    visitor.waits_for("Нужно ли вам что-то платить")
    visitor.tap("/stop_check")
    visitor.waits_for("вопросов больше не задаю")
