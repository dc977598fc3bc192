"""What visitors say in the conversations of the tests, in each language."""

from __future__ import annotations

from typing import NamedTuple


class Script(NamedTuple):
    """One visitor's lines."""

    greeting: str
    ask_check: str
    offer: str
    evidence: str
    second_offer: str
    numbers: str
    number_abroad: str
    rights: str
    person: str
    human: str
    anonymous: str
    delete: str
    yes: str
    no: str
    thanks: str
    goodbye: str
    weather: str
    insult: str
    language: str
    asked_language: str


SCRIPTS = {
    "lv": Script(
        greeting="Labdien!",
        ask_check="Vai varat pārbaudīt piedāvājumu?",
        offer="Darbs Vācijā, noliktavā, 3500 eiro mēnesī, pieredze nav vajadzīga. Biļeti un mājokli apmaksājam mēs, "
        "to pēc tam atstrādāsiet. Pasi nododiet vadītājam. Jāizlemj šodien, rakstiet WhatsApp.",
        evidence="Pasi nododiet vadītājam",
        second_offer="Vēl viņi prasa pirms darba samaksāt 150 eiro ķīlu par vietu.",
        numbers="Kur es varu piezvanīt?",
        number_abroad="Kam zvanīt Spānijā, iedodiet numuru",
        rights="Kādas ir manas tiesības?",
        person="Gribu runāt ar dzīvu cilvēku",
        human="Vai tu esi robots?",
        anonymous="Vai tas ir anonīmi?",
        delete="Izdzēsiet visu sarunu",
        yes="jā",
        no="nē",
        thanks="Paldies!",
        goodbye="Uz redzēšanos",
        weather="Kāds rīt būs laiks?",
        insult="Tu esi idiots",
        language="Vai var krieviski?",
        asked_language="ru",
    ),
    "ru": Script(
        greeting="Здравствуйте!",
        ask_check="Можете проверить предложение?",
        offer="Работа в Германии на складе, 3500 евро в месяц, опыт не нужен. Билет и жильё оплатим, потом "
        "отработаете. Паспорт отдадите бригадиру. Решать надо сегодня, пишите в WhatsApp.",
        evidence="Паспорт отдадите бригадиру",
        second_offer="Ещё они просят до начала работы заплатить 150 евро залога за место.",
        numbers="Куда мне позвонить?",
        number_abroad="Дайте номер, куда звонить в Испании",
        rights="Какие у меня права?",
        person="Хочу поговорить с живым человеком",
        human="Ты робот?",
        anonymous="Это анонимно?",
        delete="Удалите всю переписку",
        yes="да",
        no="нет",
        thanks="Спасибо!",
        goodbye="До свидания",
        weather="Какая завтра погода?",
        insult="Ты идиот",
        language="Можно на латышском?",
        asked_language="lv",
    ),
    "uk": Script(
        greeting="Добрий день!",
        ask_check="Можете перевірити пропозицію?",
        offer="Робота в Німеччині на складі, 3500 євро на місяць, досвід не потрібен. Квиток і житло оплатимо, потім "
        "відпрацюєте. Паспорт віддасте бригадиру. Вирішувати треба сьогодні, пишіть у WhatsApp.",
        evidence="Паспорт віддасте бригадиру",
        second_offer="Ще вони просять до початку роботи заплатити 150 євро застави за місце.",
        numbers="Куди мені подзвонити?",
        number_abroad="Дайте номер, куди дзвонити в Іспанії",
        rights="Які в мене права?",
        person="Хочу поговорити з живою людиною",
        human="Ти робот?",
        anonymous="Це анонімно?",
        delete="Видаліть усю розмову",
        yes="так",
        no="ні",
        thanks="Дякую!",
        goodbye="До побачення",
        weather="Яка завтра погода?",
        insult="Ти ідіот",
        language="Можна російською?",
        asked_language="ru",
    ),
}
