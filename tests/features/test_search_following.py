"""The index follows what is published, on both databases."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update

from app.core.db import Database
from app.core.scope import SYSTEM
from app.features.practices.rules.document import KIND
from app.features.publication.service import note_change, withdraw
from app.features.search.commands.filter import FACETS, PracticeFilter
from app.features.search.gateway import SearchIndex
from app.features.search.queries.indexing import PLACE, facet_counts, load_names
from app.features.search.queries.meanings import load_thesaurus
from app.features.search.rules.thesaurus import Thesaurus
from app.features.search.service import follow, reindex
from app.models.place import PlaceAlias
from app.models.published import PublicationChange, PublishedRecord

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NOTHING = Thesaurus({}, {}, ())
PUBLISHED = 52
KARAK = "jo-karak-prevention-network"


@pytest.fixture
async def index(database: Database) -> SearchIndex:
    """An index in memory of the demo content."""
    index = SearchIndex.in_memory()
    async with database.reading(SYSTEM) as session:
        assert await follow(session, index) == PUBLISHED
    return index


async def follow_now(database: Database, index: SearchIndex) -> int:
    async with database.reading(SYSTEM) as session:
        return await follow(session, index)


def find(index: SearchIndex, q: str) -> tuple[str, ...]:
    return index.search(PracticeFilter(q=q), NOTHING).slugs


async def test_only_published_practices_are_indexed(index: SearchIndex) -> None:
    assert index.search(PracticeFilter(), NOTHING).total == PUBLISHED
    assert find(index, "Mandera") == ()


async def test_without_a_change_nothing_happens(database: Database, index: SearchIndex) -> None:
    assert await follow_now(database, index) == 0


async def test_a_withdrawn_practice_leaves_the_index(database: Database, index: SearchIndex) -> None:
    assert KARAK in find(index, "الكرك")
    async with database.writing(SYSTEM) as session:
        assert await withdraw(session, KIND, KARAK, now=NOW)
    assert await follow_now(database, index) == 1
    assert KARAK not in find(index, "الكرك")


async def test_a_change_that_commits_late_is_not_missed(database: Database, index: SearchIndex) -> None:
    last = index.position.sequence
    late, early = {"id": last + 1}, {"id": last + 2}
    of = {"kind": KIND, "slug": KARAK, "happened_at": NOW}
    async with database.writing(SYSTEM) as session:
        await session.execute(insert(PublicationChange), [{**early, **of, "slug": "unknown"}])
    assert await follow_now(database, index) == 1
    async with database.writing(SYSTEM) as session:
        await session.execute(insert(PublicationChange), [{**late, **of}])
        await session.execute(delete(PublishedRecord).where(PublishedRecord.slug == KARAK))
    assert await follow_now(database, index) == 1
    assert KARAK not in find(index, "الكرك")
    assert await follow_now(database, index) == 0


async def test_another_name_of_a_place_is_learnt(database: Database, index: SearchIndex) -> None:
    assert find(index, "Kyriakoupolis") == ()
    async with database.writing(SYSTEM) as session:
        session.add(PlaceAlias(place_id="jo-karak", text="Kyriakoupolis"))
        note_change(session, PLACE, "jo-karak", now=NOW)
    assert await follow_now(database, index) == 1
    assert find(index, "Kyriakoupolis") == (KARAK,)


async def test_illustrations_are_not_indexed(database: Database, index: SearchIndex) -> None:
    async with database.writing(SYSTEM) as session:
        await session.execute(
            update(PublishedRecord).where(PublishedRecord.slug == KARAK).values(is_illustration=True)
        )
        note_change(session, KIND, KARAK, now=NOW)
    await follow_now(database, index)
    assert KARAK not in find(index, "الكرك")


async def test_an_index_of_another_database_is_built_anew(
    database: Database, empty_database: Database, tmp_path: Path
) -> None:
    index = SearchIndex.open(tmp_path)
    assert await follow_now(database, index) == PUBLISHED
    assert await follow_now(empty_database, index) == 0
    assert index.search(PracticeFilter(), NOTHING).total == 0


async def test_rebuilding_gives_the_same_index(database: Database, index: SearchIndex) -> None:
    before = index.search(PracticeFilter(q="youth"), NOTHING)
    async with database.reading(SYSTEM) as session:
        assert await reindex(session, index) == PUBLISHED
    assert index.search(PracticeFilter(q="youth"), NOTHING) == before


async def test_counts_are_those_of_the_database(database: Database, index: SearchIndex) -> None:
    for filter_ in (
        PracticeFilter(),
        PracticeFilter(theme=("youth-engagement", "preventing-hate")),
        PracticeFilter(country=("IQ", "TN"), evidence=("1",)),
    ):
        async with database.reading(SYSTEM) as session:
            counted = {facet: await facet_counts(session, filter_, facet) for facet in FACETS}
        assert index.search(filter_, NOTHING).facet_counts == counted


async def test_names_cover_every_language_and_the_country(database: Database) -> None:
    async with database.reading(SYSTEM) as session:
        names = (await load_names(session)).of(["iq-tal-afar"])
    assert {"Tal Afar", "تلعفر", "تل عفر", "Iraq", "العراق"} <= {*names}


async def test_the_thesaurus_knows_labels_and_synonyms(database: Database) -> None:
    async with database.reading(SYSTEM) as session:
        thesaurus = await load_thesaurus(session)
    assert thesaurus.meaning(("استقطاب",)).concepts >= {"polarisation", "extremist-recruitment"}
    assert ("خطه",) in thesaurus.meaning(("خطط",)).terms
