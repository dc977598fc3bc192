"""Rights, situations, trouble and stories: one answer to what was asked, and the ways to go on."""

from __future__ import annotations

import re

import pytest

from bot.knowledge import Knowledge
from bot.messages import CHOICES, CONCERNS, RIGHTS, SITUATIONS, STORIES, TROUBLES
from bot.redflags.assessment import Assessment, RedFlag
from bot.story import Story, Telling
from bot.story.telling import Mark
from tests.actions.conftest import LANGUAGES, Run, payloads, said, signals, slots_of
from tests.knowledge.test_texts import NEVER_SAID

LOCKED = RedFlag("movement_restricted", "critical", 0, 9, "esmu ieslēgta")
UNPAID = RedFlag("wages_withheld", "strong", 10, 20, "nemaksā")


def test_every_choice_has_an_intent() -> None:
    """Fourteen rights, twenty troubles and forty concerns, eight stories, each told and then explained."""
    assert (len(RIGHTS), len(TROUBLES), len(CONCERNS), len(STORIES), len(CHOICES)) == (14, 20, 40, 8, 90)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_rights_are_offered(run: Run, knowledge: Knowledge, language: str) -> None:
    """As buttons, each with the name of the right."""
    result = await run("action_rights", language)

    assert said(result) == [knowledge.text(language, "talk.rights_heading")]
    assert payloads(result) == [f"/right_{right}" for right in RIGHTS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("right", RIGHTS)
async def test_a_right_is_told_with_its_sources(run: Run, knowledge: Knowledge, language: str, right: str) -> None:
    """And the day on which somebody compared it with them."""
    text = said(await run("action_rights", language, button=f"right_{right}"))[0]
    known = knowledge.topic(language, right)

    assert text.startswith(f"{known.title}\n{known.text}\n\n")
    assert "22.11.2026" in text.removeprefix(f"{known.title}\n{known.text}")
    assert all(knowledge.sources[source].name in text for source in known.sources)
    assert re.search(NEVER_SAID[language], text, re.IGNORECASE) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", SITUATIONS)
async def test_a_situation_is_answered(run: Run, knowledge: Knowledge, language: str, situation: str) -> None:
    """What helps now, and a person."""
    result = await run("action_situation", language, button=f"situation_{situation}")

    assert knowledge.topic(language, situation).text in said(result)[0]
    assert payloads(result)[0] == "/person"
    assert len(said(result)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_wants_to_die_gets_the_crisis_line(run: Run, knowledge: Knowledge, language: str) -> None:
    """With the number of Latvia, and 112."""
    text = said(await run("action_situation", language, button="situation_suicide"))[0]

    assert knowledge.numbers_block(language, "crisis") in text
    assert "116123" in text
    assert "112" in text


async def test_abroad_the_lines_of_that_country_are_told(run: Run, knowledge: Knowledge) -> None:
    """Somebody in Germany without papers."""
    text = said(await run("action_situation", "lv", "Esmu Vācijā un man nav pases, kur griezties?"))[0]

    assert knowledge.entry("de_hilfetelefon" if "de_hilfetelefon" in knowledge.directory.entries else "lv_112")
    assert any(entry.phones[0].display in text for entry in knowledge.entries(country="DE"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_comfort_is_said_once(run: Run, knowledge: Knowledge, language: str) -> None:
    """Whoever goes on telling is not told the same again; the signs bring what helps now."""
    assessment = Assessment(language, "in_trouble", "high", False, (UNPAID, LOCKED))
    first = await run("action_in_trouble", language, "x", assessment)
    names = [knowledge.flag(language, flag.id).name for flag in (LOCKED, UNPAID)]
    heard = "\n".join([knowledge.text(language, "talk.signs_heard"), *(f"• {name}" for name in names)])
    second = await run("action_in_trouble", language, "x", slots=slots_of(first))

    assert said(first)[0] == f"{knowledge.reply(language, 'utter_in_trouble').text}\n\n{heard}"
    assert knowledge.topic(language, "next_hour").text in said(first)[1]
    assert slots_of(first) == {"trouble_told": ["next_hour", "own"]}
    assert said(second) == [knowledge.reply(language, "utter_in_trouble_on").text]


async def test_a_sign_is_named_once(run: Run, knowledge: Knowledge) -> None:
    """What an earlier message showed is not repeated."""
    assessment = Assessment("lv", "in_trouble", "high", False, (UNPAID, LOCKED))
    before = Story().hearing(Telling.of(1, Assessment("lv", "in_trouble", "high", False, (LOCKED,))))
    result = await run("action_in_trouble", "lv", "x", assessment, {"trouble_told": ["own"]}, before=before)

    assert said(result)[0].endswith(
        f"{knowledge.text('lv', 'talk.signs_heard')}\n• {knowledge.flag('lv', 'wages_withheld').name}"
    )
    assert knowledge.topic("lv", "unpaid_wages").text in said(result)[1]


async def test_worry_about_somebody_else_has_its_own_words(run: Run, knowledge: Knowledge) -> None:
    """First, and with how to help afterwards; whoever goes on about that person is not taken for them."""
    first = await run("action_worried", "lv", "x")
    second = await run("action_worried", "lv", "x", slots=slots_of(first))
    third = await run("action_in_trouble", "lv", "x", slots=slots_of(second))

    assert said(first) == [knowledge.reply("lv", "utter_worried_about_someone").text]
    assert said(second)[0] == knowledge.reply("lv", "utter_worried_on").text
    assert knowledge.topic("lv", "friend").text in said(second)[1]
    assert said(third) == [knowledge.reply("lv", "utter_worried_on").text]


async def test_somebody_in_trouble_is_never_told_that_they_were_not_understood(run: Run, knowledge: Knowledge) -> None:
    """Others are."""
    for told, key in ((["own"], "in_trouble_on"), (["else"], "worried_on"), (["emergency"], "in_trouble")):
        result = await run("action_fallback", "lv", "x", slots={"trouble_told": told})
        assert said(result) == [knowledge.reply("lv", f"utter_{key}").text]
        assert said(await run("action_fallback_person", "lv", "x", slots={"trouble_told": told})) == said(result)
    for action in ("fallback", "fallback_person", "off_topic"):
        assert said(await run(f"action_{action}", "lv", "x")) == [knowledge.reply("lv", f"utter_{action}").text]


async def test_an_emergency_that_only_the_words_told_of_begins_with_112(run: Run, knowledge: Knowledge) -> None:
    """The gateway has not said it: the engine saw no emergency."""
    unseen = await run("action_emergency", "lv", "palīgā", Assessment("lv", "in_trouble", "none", False))
    seen = await run("action_emergency", "lv", "x", Assessment("lv", "in_trouble", "high", True))

    assert said(unseen)[0] == knowledge.text("lv", "system.emergency")
    assert said(seen) == [knowledge.reply("lv", "utter_emergency_next").text]


async def test_where_somebody_is_is_remembered(run: Run, knowledge: Knowledge) -> None:
    """Who said that they are in Spain gets the lines of Spain when they ask later."""
    first = await run("action_situation", "lv", "Esmu Spānijā, man atņēma pasi")
    later = "\n".join(said(await run("action_numbers", "lv", "kam te zvanīt?", slots=slots_of(first))))

    assert slots_of(first) == {"place": "ES"}
    assert knowledge.entry("es_pol").phones[0].display in later


async def test_a_named_situation_brings_its_own_numbers(run: Run, knowledge: Knowledge) -> None:
    """They are said once, behind the words of comfort and the signs."""
    assessment = Assessment("lv", "in_trouble", "high", False, (UNPAID,))
    result = await run("action_in_trouble", "lv", "man nemaksā algu jau divus mēnešus", assessment)
    whole = "\n".join(said(result))

    assert knowledge.topic("lv", "unpaid_wages").text in said(result)[1]
    assert whole.count(knowledge.entry("lv_marta").phones[0].display) == 1
    assert payloads(result)[0] == "/person"


async def test_an_emergency_asks_about_the_screen_once(run: Run, knowledge: Knowledge) -> None:
    """Afterwards it says what to do in the next hour."""
    first = await run("action_emergency", "lv", "x")
    second = await run("action_emergency", "lv", "x", slots=slots_of(first))

    assert said(first) == [knowledge.reply("lv", "utter_emergency_next").text]
    assert knowledge.topic("lv", "next_hour").text in said(second)[0]


async def test_an_emergency_with_a_child_gives_the_childrens_line(run: Run, knowledge: Knowledge) -> None:
    """Behind the gateway's first words with 112."""
    child = Assessment("lv", "in_trouble", "high", True, (RedFlag("minor", "critical", 0, 1, "x"),))
    result = await run("action_emergency", "lv", "x", child)

    assert knowledge.topic("lv", "child").text in said(result)[0]
    assert knowledge.numbers_block("lv", "child") in said(result)[0]


async def test_who_tells_of_a_child_is_not_taken_for_one(run: Run, knowledge: Knowledge) -> None:
    """They get the children's line too, and how to help somebody else."""
    child = Assessment("lv", "third_party", "high", True, (RedFlag("minor", "critical", 0, 1, "x"),))
    texts = said(await run("action_emergency", "lv", "x", child))

    assert knowledge.topic("lv", "friend").text in texts[-1]
    assert knowledge.numbers_block("lv", "child") in texts[-1]
    assert not any(knowledge.topic("lv", "child").text in text for text in texts)


async def test_a_child_who_speaks_of_somebody_else_is_still_the_one(run: Run, knowledge: Knowledge) -> None:
    """A girl of sixteen who names a friend is not thanked for caring about her."""
    before = Story().hearing(
        Telling.of(1, Assessment("lv", "job_offer", "high", False, (RedFlag("minor", "critical", 0, 1, "x"),)))
    )
    texts = said(await run("action_worried", "lv", "x", before=before))

    assert knowledge.topic("lv", "child").text in texts[-1]
    assert knowledge.reply("lv", "utter_worried_about_someone").text not in texts


async def test_a_question_that_nothing_answers(run: Run, knowledge: Knowledge) -> None:
    """It is not asked again in other words, and nothing is guessed; in the check its question follows."""
    for action in ("action_fallback", "action_check_miss"):
        result = await run(action, "lv", "cik tur ir grādu?", intent="nlu_fallback")
        assert said(result) == [knowledge.reply("lv", "utter_no_answer").text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("action", "text"),
    [("action_fallback", "?"), ("action_fallback", "."), ("action_check_miss", "?"), ("action_rights", ".")],
)
async def test_what_may_be_meant_is_offered(
    run: Run, knowledge: Knowledge, language: str, action: str, text: str
) -> None:
    """What was half understood gets no wrong page and no shrug, but what it may be about, to choose from."""
    result = await run(action, language, f"так{text}", intent="nlu_fallback", near=("debt", "minimum_wage"))

    assert said(result) == [knowledge.reply(language, "utter_did_you_mean").text]
    assert payloads(result)[:3] == ["/situation_debt", "/right_minimum_wage", "/person"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_answer_that_is_not_sure_says_what_else_it_may_be(
    run: Run, knowledge: Knowledge, language: str
) -> None:
    """Beside the page, and not under a page that was chosen by a tap."""
    text = {"lv": "man nemaksā algu", "ru": "мне не платят зарплату", "uk": "мені не платять зарплату"}[language]
    unsure = await run("action_situation", language, text, near=("money_back", "minimum_wage"))
    tapped = await run("action_situation", language, button="situation_unpaid_wages", near=("money_back",))

    assert knowledge.topic(language, "unpaid_wages").text in said(unsure)[0]
    assert said(unsure)[0].endswith(knowledge.text(language, "talk.if_other"))
    assert payloads(unsure)[0] == "/person"
    assert payloads(unsure)[-2:] == ["/situation_money_back", "/right_minimum_wage"]
    assert knowledge.text(language, "talk.if_other") not in said(tapped)[0]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_story_is_told_before_its_signs(run: Run, knowledge: Knowledge, language: str) -> None:
    """The list, the story with its question, then what could be noticed."""
    listed = await run("action_stories", language)
    told = await run("action_stories", language, button="story_labour")
    signs = await run("action_stories", language, button="signs_labour")

    assert payloads(listed) == [f"/story_{story}" for story in STORIES]
    assert said(told) == [
        f"{knowledge.text(language, 'stories.labour.story')}\n\n{knowledge.text(language, 'stories.question')}"
    ]
    assert payloads(told) == ["/signs_labour", "/stories"]
    assert said(signs)[0].startswith(knowledge.text(language, "stories.labour.noticed"))
    assert payloads(signs) == ["/stories", "/check_offer", "/person"]


async def test_a_yes_in_an_emergency_is_about_the_screen(run: Run, knowledge: Knowledge) -> None:
    """It was asked whether somebody can see it; after a person was offered a yes calls one."""
    asked = {"trouble_told": ["emergency"], "screen_asked": True}
    first = await run("action_yes_in_emergency", "lv", "jā", slots=asked)
    second = await run("action_yes_in_emergency", "lv", "jā", slots=slots_of(first))

    assert knowledge.topic("lv", "watched").text in said(first)[0]
    assert payloads(first)[0] == "/person"
    assert signals(second) == ["handoff"]


async def test_who_fears_that_somebody_wants_to_die_gets_the_crisis_line(run: Run, knowledge: Knowledge) -> None:
    """With how to help, and not with the words for who wants to die."""
    result = await run("action_worried", "lv", "draudzene raksta, ka vairs negrib dzīvot")
    whole = "\n".join(said(result))

    assert knowledge.topic("lv", "friend").text in whole
    assert knowledge.topic("lv", "suicide").text not in whole
    assert knowledge.numbers_block("lv", "crisis") in whole


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("lv", "policija jau brauc, ko saku viņiem"),
        ("ru", "полиция едет, что им говорить"),
        ("uk", "поліція їде, що їм казати"),
    ],
)
async def test_what_to_tell_the_police_is_no_question_about_a_recruiter(
    run: Run, knowledge: Knowledge, language: str, text: str
) -> None:
    """Who is told not to send them questions might not speak to them."""
    result = await run("action_ask_back", language, text, Assessment(language, "in_trouble", "high", True))

    assert said(result)[0].startswith(knowledge.topic(language, "how_to_report").text)
    assert payloads(result)[0] == "/person"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_calm_words_after_trouble_bring_no_advice_on_escape(
    run: Run, knowledge: Knowledge, language: str
) -> None:
    """The third time a person is offered with the numbers; who is held gets the next hour."""
    slots = {"trouble_told": ["own", "own_on"]}
    held = Story((Telling(1, language, "in_trouble", "high", flags=(Mark("movement_restricted", "critical", 0, 1),)),))
    calm = await run("action_fallback", language, "…", Assessment(language, "other", "none", False), slots)
    told = await run("action_fallback", language, "…", Assessment(language, "other", "none", False), slots, before=held)

    assert said(calm)[0].startswith(knowledge.text(language, "responses.utter_offer_person"))
    assert knowledge.numbers_block(language, "emergency") in said(calm)[0]
    assert knowledge.topic(language, "next_hour").text in said(told)[-1]


@pytest.mark.parametrize("topic", ["blackmail_images", "next_hour"])
async def test_what_cannot_wait_comes_before_the_question_about_the_screen(
    run: Run, knowledge: Knowledge, topic: str
) -> None:
    """Two situations that phrases name in an emergency."""
    texts = {"blackmail_images": "он шантажирует меня моими фото", "next_hour": "как сбежать отсюда"}
    result = await run("action_emergency", "ru", texts[topic], Assessment("ru", "in_trouble", "high", True))

    assert knowledge.topic("ru", topic).text in said(result)[-1]


async def test_who_asks_about_somebody_else_is_known_to(run: Run) -> None:
    """So that the next word of trouble is not taken for their own."""
    result = await run("action_situation", "lv", button="situation_no_contact")

    assert slots_of(result)["trouble_told"] == ["else"]
    assert "trouble_told" not in slots_of(await run("action_situation", "lv", button="situation_is_usual"))


async def test_who_asked_about_somebody_is_believed_when_it_happens_to_them(run: Run, knowledge: Knowledge) -> None:
    """A tap on advice for a friend makes nobody a helper for ever."""
    assessment = Assessment("ru", "in_trouble", "high", True, (LOCKED,))
    result = await run("action_emergency", "ru", "меня заперли, он меня бьёт", assessment, {"trouble_told": ["else"]})

    assert knowledge.topic("ru", "friend").text not in "".join(said(result))


async def test_a_person_is_offered_once_with_the_numbers(run: Run, knowledge: Knowledge) -> None:
    """The fourth calm message gets other words."""
    slots = {"trouble_told": ["offered", "own", "own_on"]}
    result = await run("action_fallback", "lv", "…", Assessment("lv", "other", "none", False), slots)

    assert said(result) == [knowledge.text("lv", "responses.utter_in_trouble_on")]
