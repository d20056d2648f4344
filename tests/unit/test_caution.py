"""The caution against naming persons, on sentences that were made up for it."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.features.consultations.rules.caution import Caution, cautions, is_cautioned, names_somebody

SENTENCES = json.loads(Path(__file__).with_name("caution_sentences.json").read_text(encoding="utf-8"))
LANGUAGES = ("en", "fr", "ar")


def _share(group: dict[str, list[str]], languages: tuple[str, ...] = LANGUAGES) -> float:
    found = [bool(cautions(text)) for language in languages for text in group[language]]
    return sum(found) / len(found)


def test_the_set_is_large_and_says_that_it_is_invented() -> None:
    """Different sentences in each language, on both sides."""
    assert SENTENCES["note"].startswith("Invented")
    every = [text for group in ("named", "fine") for texts in SENTENCES[group].values() for text in texts]
    assert len(set(every)) == len(every) >= 300
    assert all(len(SENTENCES[group][language]) >= 40 for group in ("named", "fine") for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_named_persons_are_seen(language: str) -> None:
    """At least 95 of 100 sentences that name somebody suspected or at risk, and few of the others."""
    assert _share(SENTENCES["named"], (language,)) >= 0.95
    assert _share(SENTENCES["fine"], (language,)) <= 0.10


def test_on_sentences_that_were_not_used_to_mend_it() -> None:
    """What to expect of new texts: about three of four are seen; that is why a person reads them all."""
    assert 0.7 <= _share(SENTENCES["unseen"]["named"]) < 0.95
    assert _share(SENTENCES["unseen"]["fine"]) <= 0.10


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call +216 55 000 111", (Caution.PHONE,)),
        ("رقم الهاتف ٠٥٥٠ ٠٠ ١١ ٢٢", (Caution.PHONE,)),
        ("Passport AB 1234567", (Caution.NUMBER,)),
        ("الرقم الوطني 123456", (Caution.NUMBER,)),
        ("x.y@example.org", (Caution.EMAIL,)),
        ("Karim Velloun, suspect", (Caution.NAMED,)),
        ("Mayor Layla Bersoune spoke", ()),
        ("Mayor Layla Bersoune was threatened", (Caution.NAMED,)),
        ("In 2019/2020 we spent 250 000 on 1,250,000 people", ()),
        ("From 01/02/2024 to 03.04.2024", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_kinds(text: str | None, found: tuple[Caution, ...]) -> None:
    """What is seen, one by one."""
    assert cautions(text) == found


def test_answers_of_a_section() -> None:
    """Only the words of statements count; answers without any are let through."""
    assert names_somebody({"statements": [{"text": "Fine"}, {"text": "Karim Velloun recruits"}]})
    assert not names_somebody({"statements": [{"text": "Fine", "person_name": "Karim Velloun"}, {}]})
    assert not names_somebody({"discussed": "no"})
    assert not is_cautioned([None, ""])


@given(
    st.lists(
        st.sampled_from(
            ["Karim", "in", "Ali", "named", "اسمه", "محمد", "في", "شارع", "suspect", "07", ".", "@"]
        )
    )
)
def test_any_text_gives_an_answer(words: list[str]) -> None:
    """Never a failure; blanks and marks of direction change nothing."""
    text = " ".join(words)
    assert cautions(f" \u200f{text}\u202c ") == cautions(text)


@pytest.mark.parametrize(
    "piece",
    [
        "in Aa Aa ",
        "0-",
        "a@a.",
        "ID ",
        "named ",
        "محمد ",
        "في شارع محمد خالد ",
        "suspect in Ali ",
        "1/",
        "Aa-Aa'",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    """The longest texts, made of what the rule looks for."""
    started = time.perf_counter()
    cautions(piece * 20_000)
    assert time.perf_counter() - started < 2
