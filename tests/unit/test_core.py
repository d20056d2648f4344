"""Dates, digits, texts in languages, pages: no database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.edtf import parse_date
from app.core.languages import LANGUAGES, MultiText, Translation, direction, negotiate
from app.core.paging import Page
from app.core.text import parse_integer, slugify, sort_key, western_digits


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-03", date(2023, 3, 1), date(2023, 3, 31)),
        ("2023-05-31/2023-06-01", date(2023, 5, 31), date(2023, 6, 1)),
        ("2023-03/..", date(2023, 3, 1), None),
        ("../2023", None, date(2023, 12, 31)),
        ("2019~", date(2019, 1, 1), date(2019, 12, 31)),
        ("٢٠٢٣-٠٥", date(2023, 5, 1), date(2023, 5, 31)),
    ],
)
def test_edtf(text: str, start: date | None, end: date | None) -> None:
    """Intervals, open ends, approximate years, Arabic digits."""
    found = parse_date(text)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize("text", ["", "2023-02-30", "2023-13", "soon", "..", "../..", "2024/2023", "1" * 61])
def test_impossible_dates(text: str) -> None:
    """What is no date is refused."""
    with pytest.raises(ValueError):
        parse_date(text)


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    """Never another error, whatever is typed."""
    try:
        found = parse_date(text)
    except ValueError:
        return
    assert found.start is None or found.end is None or found.start <= found.end


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_numbers_in_any_digits(number: int) -> None:
    """Arabic-Indic and Persian digits, and grouping, mean the same number."""
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert parse_integer(arabic) == number
    assert parse_integer(f"{number:,}") == number
    assert parse_integer(f"{number:,}".replace(",", "\u202f")) == number
    assert western_digits(arabic) == str(number)


@pytest.mark.parametrize("text", ["", "abc", "1.5", "1,5", "12 34", "--1", "1e3", "½"])
def test_what_is_no_whole_number(text: str) -> None:
    """Refused, never guessed."""
    with pytest.raises(ValueError):
        parse_integer(text)


def test_a_missing_translation_shows_the_source_as_what_it_is() -> None:
    """French asks, Arabic answers: with its own language and direction."""
    text = MultiText("ar", {"ar": ("نص", Translation.ORIGINAL)})
    shown = text.in_language("fr")
    assert shown is not None
    assert (shown.text, shown.language, shown.direction, shown.is_fallback) == ("نص", "ar", "rtl", True)
    assert MultiText.load(None).in_language("en") is None


@given(
    st.sampled_from(LANGUAGES),
    st.dictionaries(
        st.sampled_from(LANGUAGES), st.tuples(st.text(min_size=1), st.sampled_from(Translation)), max_size=3
    ),
)
def test_texts_survive_storage(source: str, texts: dict[str, tuple[str, Translation]]) -> None:
    """Dump and load give the same text."""
    text = MultiText(source, texts)
    assert MultiText.load(text.dump()) == text


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("ar-IQ,en;q=0.5", "ar"),
        ("de, fr;q=0.3, en;q=0.2", "fr"),
        ("fr;q=0, ar;q=0.1", "ar"),
        ("*", "en"),
        ("fr;q=abc", "en"),
    ],
)
def test_negotiation(header: str | None, language: str) -> None:
    """The best of what the reader accepts; English when nothing fits."""
    assert negotiate(header) == language


def test_directions() -> None:
    """Arabic and Sorani run right to left, with or without a region."""
    assert [direction(tag) for tag in ("ar", "ar-IQ", "ckb", "fr", "en")] == [
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]


def test_slugs_and_sorting() -> None:
    """Slugs are plain; É sorts with E."""
    assert slugify("Fès: plan d’action!") == "fes-plan-d-action"
    assert slugify("الموصل", fallback="place") == "place"
    assert sorted(["Zarqa", "Égypte", "Fes"], key=sort_key) == ["Égypte", "Fes", "Zarqa"]


def test_pages() -> None:
    """The last page is short, an empty list has one page."""
    last: Page[int] = Page([41], total=41, number=3)
    assert (last.count, last.first, last.last, last.has_next, last.has_previous) == (3, 41, 41, False, True)
    empty: Page[int] = Page([], total=0)
    assert (empty.count, empty.first, empty.last, empty.has_next) == (1, 0, 0, False)
