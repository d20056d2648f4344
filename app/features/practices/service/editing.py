"""An editor of the hub writes practices."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.core.actor import Actor
from app.core.db import WriteSession, flush_new
from app.core.edtf import parse_date
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.languages import Language
from app.core.messages import noop
from app.core.sensitivity import Sensitivity
from app.core.text import slugify
from app.features.places.queries import load_gazetteer
from app.features.practices.commands.editing import SavePractice
from app.features.practices.queries.stored import stored_practice
from app.features.practices.rules.answers import SCHEME_OF_FIELD, TEXTS, kept_texts
from app.features.vocabulary.queries import load_vocabulary
from app.features.wording.rules import revised, source_errors
from app.models.base import Publication
from app.models.practice import (
    Origin,
    PartnerRole,
    Practice,
    PracticeConcept,
    PracticePartner,
    PracticePlace,
    PracticeSource,
    PracticeText,
    Stage,
)

NO_SUCH_PLACE = noop("There is no such place")
NO_SUCH_CODE = noop("Choose one of the answers given")
NAMED_TWICE = noop("This is named twice")


def check_is_editor(actor: Actor) -> None:
    """To everybody else there is nothing here."""
    if not actor.is_editor:
        raise NotFound()


async def create_practice(
    session: WriteSession, actor: Actor, language: Language, command: SavePractice, *, now: datetime
) -> Practice:
    """A draft whose texts are written in `language`. Only its title must be there."""
    check_is_editor(actor)
    title = command.texts.title
    practice = Practice(
        slug=await _free_slug(session, title.en or title.fr or title.text(language) or ""),
        publication=Publication.DRAFT,
        origin=Origin.WRITTEN_HERE,
        source_language=language,
        stage=Stage.UNKNOWN,
        contact_sensitivity=Sensitivity.HUB,
        sensitivity=Sensitivity.PUBLIC,
        settings=[],
        key_dates=[],
        building_blocks=[],
        replications=[],
        nlc_links=[],
        sdg_targets=[],
        links=[],
        evidence_level=0,
        owner_confirmed=False,
        created_at=now,
        updated_at=now,
        texts=[],
        places=[],
        concepts=[],
        partners=[],
        outputs=[],
        outcomes=[],
        evaluations=[],
        provenance=[],
        transfer_scores=[],
        rights_answers=[],
        reviews=[],
    )
    await _write(session, practice, command, now=now)
    session.add(practice)
    await flush_new(session)
    return practice


async def save_practice(
    session: WriteSession, actor: Actor, slug: str, version: int, command: SavePractice, *, now: datetime
) -> Practice:
    """Write the snapshot form of a practice. Raises `Conflict` when somebody saved it since `version`."""
    check_is_editor(actor)
    practice = await stored_practice(session, slug, for_update=True)
    if practice.version != version:
        raise Conflict()
    await _write(session, practice, command, now=now)
    flag_modified(practice, "updated_at")
    await session.flush()
    return practice


async def _free_slug(session: WriteSession, title: str) -> str:
    wanted = slugify(title, fallback="practice")
    taken = set(await session.scalars(select(Practice.slug).where(Practice.slug.startswith(wanted))))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


async def _write(session: WriteSession, practice: Practice, command: SavePractice, *, now: datetime) -> None:
    vocabulary, gazetteer = await load_vocabulary(session), await load_gazetteer(session)
    scheme_of = {code: concept.scheme for code, concept in vocabulary.concepts.items()}
    real = {id_ for id_, place in gazetteer.places.items() if not place.is_illustration}
    errors = source_errors(practice.source_language, {"texts.title": command.texts.title})
    errors += [
        FieldError(f"places.{i}.place_id", NO_SUCH_PLACE)
        for i, row in enumerate(command.places)
        if row.place_id not in real
    ]
    errors += _wrong_codes(command, scheme_of)
    if errors:
        raise Invalid(errors)
    start = parse_date(command.start) if command.start else None
    end = parse_date(command.end) if command.end else None
    practice.start_edtf, practice.end_edtf = command.start, command.end
    practice.start_from, practice.start_until = (start.start, start.end) if start else (None, None)
    practice.end_from, practice.end_until = (end.start, end.end) if end else (None, None)
    for column in (
        "original_language",
        "kind",
        "stage",
        "scale",
        "lead_organisation",
        "contact",
        "contact_sensitivity",
        "sensitivity",
        "licence",
        "consent_to_publish",
    ):
        setattr(practice, column, getattr(command, column))
    practice.hub_note = command.hub_note or ""
    practice.key_dates = [row.model_dump() for row in command.key_dates]
    practice.places = [PracticePlace(position=i, **row.model_dump()) for i, row in enumerate(command.places)]
    practice.partners = _partners(command)
    practice.provenance = [
        PracticeSource(position=i, **row.model_dump()) for i, row in enumerate(command.provenance)
    ]
    _write_texts(practice, command)
    _write_concepts(practice, command, scheme_of)
    practice.updated_at = now


def _wrong_codes(command: SavePractice, scheme_of: Mapping[str, str]) -> list[FieldError]:
    errors = [
        FieldError(field, NO_SUCH_CODE)
        for field, scheme in SCHEME_OF_FIELD.items()
        if field != "target_groups" and any(scheme_of.get(code) != scheme for code in getattr(command, field))
    ]
    named: set[str] = set()
    for i, row in enumerate(command.target_groups):
        if scheme_of.get(row.code) != SCHEME_OF_FIELD["target_groups"]:
            errors.append(FieldError(f"target_groups.{i}.code", NO_SUCH_CODE))
        elif row.code in named:
            errors.append(FieldError(f"target_groups.{i}.code", NAMED_TWICE))
        named.add(row.code)
    return errors


def _partners(command: SavePractice) -> list[PracticePartner]:
    """Partners before funders, as readers find them."""
    ordered = sorted(command.partners, key=lambda row: row.role is PartnerRole.FUNDER)
    return [PracticePartner(position=i, **row.model_dump()) for i, row in enumerate(ordered)]


def _write_texts(practice: Practice, command: SavePractice) -> None:
    """Rows are changed in place: a new row beside the old one would break the uniqueness of both."""
    rows = {(row.field, row.language): row for row in practice.texts}
    for field in TEXTS:
        after = revised(practice.source_language, kept_texts(practice, field), getattr(command.texts, field))
        for language, one in after.items():
            row = rows.pop((field, language), None)
            if row is None:
                row = PracticeText(field=field, language=language)
                practice.texts.append(row)
            row.text, row.status, row.source_hash = one.text, one.status, one.made_from
    for (field, _), row in rows.items():
        if field in TEXTS:
            practice.texts.remove(row)


def _write_concepts(practice: Practice, command: SavePractice, scheme_of: Mapping[str, str]) -> None:
    """Concepts field by field, then those that the form does not ask for (actors).

    Boxes say which, not in which order: what was there keeps its place, the most important first.
    """
    rows = {row.concept_code: row for row in practice.concepts}
    narrowed = {row.code: row for row in command.target_groups}
    wanted: list[str] = []
    for field in SCHEME_OF_FIELD:
        if field == "target_groups":
            wanted += narrowed
        else:
            chosen = getattr(command, field)
            wanted += [code for code in rows if code in chosen] + [c for c in chosen if c not in rows]
    asked = set(SCHEME_OF_FIELD.values())
    wanted += [code for code in rows if scheme_of[code] not in asked]
    for position, code in enumerate(dict.fromkeys(wanted)):
        row = rows.pop(code, None)
        if row is None:
            row = PracticeConcept(concept_code=code)
            practice.concepts.append(row)
        row.position = position
        group = narrowed.get(code)
        row.age_band, row.sex_focus = (group.age_band, group.sex_focus) if group else (None, None)
    for row in rows.values():
        practice.concepts.remove(row)
    practice.concepts.sort(key=lambda row: row.position)
