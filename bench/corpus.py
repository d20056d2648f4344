"""A generated library: words after Zipf's law in three languages, codes of the real vocabulary.

Practices are written as published copies, as the service that publishes writes them; the vocabulary and the
places are those of the demo content, so that labels cost what they cost readers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, islice
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from app.core.db import Database
from app.core.languages import LANGUAGES, MultiText, Translation
from app.core.scope import SYSTEM
from app.features.practices.rules.document import FACET_OF_SCHEME, KIND
from app.models.place import Place, PlaceKind
from app.models.published import PublicationChange, PublishedFacet, PublishedPlace, PublishedRecord
from app.models.vocabulary import Concept

WORDS = 20_000
ROWS_AT_ONCE = 1_000
_LETTERS = {
    "en": "abcdefghijklmnoprstuvw",
    "fr": "abcdéefghijlmnopqrstuv",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Words:
    """The invented words of a language, commonest first, with their summed chances."""

    words: tuple[str, ...]
    chances: tuple[float, ...]

    def draw(self, random: Random, count: int) -> list[str]:
        """So many words; the n-th commonest comes with a chance of 1/n."""
        return random.choices(self.words, cum_weights=self.chances, k=count)


def invent(language: str) -> Words:
    """Words of four to nine letters; the same ones in every run."""
    random, letters = Random(f"medina-{language}"), _LETTERS[language]
    words: dict[str, None] = {}
    while len(words) < WORDS:
        words["".join(random.choices(letters, k=random.randint(4, 9)))] = None
    return Words(tuple(words), tuple(accumulate(1 / rank for rank in range(1, WORDS + 1))))


async def generate(database: Database, size: int) -> None:
    """Put `size` practices in place of those that are published."""
    async with database.writing(SYSTEM) as session:
        await session.execute(delete(PublishedRecord))
        codes: dict[str, list[str]] = {}
        for code, scheme in await session.execute(select(Concept.code, Concept.scheme)):
            if scheme in FACET_OF_SCHEME:
                codes.setdefault(scheme, []).append(code)
        places = await session.execute(
            select(Place.id, Place.country_code).where(
                Place.kind != PlaceKind.COUNTRY, Place.is_illustration.is_(False)
            )
        )
        practices = _practices(size, codes, [(row.id, row.country_code) for row in places])
        while batch := list(islice(practices, ROWS_AT_ONCE)):
            await session.execute(insert(PublishedRecord), [one.record for one in batch])
            await session.execute(insert(PublishedFacet), [row for one in batch for row in one.facets])
            await session.execute(insert(PublishedPlace), [one.place for one in batch])
        session.add(PublicationChange(kind=KIND, slug="generated", happened_at=_NOW))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one practice."""

    record: dict[str, Any]
    facets: list[dict[str, Any]]
    place: dict[str, Any]


def _practices(size: int, codes: dict[str, list[str]], places: list[tuple[str, str]]) -> Iterator[_Rows]:
    random, words = Random("medina"), {language: invent(language) for language in LANGUAGES}
    for number in range(size):
        place_id, country = random.choice(places)
        chosen = {
            scheme: random.sample(of, k=min(len(of), random.choice((1, 1, 2))))
            for scheme, of in codes.items()
        }
        start = date(2010, 1, 1) + timedelta(days=random.randrange(5_800))
        evidence, language = random.randrange(6), random.choice(LANGUAGES)
        texts = {
            field: _text(random, words, count).dump()
            for field, count in (("title", 7), ("one_line", 14), ("summary", 60))
        }
        record_id = UUID(int=random.getrandbits(128), version=4)
        facets = {FACET_OF_SCHEME[scheme]: of for scheme, of in chosen.items()}
        facets |= {"country": [country], "city": [place_id], "evidence": [str(evidence)]}
        facets |= {"year": [str(start.year)], "language": [language]}
        yield _Rows(
            _record(record_id, number, texts, chosen, (place_id, country), start, evidence, language),
            [
                {"record_id": record_id, "facet": facet, "code": code}
                for facet, of in facets.items()
                for code in of
            ],
            {"record_id": record_id, "place_id": place_id, "role": "home"},
        )


def _text(random: Random, words: dict[Any, Words], count: int) -> MultiText:
    return MultiText(
        "en",
        {
            language: (
                " ".join(of.draw(random, count)),
                Translation.ORIGINAL if language == "en" else Translation.MACHINE_DRAFT,
            )
            for language, of in words.items()
        },
    )


def _record(
    record_id: UUID,
    number: int,
    texts: dict[str, Any],
    concepts: dict[str, list[str]],
    where: tuple[str, str],
    start: date,
    evidence: int,
    language: str,
) -> dict[str, Any]:
    """A row of published_record with the fields that lists and the index read."""
    place_id, country = where
    return {
        "id": record_id,
        "kind": KIND,
        "slug": f"generated-{number:06d}",
        "card": {
            "title": texts["title"],
            "one_line": texts["one_line"],
            "themes": concepts.get("theme", []),
            "places": [place_id],
            "countries": [country],
            "evidence": evidence,
            "is_confirmed": False,
            "stage": "running",
            "start": start.isoformat(),
            "cost": None,
            "confirmed_on": None,
            "original_language": language,
            "origin": "desk research",
        },
        "document": {
            "texts": texts,
            "outputs": [],
            "outcomes": [],
            "partners": [],
            "lead_organisation": None,
            "places": [{"place_id": place_id, "role": "home"}],
            "concepts": concepts,
        },
        "starts_on": start,
        "ends_on": None,
        "evidence": evidence,
        "confirmed_on": None,
        "is_illustration": False,
        "first_published_at": _NOW,
        "published_at": _NOW,
    }
