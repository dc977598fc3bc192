"""What the visitors of the end-to-end tests write: one script a language, from a paste to an operator and back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Script:
    """
    One person's story: `flag` must be seen in the offer, `quote` must come back in the explanation, `number_of` asks
    for a number, `person` asks for somebody.
    """

    language: str
    greeting: str
    offer: str
    flag: str
    quote: str
    number_of: str
    person: str
    operator: str
    thanks: str


SCRIPTS = (
    Script(
        language="lv",
        greeting="Labdien!",
        offer="Darbs Vācijā, gaļas kombināts. Pirms izbraukšanas jāiemaksā 200 eiro par vietu, pasi ierodoties atdod "
        "meistaram. Līgumu parakstīsim uz vietas, jāizlemj līdz rītdienai.",
        flag="upfront_payment",
        quote="jāiemaksā 200 eiro",
        number_of="kam es varu piezvanīt?",
        person="gribu runāt ar cilvēku",
        operator="Labdien, es esmu operatore. Vai jums ir droši rakstīt?",
        thanks="paldies",
    ),
    Script(
        language="ru",
        greeting="Здравствуйте",
        offer="Работа в Польше на складе, опыт не нужен. Паспорт сдаёте координатору на время контракта, за место надо "
        "заплатить залог 150 евро. Решать надо сегодня, мест мало.",
        flag="documents_taken",
        quote="Паспорт",
        number_of="дайте номер телефона, куда звонить",
        person="хочу поговорить с человеком",
        operator="Здравствуйте, я оператор. Вам сейчас безопасно писать?",
        thanks="спасибо",
    ),
    Script(
        language="uk",
        greeting="Добрий день",
        offer="Робота в Німеччині, прибирання готелів. Квиток і житло купуємо ми, потім відпрацюєте із зарплати. "
        "Паспорт забере водій, договір потім. Нікому не кажіть, бо місць мало.",
        flag="documents_taken",
        quote="Паспорт",
        number_of="куди мені подзвонити?",
        person="хочу поговорити з людиною",
        operator="Добрий день, я операторка. Чи безпечно вам зараз писати?",
        thanks="дякую",
    ),
)
