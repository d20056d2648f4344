"""Support, plans, national bodies, reported needs: recorded, published as copies, read in one language."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from app.core.db import Database, ReadSession, WriteSession
from app.core.errors import Conflict, Invalid
from app.core.scope import SYSTEM
from app.core.values import Texts
from app.features.places.queries import load_gazetteer
from app.features.publication.queries import published_document
from app.features.support.commands import (
    NeedKind,
    RecordLocalActionPlan,
    RecordNationalStrategy,
    RecordReportedNeed,
    RecordSupport,
    SupportCommand,
)
from app.features.support.queries import (
    action_plans,
    national_framework,
    reported_needs,
    support_for,
    support_page,
)
from app.features.support.service import archive_record, change_record, publish_record, record
from app.features.support.views import by_scope
from app.features.vocabulary.queries import load_vocabulary
from app.features.wording.views import Shelf
from app.web.labels import label

NOW = datetime(2026, 3, 1, tzinfo=UTC)


async def shelf_of(session: ReadSession | WriteSession, language: Any = "en") -> Shelf:
    """The shelf of a reader."""
    vocabulary, gazetteer = await load_vocabulary(session), await load_gazetteer(session)
    return Shelf(vocabulary, gazetteer, language, partial(label, language))


async def published(session: WriteSession, command: SupportCommand) -> Any:
    """A record that is stored and published."""
    row = await record(session, command, now=NOW)
    await publish_record(session, row, now=NOW)
    return row


async def test_the_files_of_the_project_are_all_there(reads: ReadSession) -> None:
    """Five cases of support, 25 needs and concerns, one plan, bodies and strategies of two countries."""
    shelf = await shelf_of(reads)
    assert len(await support_for(reads, shelf)) == 5
    needs = await reported_needs(reads, shelf)
    assert sum(need.kind == "need" for need in needs) == 13
    assert sum(need.kind == "concern" for need in needs) == 12
    assert [plan.area_count for plan in await action_plans(reads, shelf)] == [6]
    frameworks = {one.country_code: one for one in await national_framework(reads, shelf)}
    assert set(frameworks) == {"IQ", "TN"}
    assert frameworks["IQ"].strategies[0].mandate_for_cities is True
    assert frameworks["TN"].strategies[0].mandate_for_cities is None
    assert [one.country_code for one in await national_framework(reads, shelf, ["TN"])] == ["TN"]


async def test_everything_has_a_source(reads: ReadSession) -> None:
    """No line without a source, and none names a file of ours."""
    shelf = await shelf_of(reads)
    found = [line.sources for line in await support_for(reads, shelf)]
    found += [need.sources for need in await reported_needs(reads, shelf)]
    found += [plan.sources for plan in await action_plans(reads, shelf)]
    assert all(found)
    assert not any(".txt" in source.title for sources in found for source in sources)


async def test_what_the_source_leaves_open_stays_open(reads: ReadSession) -> None:
    """Fes: one of two kinds of support; Amman: the hub's reading; Marrakech gave."""
    shelf = await shelf_of(reads)
    lines = {line.where.place.id: line for line in await support_for(reads, shelf) if line.where.place}
    assert lines["ma-fes"].modality is None
    assert lines["ma-fes"].possible_words == "Technical Support Fund or Hub guidance and help desk"
    assert lines["jo-amman"].modality is not None
    assert lines["jo-amman"].possible_modalities
    assert lines["ma-marrakech"].is_giver
    mention = lines["ma-marrakech"].event
    assert mention is not None
    assert mention.slug == "ev-iom-iraq"


async def test_needs_keep_the_scope_of_their_source(reads: ReadSession) -> None:
    """The region first, then countries, then places; the Hub's priorities first."""
    groups = by_scope(await reported_needs(reads, await shelf_of(reads)))
    assert [group.where.scope for group in groups] == ["region", "country", "country", "city", "city", "city"]
    assert [need.concept.code for need in groups[0].needs][:3] == [
        "city-role-sensitisation",
        "technical-capacity-building",
        "national-local-cooperation",
    ]
    assert [event.slug for event in groups[0].events] == ["ev-rabat-2023"]


async def test_several_cities_at_once(reads: ReadSession) -> None:
    """Only what is about those places; nothing of their country or the region slips in."""
    shelf = await shelf_of(reads)
    needs = await reported_needs(reads, shelf, place_ids=["ma-rabat", "tn-sousse"])
    assert {need.where.place.id for need in needs if need.where.place} == {"ma-rabat", "tn-sousse"}
    assert all(need.where.scope == "city" for need in needs)
    lines = await support_for(reads, shelf, ["ma-fes", "jo-amman"])
    assert {line.where.place.id for line in lines if line.where.place} == {"ma-fes", "jo-amman"}
    assert {need.where.country_code for need in await reported_needs(reads, shelf, country_codes=["TN"])} == {
        "TN"
    }
    page = await support_page(reads, shelf, countries=["MA"])
    assert page.total == 2


async def test_arabic_words(reads: ReadSession) -> None:
    """Concepts, places and notes in the reader's language, drafts said to be drafts."""
    shelf = await shelf_of(reads, "ar")
    line = next(line for line in await support_for(reads, shelf) if line.scope_note)
    assert line.where.country == "العراق"
    assert line.scope_note is not None
    assert line.scope_note.language == "ar"
    assert line.scope_note.status == "machine draft"


async def test_notes_of_the_hub_stay_inside(writes: WriteSession) -> None:
    """The published copy names its fields; `hub_note` is not one of them."""
    command = RecordSupport(
        slug="support-x", place_id="ma-fes", note="public", hub_note="canary", source_keys=("SEED",)
    )
    await published(writes, command)
    copy = await published_document(writes, "support", "support-x")
    assert copy is not None
    assert copy.body["note"] == "public"
    assert "canary" not in str(copy.body)


async def test_illustrations_are_never_listed(writes: WriteSession) -> None:
    """A record about an invented city, or country, is not among the real ones."""
    await published(writes, RecordSupport(slug="support-x", place_id="xx-sample-city"))
    need = RecordReportedNeed(
        slug="need-x", kind=NeedKind.NEED, concept_code="local-action-plan", country_code="XX"
    )
    await published(writes, need)
    shelf = await shelf_of(writes)
    assert len(await support_for(writes, shelf)) == 5
    assert [line.slug for line in await support_for(writes, shelf, illustrations=True)] == ["support-x"]
    assert "need-x" not in {one.slug for one in await reported_needs(writes, shelf)}


async def test_unknown_names_are_refused_one_by_one(writes: WriteSession) -> None:
    """Place, concept, event and source that do not exist: an error for each."""
    command = RecordSupport(
        slug="support-x",
        place_id="iq-nowhere",
        modality_code="magic",
        event="ev-none",
        source_keys=("NONE",),
    )
    with pytest.raises(Invalid) as refused:
        await record(writes, command, now=NOW)
    fields = {error.field for error in refused.value.errors}
    assert fields == {"place_id", "modality_code", "event", "source_keys"}
    strategy = RecordNationalStrategy(slug="s", name=Texts(en="S"), country_code="IQ", body="no-body")
    with pytest.raises(Invalid):
        await record(writes, strategy, now=NOW)


async def test_changing_needs_the_newest_version(database: Database) -> None:
    """Somebody else's change is never overwritten; a changed text makes its translation out of date."""
    texts = Texts(en="Plan", fr="Plan", state={"fr": "reviewed"})
    command = RecordLocalActionPlan(slug="plan-x", title=texts, place_id="ma-fes", source_keys=("SEED",))
    async with database.writing(SYSTEM) as session:
        row = await published(session, command)
        await session.flush()
        version = row.version
    changed = command.model_copy(update={"title": Texts(en="New plan", fr="Plan"), "adopted": "2025"})
    async with database.writing(SYSTEM) as session:
        row = await change_record(session, changed, version=version, now=NOW)
        await publish_record(session, row, now=NOW)
        with pytest.raises(Conflict):
            await change_record(session, changed, version=version, now=NOW)
        shelf = await shelf_of(session, "fr")
        (plan,) = await action_plans(session, shelf, place_ids=["ma-fes"])
        assert plan.adopted == "2025"
        assert plan.title.status == "out of date"


async def test_archived_records_leave_and_slugs_are_taken(writes: WriteSession) -> None:
    """Archiving withdraws the copy; the record stays, so its short name is taken."""
    command = RecordSupport(slug="support-x", place_id="ma-fes")
    row = await published(writes, command)
    await archive_record(writes, row, now=NOW)
    assert await published_document(writes, "support", "support-x") is None
    with pytest.raises(Conflict):
        await record(writes, command, now=NOW)
