"""Situations and rights in people's own words, written by somebody who did not write the phrases."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.messages import LANGUAGES, RIGHTS, TROUBLES
from bot.story.phrase_file import QuestionsError
from bot.story.topics import Topics, load_topics

DATA = Path(__file__).parents[2] / "nlu_data"

SAID = [
    ("es vairs negribu dzīvot", "suicide"),
    ("viņš lasa manas ziņas telefonā", "watched"),
    ("jau divus mēnešus man nemaksā algu", "unpaid_wages"),
    ("saimnieks atņēma man pasi un neatdod", "documents_kept"),
    ("man ir 15 gadi, ko darīt", "child"),
    ("man 16", "child"),
    ("мне 15", "child"),
    ("мені 14.", "child"),
    ("baidos iet uz policiju", "afraid_of_police"),
    ("viņš draud publicēt manas kailbildes", "blackmail_images"),
    ("es jau samaksāju viņiem 200 eiro", "paid_already"),
    ("man jāatstrādā parāds par biļeti", "debt"),
    ("не хочу больше жить", "suicide"),
    ("он проверяет мой телефон каждый вечер", "watched"),
    ("мне не платят зарплату третий месяц", "unpaid_wages"),
    ("хозяин забрал паспорт и не отдаёт", "documents_kept"),
    ("мне 16 лет", "child"),
    ("я боюсь идти в полицию", "afraid_of_police"),
    ("он угрожает выложить мои интимные фото", "blackmail_images"),
    ("я уже перевела им деньги", "paid_already"),
    ("говорят, что я должна отработать долг за билет", "debt"),
    ("я не хочу більше жити", "suicide"),
    ("він перевіряє мій телефон", "watched"),
    ("мені не платять зарплату вже два місяці", "unpaid_wages"),
    ("господар забрав мій паспорт і не віддає", "documents_kept"),
    ("мені 15 років", "child"),
    ("боюся йти в поліцію", "afraid_of_police"),
    ("він погрожує виставити мої інтимні фото", "blackmail_images"),
    ("я вже заплатила їм за місце", "paid_already"),
    ("кажуть, що я маю відпрацювати борг", "debt"),
    ("cik ilgi valsts apmaksā palīdzību?", "service_180"),
    ("kāda tagad ir minimālā alga", "minimum_wage"),
    ("какая сейчас минимальная зарплата в Латвии?", "minimum_wage"),
    ("яка зараз мінімальна зарплата?", "minimum_wage"),
    ("можно ли получить компенсацию?", "compensation"),
    ("vai var saņemt kompensāciju", "compensation"),
    ("чи можна отримати компенсацію", "compensation"),
]

NOT_SAID = [
    "Labdien!", "Paldies, sapratu", "Darbs noliktavā Vācijā, 1900 eiro mēnesī, līgums pirms izbraukšanas", "jā", "18",
    "Здравствуйте", "Спасибо большое", "Какая завтра погода?", "Работа на складе, 1500 евро, жильё 300 евро", "нет",
    "Добрий день", "Дякую", "Робота в готелі, 900 євро, договір", "так", "покажіть номери телефонів",
    "Vai tu esi robots?", "Gribu runāt ar cilvēku", "Хочу поговорить с человеком", "Хочу поговорити з людиною",
]  # fmt: skip


@pytest.fixture(scope="module")
def topics() -> Topics:
    return load_topics(DATA)


@pytest.mark.parametrize(("text", "topic"), SAID)
def test_a_topic_is_known(topics: Topics, text: str, topic: str) -> None:
    """In the visitor's own words."""
    assert topics.named_in(text) == topic


@pytest.mark.parametrize("text", NOT_SAID)
def test_other_talk_names_none(topics: Topics, text: str) -> None:
    """Greetings, offers, answers and other wishes."""
    assert topics.named_in(text) is None


@pytest.mark.parametrize("text", ["man 16 stundas jāstrādā", "мне 15 евро платят", "мені 14 годин працювати"])
def test_a_number_is_no_age(topics: Topics, text: str) -> None:
    """Hours and euros are not years."""
    assert topics.named_in(text) != "child"


def test_every_topic_has_phrases_in_every_language() -> None:
    """Nobody is left out."""
    seen = 0
    for language in LANGUAGES:
        content = yaml.safe_load((DATA / f"dialogue/topics/{language}.yml").read_text(encoding="utf-8"))
        for topic in (*TROUBLES, *RIGHTS):
            assert len(content[topic]) >= 5, f"{language}: {topic}"
            seen += 1

    assert seen == 3 * 34


def test_a_missing_topic_is_an_error(tmp_path: Path) -> None:
    """File and entry are named."""
    (tmp_path / "dialogue/topics").mkdir(parents=True)
    for language in LANGUAGES:
        (tmp_path / f"dialogue/topics/{language}.yml").write_text("watched: [a]\n", encoding="utf-8")
    with pytest.raises(QuestionsError, match=r"dialogue/topics/lv.yml: next_hour: must be a list of phrases"):
        load_topics(tmp_path)


DENIED_BETWEEN = (
    ("вимагають 500 євро щоб не виклали відео", "blackmail_images"),
    ("полиция меня не арестует?", "afraid_of_police"),
    ("в миграцию не сообщите?", "afraid_of_status"),
)


@pytest.mark.parametrize(("text", "topic"), DENIED_BETWEEN)
def test_a_denial_between_the_words_of_a_topic_belongs_to_it(topics: Topics, text: str, topic: str) -> None:
    """Unlike in an answer: who fears that something is done says so with a not."""
    assert len(DENIED_BETWEEN) == 3
    assert topics.named_in(text) == topic
