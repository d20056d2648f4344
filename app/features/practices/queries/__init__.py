"""Reading practices: published copies for everybody, the records themselves for the hub."""

from app.features.practices.queries.published import (
    latest_practices,
    practice_by_slug,
    practice_cards,
    practices_by_slug,
    practices_per_place,
    related_practices,
)

__all__ = [
    "latest_practices",
    "practice_by_slug",
    "practice_cards",
    "practices_by_slug",
    "practices_per_place",
    "related_practices",
]
