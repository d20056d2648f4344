"""Events, representations and statements: what is stored, what is published, what stays inside."""

import json
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import ReadSession, WriteSession
from app.core.errors import Conflict, Invalid, NotFound
from app.core.languages import Language
from app.core.sensitivity import Sensitivity
from app.features.engagement.commands import (
    EventFilter,
    RecordEvent,
    RecordRepresentation,
    RecordStatement,
    read_event_filter,
)
from app.features.engagement.queries import (
    event_by_slug,
    event_options,
    list_events,
    representations,
    statements,
)
from app.features.engagement.rules.events import years_of
from app.features.engagement.service import (
    archive_event,
    change_event,
    publish_event,
    publish_representation,
    publish_statement,
    record_event,
    record_representation,
    record_statement,
)
from app.features.places.queries import load_gazetteer
from app.features.publication.queries import published_document
from app.features.vocabulary.queries import load_vocabulary
from app.features.wording.views import Shelf
from app.models.base import Attribution
from app.models.people import Office, OfficeHolding, Person
from app.web.labels import label

NOW = datetime(2026, 3, 1, tzinfo=UTC)


async def shelf(session: AsyncSession, language: Language = "en") -> Shelf:
    """Words for a reader."""
    return Shelf(
        await load_vocabulary(session), await load_gazetteer(session), language, partial(label, language)
    )


def event(**changes: Any) -> RecordEvent:
    """A workshop in Mosul."""
    values = {
        "slug": "test-workshop",
        "title": {"en": "A workshop", "ar": "ورشة"},
        "format": "workshop",
        "held": "2025-12-30/2026-01-02",
        "place_id": "iq-mosul",
        "source_keys": ["SEED"],
        "note": "The second day is not certain.",
        "hub_note": "CANARY",
    }
    return RecordEvent.model_validate({**values, **changes})


def said(**changes: Any) -> RecordStatement:
    """What the district head of Tel Kaif said at the workshop."""
    values = {
        "slug": "test-statement",
        "paraphrase": {"en": "Says that the plan helped."},
        "kind": "testimonial",
        "office": "iq-tel-kaif-district-head",
        "person": "bassem-yaqoub",
        "event": "test-workshop",
        "said": "2026-01-01",
        "attribution": "A5",
        "sensitivity": "public",
        "source_keys": ["SEED"],
        "hub_note": "CANARY",
    }
    return RecordStatement.model_validate({**values, **changes})


async def test_the_content_of_the_project(reads: ReadSession) -> None:
    """Thirteen events with their sources; an open interval and events without a city are kept as told."""
    words = await shelf(reads)
    found = await list_events(reads, words)
    assert found.total == 13
    assert found.items[0].slug == "ev-tangier-2025"
    by_slug = {card.slug: card for card in found.items}
    series = by_slug["ev-online-rt"]
    assert (series.held, series.starts_on, series.ends_on) == ("2023-03/..", date(2023, 3, 1), None)
    assert series.is_online
    workshop = by_slug["ev-iom-iraq"]
    assert (workshop.venue, workshop.country_code) == (None, "IQ")
    assert [place.id for place in workshop.represented] == ["ma-marrakech"]
    valletta = by_slug["ev-valletta-2024"].attendance
    assert valletta
    assert (valletta.count, valletta.basis, valletta.unit) == (24, "at least", "cities")
    record = await event_by_slug(reads, "ev-rabat-2023", words)
    assert record.card.hosts == ("City of Rabat",)
    assert [source.key for source in record.sources] == ["SEED", "SCN-RABAT23", "KHALEEJ"]
    assert "shared/" not in str(record)


async def test_people_and_their_offices(reads: ReadSession) -> None:
    """Names vary, offices belong to places; kinds of offices are concepts in three languages."""
    people = {person.slug: person for person in await reads.scalars(select(Person))}
    assert len(people["ali-abdullah-badiri"].name_variants) == 4
    held = await reads.execute(
        select(Person.slug, Office.title_code)
        .join(OfficeHolding, OfficeHolding.person_id == Person.id)
        .join(Office, Office.id == OfficeHolding.office_id)
        .where(Office.place_id.in_(["iq-alqosh", "iq-tel-kaif"]))
    )
    assert {tuple(row) for row in held} == {
        ("lara-youssif-zara", "mayor"),
        ("bassem-yaqoub", "district-head"),
    }
    arabic = await shelf(reads, "ar")
    assert arabic.vocabulary.label("district-head", "ar") == "قائممقام"


async def test_statements_are_paraphrases_with_office_and_source(reads: ReadSession) -> None:
    """Who, in which office, from where; texts without a translation say so."""
    found = await statements(reads, await shelf(reads, "ar"), place_ids=["iq-tel-kaif", "ma-rabat"])
    assert [line.person for line in found] == ["Bassem Yaqoub"]
    line = found[0]
    assert line.paraphrase.is_fallback
    assert line.office
    assert line.office.concept
    assert line.office.concept.label == "قائممقام"
    assert line.sources
    everyone = await statements(reads, await shelf(reads))
    assert {line.slug for line in everyone} == {"st-yaqoub", "st-badiri"}


async def test_records_of_cities(reads: ReadSession) -> None:
    """For one or more cities: where they were heard."""
    words = await shelf(reads)
    heard = await representations(reads, words, place_ids=["iq-alqosh"])
    assert [(line.person, line.people, line.event and line.event.slug) for line in heard] == [
        ("Lara Youssif Zara", 1, "ev-gctf-2023")
    ]


async def test_filters_and_counts(reads: ReadSession) -> None:
    """Within a filter OR, across filters AND; a filter's counts ignore what is chosen in it."""
    words = await shelf(reads)
    wanted = EventFilter(year=("2023",), country=("MA", "IQ"))
    found = await list_events(reads, words, wanted)
    assert {card.slug for card in found.items} == {
        "ev-rabat-2023",
        "ev-baghdad-2023",
        "ev-iom-iraq",
        "ev-tangier-2023",
    }
    options = await event_options(reads, words, wanted)
    assert {option.code: option.count for option in options["country"]}["US"] == 2
    assert {option.code: option.count for option in options["year"]} == {"2023": 4, "2025": 2}
    nothing = EventFilter(year=("1999",))
    assert (await list_events(reads, words, nothing)).total == 0
    assert {o.code: o.count for o in (await event_options(reads, words, nothing))["year"]}["1999"] == 0


def test_reading_filters() -> None:
    """Arabic digits are digits; what is unknown is named and left out."""
    pairs = [("year", "٢٠٢٣"), ("format", "summit"), ("format", "party"), ("page", "x"), ("colour", "red")]
    reading = read_event_filter(pairs, {"IQ"})
    assert reading.filter == EventFilter(year=("2023",), format=("summit",))
    assert [error.field for error in reading.errors] == ["format", "page", "colour"]


def test_years() -> None:
    """An event over New Year belongs to both years; an open one to the year that is known."""
    assert years_of(date(2025, 12, 30), date(2026, 1, 2)) == ("2025", "2026")
    assert years_of(date(2023, 3, 1), None) == ("2023",)
    assert years_of(None, None) == ()


async def test_publishing_an_event(writes: WriteSession) -> None:
    """A draft is nowhere; the copy has no note of the hub; archiving takes it away again."""
    words = await shelf(writes)
    recorded = await record_event(writes, event(), now=NOW)
    with pytest.raises(NotFound):
        await event_by_slug(writes, "test-workshop", words)
    await publish_event(writes, recorded, now=NOW)
    copy = await published_document(writes, "event", "test-workshop")
    assert copy
    assert "CANARY" not in json.dumps(copy.body)
    assert copy.starts_on == date(2025, 12, 30)
    record = await event_by_slug(writes, "test-workshop", await shelf(writes, "fr"))
    assert (record.card.title.text, record.card.title.language) == ("A workshop", "en")
    await archive_event(writes, recorded, now=NOW)
    with pytest.raises(NotFound):
        await event_by_slug(writes, "test-workshop", words)


async def test_event_and_representation_name_each_other(writes: WriteSession) -> None:
    """A representation names only a published event; the event names the city heard there."""
    words = await shelf(writes)
    recorded = await record_event(writes, event(), now=NOW)
    command = RecordRepresentation(slug="test-heard", event="test-workshop", place_id="ma-oujda")
    heard = await record_representation(writes, command, now=NOW)
    await publish_representation(writes, heard, now=NOW)
    assert (await representations(writes, words, place_ids=["ma-oujda"]))[0].event is None
    await publish_event(writes, recorded, now=NOW)
    line = (await representations(writes, words, place_ids=["ma-oujda"]))[0]
    assert line.event
    assert line.event.slug == "test-workshop"
    record = await event_by_slug(writes, "test-workshop", words)
    assert [place.id for place in record.card.represented] == ["ma-oujda"]
    assert [one.slug for one in record.representations] == ["test-heard"]
    await archive_event(writes, recorded, now=NOW)
    assert (await representations(writes, words, place_ids=["ma-oujda"]))[0].event is None


@pytest.mark.parametrize(
    ("attribution", "sensitivity", "shown"),
    [
        ("A5", "public", {"Tel Kaif", "Bassem", "iq-tel-kaif", "IQ", "brochure", "2026-01-01"}),
        ("A4", "public", {"Tel Kaif", "iq-tel-kaif", "IQ", "2026-01-01"}),
        ("A3", "public", {"iq-tel-kaif", "IQ", "2026-01-01"}),
        ("A2", "public", {"IQ"}),
    ],
)
async def test_statements_say_no_more_than_consent_allows(
    writes: WriteSession, attribution: str, sensitivity: str, shown: set[str]
) -> None:
    """Level by level: person and source, office, place and date, country."""
    await publish_event(writes, await record_event(writes, event(), now=NOW), now=NOW)
    command = said(attribution=attribution, sensitivity=sensitivity)
    await publish_statement(writes, await record_statement(writes, command, now=NOW), now=NOW)
    copy = await published_document(writes, "statement", "test-statement")
    assert copy
    text = json.dumps(copy.body)
    marks = {"Tel Kaif", "Bassem", "iq-tel-kaif", "IQ", "brochure", "2026-01-01"}
    assert {mark for mark in marks if mark in text} == shown
    assert "CANARY" not in text


@pytest.mark.parametrize(
    ("attribution", "sensitivity"), [("A0", "public"), ("A1", "public"), ("A5", "network"), ("A5", "hub")]
)
async def test_hidden_statements_leave_nothing(
    writes: WriteSession, attribution: str, sensitivity: str
) -> None:
    """Publishing one that may not be shown also takes an earlier copy away."""
    await publish_event(writes, await record_event(writes, event(), now=NOW), now=NOW)
    recorded = await record_statement(writes, said(), now=NOW)
    await publish_statement(writes, recorded, now=NOW)
    recorded.attribution, recorded.sensitivity = Attribution(attribution), Sensitivity(sensitivity)
    await publish_statement(writes, recorded, now=NOW)
    assert await published_document(writes, "statement", "test-statement") is None


async def test_illustrations_never_mix(writes: WriteSession) -> None:
    """An event of the invented city is found by its address only, not in lists."""
    words = await shelf(writes)
    invented = [place.id for place in words.gazetteer.places.values() if place.is_illustration]
    recorded = await record_event(writes, event(place_id=invented[0]), now=NOW)
    await publish_event(writes, recorded, now=NOW)
    assert (await list_events(writes, words)).total == 13
    assert (await list_events(writes, words, illustrations=True)).total == 1
    assert (await event_by_slug(writes, "test-workshop", words)).card.is_illustration


async def test_wrong_names_and_old_versions(writes: WriteSession) -> None:
    """What does not exist is named; a save on top of somebody else's is refused."""
    with pytest.raises(Invalid) as refused:
        await record_event(writes, event(place_id="xx-nowhere", source_keys=["NONE"]), now=NOW)
    assert [error.field for error in refused.value.errors] == ["place_id", "source_keys"]
    with pytest.raises(Invalid):
        await record_statement(writes, said(event="no-such-event"), now=NOW)
    recorded = await record_event(writes, event(), now=NOW)
    with pytest.raises(Conflict):
        await record_event(writes, event(), now=NOW)
    version = recorded.version
    changed = await change_event(writes, event(held="2026-02"), version=version, now=NOW)
    assert (changed.held_from, changed.held_until) == (date(2026, 2, 1), date(2026, 2, 28))
    with pytest.raises(Conflict):
        await change_event(writes, event(), version=version, now=NOW)


def test_impossible_dates() -> None:
    """A date that cannot be is refused before anything is stored."""
    with pytest.raises(ValidationError):
        event(held="2026-02-31")
