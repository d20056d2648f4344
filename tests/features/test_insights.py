"""Figures keep qualifier, date and source; Medina counts only what is published and real."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event

from app.core.db import Database, ReadSession, WriteSession
from app.core.errors import Invalid
from app.core.scope import SYSTEM
from app.core.values import Texts
from app.features.insights.commands import RecordFigure
from app.features.insights.queries import key_figures, live_counts
from app.features.insights.service import archive_figure, publish_figure, record_figure
from app.features.places.queries import load_gazetteer
from app.features.publication.commands import Publish
from app.features.publication.service import publish
from app.features.vocabulary.queries import load_vocabulary
from app.features.wording.views import Shelf
from app.models.base import CountBasis
from app.web.labels import label

NOW = datetime(2026, 3, 1, tzinfo=UTC)


async def shelf_of(session: ReadSession | WriteSession, language: Any = "en") -> Shelf:
    """The shelf of a reader."""
    vocabulary, gazetteer = await load_vocabulary(session), await load_gazetteer(session)
    return Shelf(vocabulary, gazetteer, language, partial(label, language))


async def test_figures_as_reported(reads: ReadSession) -> None:
    """Four figures in the order of the brochure, none with a date or qualifier it does not give."""
    figures = await key_figures(reads, await shelf_of(reads))
    assert [figure.value for figure in figures] == [112, 13, 27, 6]
    for figure in figures:
        assert figure.qualifier is None
        assert figure.after == "2023-09"
        assert [source.key for source in figure.sources] == ["SEED"]
    assert figures[2].caution is not None


async def test_a_dated_figure_keeps_its_qualifier(writes: WriteSession) -> None:
    """ "At least", as of a day; gone when archived."""
    command = RecordFigure(
        slug="events-held",
        label=Texts(en="Events held"),
        value=13,
        qualifier=CountBasis.AT_LEAST,
        as_of="June 2025",
        as_of_edtf="2025-06",
        position=9,
        hub_note="canary",
        source_keys=("SCN-HUB",),
    )
    figure = await record_figure(writes, command, now=NOW)
    await publish_figure(writes, figure, now=NOW)
    last = (await key_figures(writes, await shelf_of(writes)))[-1]
    assert (last.qualifier, last.as_of_edtf, last.after) == ("at least", "2025-06", None)
    await archive_figure(writes, figure, now=NOW)
    assert len(await key_figures(writes, await shelf_of(writes))) == 4


async def test_a_figure_needs_a_source_that_exists(writes: WriteSession) -> None:
    """An unknown source is refused."""
    command = RecordFigure(slug="f", label=Texts(en="F"), value=1, as_of="2025", source_keys=("NONE",))
    with pytest.raises(Invalid):
        await record_figure(writes, command, now=NOW)


async def test_counts_are_one_statement_and_true(database: Database) -> None:
    """52 published practices; the five in review and illustrations do not count."""
    statements: list[str] = []
    event.listen(
        database.reads.sync_engine,
        "before_cursor_execute",
        lambda *arguments: statements.append(arguments[2]),
    )
    async with database.reading() as session:
        before = await live_counts(session)
    assert len([text for text in statements if text.lstrip().upper().startswith("SELECT")]) == 1
    assert before.practices == 52
    assert 0 < before.countries < before.cities
    illustration = Publish(
        kind="practice",
        slug="invented",
        card={},
        document={},
        facets={"country": ("XX",)},
        places=(("xx-sample-city", "home"),),
        is_illustration=True,
    )
    async with database.writing(SYSTEM) as session:
        await publish(session, illustration, now=NOW)
        assert await live_counts(session) == before
