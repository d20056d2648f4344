"""What officials of a city do: start, save section by section, send, discard, withdraw consent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite

from app.core.actor import Actor
from app.core.db import WriteSession
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.languages import LANGUAGES, Language
from app.core.messages import noop
from app.features.consultations.commands.answers import SECTION_KINDS, Section
from app.features.consultations.commands.requests import FileConsultation, SaveSection
from app.features.consultations.queries.answers import answers_of
from app.features.consultations.queries.offers import allowed_codes
from app.features.consultations.queries.stored import stored_consultation
from app.features.consultations.rules.codes import Allowed, codes_used, needs_lists, unknown_codes
from app.features.consultations.rules.completeness import (
    all_missing,
    missing_answers,
    not_yet,
    today_anywhere,
)
from app.features.consultations.rules.questionnaire import STATEMENT_SECTIONS
from app.features.consultations.rules.states import (
    check_can_discard,
    check_is_draft,
    check_may_send,
    check_may_write,
    is_overwritten,
)
from app.features.consultations.service.answers import write_section
from app.features.consultations.service.consent import end_consent, record_consent
from app.features.consultations.service.publishing import withdraw_statements
from app.features.places.queries import load_gazetteer
from app.features.vocabulary.queries import load_vocabulary
from app.models.consultation import Consultation, ConsultationState, ReferenceCounter
from app.models.place import Place

NOT_YOUR_CITY = noop("You can file consultations of your own city only")
SERIES = "MED"
SERIES_OF_ILLUSTRATIONS = "ILL"


async def start_consultation(
    session: WriteSession, actor: Actor, place_id: str, language: Language, *, now: datetime
) -> Consultation:
    """An empty draft of the official's own city."""
    check_may_write(actor, place_id)
    place = await session.get(Place, place_id)
    if place is None:
        raise NotFound()
    consultation = Consultation(
        state=ConsultationState.DRAFT,
        place_id=place_id,
        language=language,
        created_by=actor.key,
        sections={},
        discussed={},
        is_illustration=place.is_illustration,
        other_place_ids=[],
        languages_used=[],
        participants_unknown=False,
        participant_rows=[],
        missing_groups=[],
        nlc={},
        spotlight={},
        created_at=now,
        updated_at=now,
        previous=None,
        participants=[],
        consents=[],
        **{section: [] for section in STATEMENT_SECTIONS},
    )
    session.add(consultation)
    await session.flush()
    return consultation


async def save_section(session: WriteSession, actor: Actor, command: SaveSection, *, now: datetime) -> int:
    """Save one section of a draft; gives the number of saves of that section.

    Raises `Conflict` when somebody else saved it since the page was opened, and `Invalid` for codes
    that cannot be chosen or, where the section is called done, for answers that are missing.
    """
    consultation = await stored_consultation(
        session, actor, command.consultation_id, sections=(command.section,), for_update=True
    )
    check_may_write(actor, consultation.place_id)
    check_is_draft(consultation.state)
    kept: dict[str, Any] = consultation.sections.get(command.section, {})
    saves = int(kept.get("saves", 0))
    if is_overwritten(
        stored=saves,
        based_on=command.based_on,
        saved_from=kept.get("page", ""),
        page=command.page,
        is_autosave=command.is_autosave,
    ):
        raise Conflict()
    missing = missing_answers(command.section, command.answers.model_dump())
    if missing and command.is_done and not command.is_autosave:
        raise Invalid(missing)
    errors = await _wrong(session, consultation, {command.section: command.answers}, now=now)
    if errors:
        raise Invalid(list(errors[command.section]))
    await write_section(session, consultation, command.section, command.answers)
    _note_save(
        consultation, command.section, saves + 1, command.page, is_done=command.is_done and not missing
    )
    consultation.updated_at = now
    await session.flush()
    return saves + 1


def _note_save(consultation: Consultation, section: str, saves: int, page: str, *, is_done: bool) -> None:
    note = {"done": is_done, "saves": saves, "page": page}
    consultation.sections = {**consultation.sections, section: note}


async def _wrong(
    session: WriteSession, consultation: Consultation, sections: Mapping[str, Section], *, now: datetime
) -> dict[str, list[FieldError]]:
    """Codes that cannot be chosen and dates of what has not happened yet, by section."""
    plain = {name: answers.model_dump() for name, answers in sections.items()}
    used = [
        (question.source, question.of, code)
        for name, answers in plain.items()
        for _, question, code in codes_used(name, answers)
        if question.source is not None and code != consultation.reference
    ]
    # Most saves choose nothing from a list; then the lists need not be read while others wait to write.
    allowed: Allowed = {}
    if any(needs_lists(name, answers) for name, answers in plain.items()):
        vocabulary, gazetteer = await load_vocabulary(session), await load_gazetteer(session)
        allowed = await allowed_codes(session, consultation.place_id, used, vocabulary, gazetteer)
    found = {
        name: [*unknown_codes(name, answers, allowed), *not_yet(name, answers, today_anywhere(now))]
        for name, answers in plain.items()
    }
    return {name: errors for name, errors in found.items() if errors}


async def submit_consultation(
    session: WriteSession, actor: Actor, id_: UUID, *, now: datetime
) -> Consultation:
    """Send a draft to the hub and give it a reference number. Raises `Invalid` for what is missing."""
    consultation = await stored_consultation(session, actor, id_, for_update=True)
    check_may_send(actor, consultation.place_id)
    check_is_draft(consultation.state)
    missing = all_missing(answers_of(consultation).model_dump())
    if missing:
        raise Invalid(missing)
    await send(session, actor, consultation, now=now)
    return consultation


async def send(session: WriteSession, actor: Actor, consultation: Consultation, *, now: datetime) -> None:
    """Hand a complete consultation to the hub. One that was given back keeps its reference number."""
    consultation.state = ConsultationState.SUBMITTED
    consultation.submitted_at = consultation.updated_at = now
    consultation.return_note = ""
    if consultation.reference is None:
        is_real = not consultation.is_illustration
        consultation.reference = await _next_reference(session, now.year, is_real=is_real)
    for section in STATEMENT_SECTIONS:
        for statement in getattr(consultation, section):
            statement.language = consultation.language
    await session.flush()
    await record_consent(session, actor, consultation, now=now)


async def _next_reference(session: WriteSession, year: int, *, is_real: bool) -> str:
    """The next number of the year's series.

    One statement counts up and reads; it holds the row until the transaction ends, so that numbers
    are neither given twice nor lost.
    """
    series = f"{SERIES if is_real else SERIES_OF_ILLUSTRATIONS}-{year}"
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(ReferenceCounter).values(series=series, last=1)
    last = await session.scalar(
        statement.on_conflict_do_update(
            index_elements=[ReferenceCounter.series], set_={"last": ReferenceCounter.last + 1}
        ).returning(ReferenceCounter.last)
    )
    return f"{series}-{last:04d}"


async def file_consultation(
    session: WriteSession, actor: Actor, command: FileConsultation, language: Language, *, now: datetime
) -> Consultation:
    """Store a whole consultation of the official's own city, and send it if asked to."""
    if not actor.speaks_for(command.place):
        raise Invalid([FieldError("place", NOT_YOUR_CITY)])
    if command.submit:
        check_may_send(actor, command.place)
    consultation = await start_consultation(
        session, actor, command.place, _written_in(command.about.language) or language, now=now
    )
    sections: dict[str, Section] = {name: getattr(command, name) for name in SECTION_KINDS}
    missing = {name: missing_answers(name, answers.model_dump()) for name, answers in sections.items()}
    wrong = await _wrong(session, consultation, sections, now=now)
    errors = [
        FieldError(f"{name}.{error.field}", error.message, error.params, error.allowed)
        for name in sections
        for error in (*wrong.get(name, ()), *(missing[name] if command.submit else ()))
    ]
    if errors:
        raise Invalid(errors)
    for name, answers in sections.items():
        await write_section(session, consultation, name, answers)
        _note_save(consultation, name, 1, "", is_done=not missing[name])
    if command.submit:
        await send(session, actor, consultation, now=now)
    await session.flush()
    return consultation


def _written_in(language: str | None) -> Language | None:
    return next((one for one in LANGUAGES if one == language), None)


async def discard_draft(session: WriteSession, actor: Actor, id_: UUID) -> None:
    """Delete a draft with everything in it."""
    consultation = await stored_consultation(session, actor, id_, for_update=True)
    check_may_send(actor, consultation.place_id)
    check_can_discard(consultation.state, consultation.reference)
    await session.delete(consultation)
    await session.flush()


async def withdraw_consent(session: WriteSession, actor: Actor, id_: UUID, *, now: datetime) -> None:
    """Take consent back: whatever was published of the consultation goes at once."""
    consultation = await stored_consultation(session, actor, id_, for_update=True)
    if not actor.is_editor:
        check_may_send(actor, consultation.place_id)
    consultation.consent_withdrawn_on = now.date()
    await end_consent(session, actor, consultation.id, now=now)
    consultation.updated_at = now
    await withdraw_statements(session, consultation, now=now)
    if consultation.state is ConsultationState.PUBLISHED:
        consultation.state = ConsultationState.IN_REVIEW
    await session.flush()
