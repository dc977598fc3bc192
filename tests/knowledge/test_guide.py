"""Whom to call: the country where the person is, the need, the age, the language and the hour."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge import Knowledge
from bot.knowledge.guide import Caller, caller_of, doors

MONDAY_NOON = datetime(2026, 11, 23, 12, 30, tzinfo=ZoneInfo("Europe/Riga"))
SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("Europe/Riga"))

WHERE = [
    ("esmu Vācijā", "DE", ()),
    ("esmu jau divas dienas Spānijā", "ES", ()),
    ("strādāju celtniecībā Dānijā, kam zvanīt", "DK", ()),
    ("es tagad Vācijā", "DE", ()),
    ("dzīvoju Apvienotajā Karalistē", "GB", ()),
    ("я сейчас в Германии", "DE", ()),
    ("живу в Италии", "IT", ()),
    ("я у Польщі, що робити", "PL", ()),
    ("перебуваю зараз в Нідерландах", "NL", ()),
    ("esmu Latvijā, sola darbu Vācijā", "LV", ("DE",)),
    # from, to and perhaps
    ("esmu no Ukrainas", None, ("UA",)),
    ("es braucu uz Vāciju", None, ("DE",)),
    ("gribu strādāt Norvēģijā", None, ("NO",)),
    ("я из Украины", None, ("UA",)),
    ("я хочу в Германию", None, ("DE",)),
    ("я нашёл работу в Германии", None, ("DE",)),
    ("я їду до Польщі", None, ("PL",)),
    ("kam zvanīt Vācijā?", None, ("DE",)),
    ("номер в Норвегии или Испании", None, ("ES", "NO")),
    # nothing
    ("kam zvanīt", None, ()),
    ("я у мамы", None, ()),
    ("esmu", None, ()),
    ("", None, ()),
]


@pytest.mark.parametrize(("text", "here", "named"), WHERE)
def test_where_somebody_is(knowledge: Knowledge, text: str, here: str | None, named: tuple[str, ...]) -> None:
    """Only by their own words; a country that they come from, go to or ask about is named and no more."""
    assert len(WHERE) == 23
    assert caller_of(text, "lv", knowledge.directory) == Caller("lv", here, named)


NEEDS = [
    ("man ir 15 gadi", {"child"}),
    ("мне 17 лет", {"child"}),
    ("мені 14 років", {"child"}),
    ("man ir 18 gadi", set()),
    ("mans bērns ir pazudis", {"child"}),
    ("domāju par pašnāvību", {"crisis"}),
    ("не хочу жить, думаю о самоубийстве", {"crisis"}),
    ("negribu policiju", {"police"}),
    ("kam zvanīt 24 stundas", set()),
]


@pytest.mark.parametrize(("text", "needs"), NEEDS)
def test_what_somebody_needs(knowledge: Knowledge, text: str, needs: set[str]) -> None:
    """From words and from the age."""
    assert len(NEEDS) == 9
    assert caller_of(text, "lv", knowledge.directory).needs == needs


def told(knowledge: Knowledge, caller: Caller, moment: datetime | None = None) -> list[tuple[str, list[str]]]:
    lines = (knowledge.at(moment) if moment else knowledge).lines(caller.language)
    return [(door.need, [entry.id for entry in door.entries]) for door in doors(caller, lines)]


def test_at_home(knowledge: Knowledge) -> None:
    """Danger, then the two doors, then the rest."""
    assert told(knowledge, Caller("lv"), MONDAY_NOON) == [
        ("emergency", ["lv_112"]),
        ("police", ["lv_110"]),
        ("advice", ["lv_patverums", "lv_marta", "lv_116006", "lv_patverums_more"]),
        ("child", ["lv_116111", "lv_116000"]),
        ("crisis", ["lv_116123"]),
        ("abroad", ["eu", "lv_konsular"]),
    ]


def test_at_night(knowledge: Knowledge) -> None:
    """When no helper answers, the line that always does is the first of them."""
    assert told(knowledge, Caller("lv"), SUNDAY_NIGHT)[2] == (
        "advice",
        ["lv_116123", "lv_patverums", "lv_marta", "lv_116006", "lv_patverums_more"],
    )
    assert "crisis" not in dict(told(knowledge, Caller("lv"), SUNDAY_NIGHT))


def test_a_child(knowledge: Knowledge) -> None:
    """The children's line comes right after danger."""
    found = told(knowledge, Caller("ru", needs=frozenset({"child"})), MONDAY_NOON)

    assert [need for need, _ in found] == ["emergency", "child", "police", "advice", "crisis", "abroad"]


def test_countries_that_were_named(knowledge: Knowledge) -> None:
    """Their lines come right after danger: who asks about Norway needs the Norwegian one."""
    found = told(knowledge, Caller("lv", named=("DE", "NO")), MONDAY_NOON)

    assert [need for need, _ in found] == ["emergency", "there", "there", "abroad", "police", "advice"]
    assert [ids for need, ids in found if need == "there"] == [["de_ht", "de_bav"], ["no"]]


def test_a_ukrainian_speaker(knowledge: Knowledge) -> None:
    """The lines of Ukraine, which work only there, are added at the end."""
    assert told(knowledge, Caller("uk"), MONDAY_NOON)[-1] == ("ukraine", ["ua_527", "ua_lastrada", "ua_police"])


ABROAD = [
    ("DE", [("emergency", ["eu"]), ("police", ["eu"]), ("advice", ["de_ht", "de_bav"])]),
    ("ES", [("emergency", ["eu"]), ("police", ["es_pol"]), ("advice", ["es_a21"])]),
    ("IE", [("emergency", ["eu"]), ("police", ["ie_garda"]), ("advice", [])]),
    ("PL", [("emergency", ["eu"]), ("police", ["eu"]), ("advice", [])]),
    ("NO", [("advice", ["no"])]),
    ("GB", [("advice", ["gb"])]),
    ("TR", [("advice", [])]),
    ("UA", [("emergency", ["ua_police"]), ("police", ["ua_police"]), ("advice", ["ua_lastrada", "ua_527", "ua_1547"])]),
]
REACHABLE = ["lv_patverums", "lv_marta", "lv_patverums_more"]


@pytest.mark.parametrize(("country", "expected"), ABROAD)
def test_abroad(knowledge: Knowledge, country: str, expected: list[tuple[str, list[str]]]) -> None:
    """That country's lines, 112 where it is known to work, the Latvian lines that can be dialled, the consul."""
    expected = [(need, [*ids, *REACHABLE] if need == "advice" else ids) for need, ids in expected]

    assert len(ABROAD) == 8
    assert told(knowledge, Caller("lv", here=country), MONDAY_NOON) == [*expected, ("home", ["lv_konsular"])]


def test_a_child_abroad(knowledge: Knowledge) -> None:
    """A children's line of that country, where one is known."""
    assert ("child", ["ua_children"]) in told(
        knowledge, Caller("uk", here="UA", needs=frozenset({"child"})), MONDAY_NOON
    )


def test_who_speaks_the_language_comes_first(knowledge: Knowledge) -> None:
    """Among those who answer alike."""
    assert told(knowledge, Caller("ru", here="EE"))[2][1][0] == "ee"
    assert told(knowledge, Caller("ru"), SUNDAY_NIGHT)[2][1][0] == "lv_116123"


def test_always_two_doors(knowledge: Knowledge) -> None:
    """Wherever a police number is known, help without the police is beside it, by night and by day."""
    seen = 0
    for country in (None, *knowledge.directory.countries):
        for moment in (MONDAY_NOON, SUNDAY_NIGHT):
            needs = [need for need, _ in told(knowledge, Caller("lv", here=country), moment)]
            seen += 1
            assert "advice" in needs
            assert "police" in needs or country in {
                code for code, known in knowledge.directory.countries.items() if not known.in_union
            }
    assert seen >= 80
