"""Another language needs data only: English, put beside the three as files, is read, judged and told from them."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from bot.redflags.assessment import Assessment
from bot.redflags.engine import Engine, load_data, load_trained, save_trained
from bot.redflags.folding import fold
from bot.redflags.training import train
from tests.redflags.conftest import ROOT

ENGLISH = Path(__file__).parent / "english"
BATCHES = 6
"""So many batches of each other language, about 150 messages, keep the training short."""


def some_batches(path: Path) -> str:
    """Whole batches from all over a file of examples, as the text of such a file."""
    batches: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            batches[json.loads(line)["batch"]].append(line)
    full = [lines for _, lines in sorted(batches.items()) if len(lines) >= 20]
    return "\n".join("\n".join(lines) for lines in full[:: len(full) // BATCHES][:BATCHES])


@pytest.fixture(scope="session")
def four_languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's data, with fewer examples, and English as a fourth language: files alone."""
    root = tmp_path_factory.mktemp("four_languages")
    shutil.copytree(ROOT / "redflags", root / "redflags", ignore=shutil.ignore_patterns("examples"))
    (root / "redflags" / "examples").mkdir()
    for path in (ROOT / "redflags" / "examples").glob("*.jsonl"):
        (root / "redflags" / "examples" / path.name).write_text(some_batches(path), encoding="utf-8")
    for part in ("language", "lexicon", "concepts", "examples"):
        [source] = ENGLISH.glob(f"{part}.*")
        folder = root / "redflags" / ("languages" if part == "language" else part)
        shutil.copyfile(source, folder / f"en{source.suffix}")
    return root


@pytest.fixture(scope="session")
def polyglot(four_languages: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine trained with four languages, saved and loaded again."""
    models = tmp_path_factory.mktemp("models")
    save_trained(train(four_languages, print).model, four_languages, models)
    return load_trained(models)


def flags_of(assessment: Assessment) -> dict[str, str]:
    """The evidence of each flag."""
    return {flag.id: flag.evidence for flag in assessment.flags}


def test_english_phrases_keep_their_promises(four_languages: Path) -> None:
    """English examples are recognised by English phrases, and English counterexamples are left alone."""
    data = load_data(four_languages)
    lexicon = data.lexicons["en"]

    def recognised(text: str) -> set[str]:
        return {one.flag for one in data.reader.read(fold(text), "en").found if not one.is_denied}

    missed = [
        (flag, text) for flag, texts in lexicon.examples.items() for text in texts if flag not in recognised(text)
    ]
    wrong = [
        (flag, text) for flag, texts in lexicon.counterexamples.items() for text in texts if flag in recognised(text)
    ]

    assert (sum(map(len, lexicon.examples.values())), sum(map(len, lexicon.counterexamples.values()))) == (28, 20)
    assert (missed, wrong) == ([], [])


NEW_IN_ENGLISH = [
    "We need five people for a greenhouse near Rotterdam, bring warm clothes and your driving licence.",
    "Before you fly you transfer 220 euro to us, and on arrival the foreman collects your passports.",
    "Dancers and hostesses for Cyprus, the flight is on us and you work it off.",
    "Night porter for a small hotel, 1300 euro gross, contract and paid leave.",
    "help me please, he locked me in the bedroom and he is coming back",
    "My teacher says the museum is free on the first Sunday.",
    "could you tell me who answers here at the weekend",
    "She has lived in Leeds for a year and likes her job in the bakery.",
    "Thanks, I will call the inspectorate myself.",
    "Do you speak English?",
]


@pytest.mark.parametrize("text", NEW_IN_ENGLISH)
def test_english_is_known(polyglot: Engine, text: str) -> None:
    """English messages that nobody trained on are found to be English."""
    assert polyglot.assess(text).language == "en"


def test_english_demand_is_flagged_in_the_visitors_words(polyglot: Engine) -> None:
    """A demand for money and the passport raises the risk and quotes itself."""
    text = "Nice farm in Spain! Before you travel send 240 euro for the place. The driver will take your passport at the border."

    assessment = polyglot.assess(text)
    evidence = flags_of(assessment)

    assert (assessment.language, assessment.risk) == ("en", "high")
    assert "send 240 euro" in evidence["upfront_payment"]
    assert "take your passport" in evidence["documents_taken"]
    assert all(quote in text for quote in evidence.values())


DENIALS = [
    "A job at our dairy in Valmiera: no deposit, your passport stays with you, 9 euro an hour, contract on the first day.",
    "There is no fee and nobody keeps your passport.",
    "You don't pay a deposit, and we do not take your documents.",
]


@pytest.mark.parametrize("text", DENIALS)
def test_english_denial_is_not_flagged(polyglot: Engine, text: str) -> None:
    """Who promises to take neither money nor passport is not accused of it."""
    assessment = polyglot.assess(text)

    assert (assessment.language, assessment.risk, flags_of(assessment)) == ("en", "none", {})


CRIES = [
    "Please help, they locked me in a room and took my phone!",
    "he is beating her right now, I hear it through the wall",
]


@pytest.mark.parametrize("text", CRIES)
def test_english_cry_for_help_is_an_emergency(polyglot: Engine, text: str) -> None:
    """Somebody in danger now is told of 112 first, in English too."""
    assessment = polyglot.assess(text)

    assert (assessment.language, assessment.emergency, assessment.risk) == ("en", True, "high")


NOT_ENGLISH = [
    ("lv", "Labdien, vai varat pateikt, cik maksā nakts patversmē?"),
    ("lv", "Darbs noliktava Vacija, alga 1900 eiro, pasi atdod vaditajam"),
    ("lv", "Man vajag palīdzību, viņš mani nelaiž ārā."),
    ("lv", "bet kas par to man samaksas"),
    ("ru", "Здравствуйте, мне предложили работу в Германии, билет за их счёт."),
    ("ru", "Privet, mne predlozhili rabotu, zagranpasport zabirayut"),
    ("ru", "Спасибо, всё понятно"),
    ("uk", "Добрий день, чи можна у вас переночувати з дитиною?"),
    ("uk", "Dobryi den, meni treba robota, pasport zabyraie vodii"),
    ("uk", "Дякую, я вже подзвонила"),
]


@pytest.mark.parametrize(("language", "text"), NOT_ENGLISH)
def test_the_other_languages_stay_themselves(polyglot: Engine, language: str, text: str) -> None:
    """Latvian, Russian and Ukrainian, also in plain Latin letters, are not taken for English."""
    assert polyglot.assess(text).language == language
