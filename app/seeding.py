"""Loads the content that comes with the project: vocabulary, places, practices, the hub's record."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.core.db import Database, WriteSession
from app.core.languages import LANGUAGES
from app.core.scope import SYSTEM
from app.core.sensitivity import Sensitivity
from app.features.consultations.commands.requests import ImportIllustration
from app.features.consultations.service.importing import import_illustration
from app.features.engagement.commands import RecordEvent, RecordRepresentation, RecordStatement
from app.features.engagement.service import (
    publish_event,
    publish_representation,
    publish_statement,
    record_event,
    record_representation,
    record_statement,
)
from app.features.insights.commands import RecordFigure
from app.features.insights.service import publish_figure, record_figure
from app.features.people.commands import ImportHolding, ImportOffice, ImportPerson
from app.features.people.service import import_holdings, import_offices, import_people
from app.features.places.commands import ImportCountry, ImportMembership, ImportPlace, ImportSource
from app.features.places.service import (
    import_countries,
    import_memberships,
    import_places,
    import_sources,
)
from app.features.practices.commands import ImportPractice
from app.features.practices.service import import_practice, publish_practice
from app.features.support.commands import (
    NeedKind,
    RecordLocalActionPlan,
    RecordNationalBody,
    RecordNationalStrategy,
    RecordReportedNeed,
    RecordSupport,
    SupportCommand,
)
from app.features.support.service import publish_record, record
from app.features.vocabulary.commands import ImportConcept, SynonymTerm
from app.features.vocabulary.service import import_concepts, import_synonyms
from app.models.base import Attribution, Publication
from app.models.vocabulary import Concept

DATA = Path(__file__).parent / "data"

WAITING_FOR_RIGHTS_REVIEW = frozenset(
    {
        "ke-mandera-county-action-plan",
        "ph-datu-saudi-ampatuan-map-pve",
        "de-augsburg-prevention-network",
        "us-montgomery-county-brave",
        "ng-borno-community-reintegration",
    }
)
"""Practices that the rights gate has not passed: loaded as in review, not published."""


def load(name: str) -> Any:
    """A file of `app/data`."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


async def is_empty(database: Database) -> bool:
    """Whether nothing has been loaded yet."""
    async with database.reading() as session:
        return not await session.scalar(select(func.count()).select_from(Concept))


async def seed(database: Database, *, now: datetime | None = None) -> None:
    """Load everything into an empty database, in one transaction."""
    moment = now or datetime.now(UTC)
    facts = load("demo_facts")
    async with database.writing(SYSTEM) as session:
        titles = [_office_title(title) for title in facts["office_titles"]]
        concepts = [ImportConcept.model_validate(concept) for concept in load("vocabulary")]
        await import_concepts(session, [*concepts, *titles])
        await _synonyms(session, moment)
        await _places(session, facts)
        await _practices(session, moment)
        illustration = ImportIllustration.model_validate(load("demo_consultations"))
        await import_illustration(session, illustration, now=moment)
        await _record(session, facts, load("demo_record"), moment)
        await _hub_record(session, facts, load("demo_hub"), moment)


async def _synonyms(session: WriteSession, now: datetime) -> None:
    sets = [[SynonymTerm.model_validate(term) for term in terms] for terms in load("synonyms")]
    await import_synonyms(session, sets, now=now)


async def _places(session: WriteSession, facts: Mapping[str, Any]) -> None:
    await import_countries(session, [ImportCountry.model_validate(c) for c in load("countries")])
    cities = {city["id"]: city for city in facts["cities"]}
    places = []
    for place in load("places"):
        known = cities.get(place["id"], {})
        place["wikidata_id"] = known.get("wikidata")
        place["aliases"] = sorted({*place["aliases"], *known.get("aliases", [])})
        places.append(ImportPlace.model_validate(place))
    await import_places(session, places)
    titles = load("demo_hub")["sources"]
    await import_sources(session, [_source(key, text, titles) for key, text in facts["sources"].items()])
    statuses = {"member": "member", "engaged-not-member": None}
    memberships = [
        ImportMembership(
            place_id=city["id"],
            status=statuses[city["scn_membership"]["status"]],
            since=city["scn_membership"]["since"],
            source_key=city["scn_membership"]["source"],
        )
        for city in facts["cities"]
        if city["scn_membership"]["status"] in statuses
    ]
    await import_memberships(session, memberships)


def _source(key: str, text: str, titles: Mapping[str, str]) -> ImportSource:
    """A source by its title; one without is called what the file says."""
    url = text.partition(" ")[0] if text.startswith("http") else None
    return ImportSource(key=key, title=titles.get(key, text), url=url)


async def _practices(session: WriteSession, now: datetime) -> None:
    for item in load("demo_practices"):
        command = ImportPractice.model_validate(item)
        held = command.id in WAITING_FOR_RIGHTS_REVIEW
        state = Publication.IN_REVIEW if held else Publication.PUBLISHED
        practice = await import_practice(session, command, publication=state, now=now)
        if not held:
            await publish_practice(session, practice, now=now)


def _office_title(title: Mapping[str, Any]) -> ImportConcept:
    """A kind of office: the first name in each language is preferred."""
    return ImportConcept(
        scheme="office-title",
        slug=title["slug"],
        broader=None,
        prefLabel={language: title[language][0] for language in LANGUAGES},
        altLabel={language: title[language][1:] for language in LANGUAGES},
        note_en=title["note"],
    )


async def _record(
    session: WriteSession, facts: Mapping[str, Any], details: Mapping[str, Any], now: datetime
) -> None:
    """Events, who was heard where, and what was said; `details` are the free texts of `facts`, read."""
    await import_people(session, [ImportPerson.model_validate(person) for person in details["persons"]])
    await import_offices(session, [ImportOffice.model_validate(office) for office in details["offices"]])
    await import_holdings(session, [ImportHolding.model_validate(held) for held in details["holdings"]])
    for fact in facts["events"]:
        event = await record_event(session, _event(fact, details["events"].get(fact["id"], {})), now=now)
        await publish_event(session, event, now=now)
    for item in details["representations"]:
        command = RecordRepresentation.model_validate(item)
        representation = await record_representation(session, command, now=now)
        await publish_representation(session, representation, now=now)
    for fact in facts["statements"]:
        said = RecordStatement(
            slug=fact["id"],
            paraphrase={"en": fact["paraphrase"]},
            kind=fact["kind"],
            attribution=Attribution.NAMED,
            sensitivity=Sensitivity.PUBLIC,
            consent_basis=fact["attribution_consent"],
            **details["statements"][fact["id"]],
        )
        await publish_statement(session, await record_statement(session, said, now=now), now=now)


def _event(fact: Mapping[str, Any], details: Mapping[str, Any]) -> RecordEvent:
    """An event; every number of participants in the file is a lower bound ("more than", "over")."""
    values = {
        "slug": fact["id"],
        "title": {"en": fact["title"]},
        "held": fact["date_edtf"],
        "format": fact["format"],
        "place_id": fact["place"],
        "place_basis": fact.get("place_basis"),
        "country_code": fact.get("country"),
        "is_online": fact.get("online", False),
        "partners": fact["partners"],
        "funders": fact["funders"],
        "attendance": fact["participants_min"],
        "attendance_note": fact["participants_qualifier"],
        "note": fact["notes"],
        "source_keys": fact["sources"],
        **details,
    }
    if values["attendance"] is not None:
        values = {"attendance_basis": "at least", "attendance_unit": "people", **values}
    return RecordEvent.model_validate(values)


async def _hub_record(
    session: WriteSession, facts: Mapping[str, Any], details: Mapping[str, Any], now: datetime
) -> None:
    """National bodies before their strategies, plans, support, needs as reported, figures."""
    commands: list[SupportCommand] = [RecordNationalBody.model_validate(b) for b in details["bodies"]]
    commands += [RecordNationalStrategy.model_validate(item) for item in details["strategies"]]
    commands += [RecordLocalActionPlan.model_validate(item) for item in details["plans"]]
    commands += [_support(fact, details["support"]) for fact in facts["support"]]
    for fact in facts["needs"]:
        commands.append(_need(NeedKind.NEED, fact["concept"], fact["scope"], fact["source"]))
    for fact in facts["concerns"]:
        scope, event = fact.get("scope") or fact["city"], fact.get("event")
        commands += [
            _need(NeedKind.CONCERN, code, scope, [fact["source"]], event) for code in fact["concepts"]
        ]
    for command in commands:
        await publish_record(session, await record(session, command, now=now), now=now)
    for position, fact in enumerate(facts["key_figures"]):
        figure = await record_figure(
            session, _figure(fact, position, details["figures"][fact["key"]]), now=now
        )
        await publish_figure(session, figure, now=now)


def _support(fact: Mapping[str, Any], details: Mapping[str, Any]) -> RecordSupport:
    """Support; the notes of the file are read into fields by `details`, by city or country."""
    about = fact["city"] or fact["country"].lower()
    values = {
        "slug": f"support-{about}-{fact.get('theme') or fact['modality']}",
        "place_id": fact["city"],
        "country_code": fact.get("country"),
        "modality_code": fact["modality"],
        "subject_code": fact.get("theme"),
        "source_keys": [fact["source"]],
        **details[about],
    }
    return RecordSupport.model_validate(values)


def _need(
    kind: NeedKind, concept: str, scope: str, sources: list[str], event: str | None = None
) -> RecordReportedNeed:
    """A need or concern; `scope` is `regional`, a country code or a place id."""
    is_country = len(scope) == 2
    return RecordReportedNeed(
        slug=f"{kind}-{scope.lower()}-{concept}",
        kind=kind,
        concept_code=concept,
        country_code=scope if is_country else None,
        place_id=None if is_country or scope == "regional" else scope,
        event=event,
        source_keys=tuple(sources),
    )


def _figure(fact: Mapping[str, Any], position: int, details: Mapping[str, Any]) -> RecordFigure:
    """A figure; "after 2023-09" in the file is the open interval 2023-09/.."""
    after = fact["as_of"].rpartition(" after ")[2]
    return RecordFigure.model_validate(
        {
            "slug": fact["key"],
            "value": fact["value"],
            "as_of": fact["as_of"],
            "as_of_edtf": f"{after}/..",
            "position": position,
            "source_keys": [fact["source"]],
            **details,
        }
    )
