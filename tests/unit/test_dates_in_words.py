"""Dates as readers of each language write them."""

from datetime import UTC, datetime

import pytest

from app.core.languages import Language
from app.web.i18n import translator


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "2025-06-12/2025-06-13", "12–13 June 2025"),
        ("en", "2023-05-31/2023-06-01", "31 May to 1 June 2023"),
        ("en", "2023-12-31/2024-01-01", "31 December 2023 to 1 January 2024"),
        ("en", "2023-06-04/2023-06-04", "4 June 2023"),
        ("en", "2023-03/..", "since March 2023"),
        ("fr", "2025-06-12/2025-06-13", "12–13 juin 2025"),
        ("ar", "2025-06-12/2025-06-13", "12–13 يونيو 2025"),
    ],
)
def test_intervals_say_month_and_year_once(language: Language, text: str, said: str) -> None:
    """An event of two days reads as people write it."""
    assert translator(language).edtf(text) == said


def test_moments_go_to_the_minute() -> None:
    """Seconds help nobody."""
    assert translator("en").moment(datetime(2026, 11, 24, 14, 5, 9, tzinfo=UTC)) == "24 November 2026, 14:05"


def test_dates_as_typed_keep_their_order_among_arabic_words() -> None:
    """Without the isolates a browser shows 31-03-2026."""
    said = translator("ar").gettext("For example 2026-03-31")
    assert "\u20662026-03-31\u2069" in said
