"""What the hub does with what cities sent: read, publish, follow up needs, archive."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import WriteSession
from app.core.errors import FieldError, Invalid, NotFound
from app.core.messages import noop
from app.features.consultations.commands.requests import (
    ReturnConsultation,
    ReviewStatement,
    SetNeedStatus,
    WriteHubNote,
)
from app.features.consultations.queries.stored import stored_consultation
from app.features.consultations.rules.caution import is_cautioned
from app.features.consultations.rules.document import (
    KIND,
    STATEMENT_KINDS,
    copies_of,
    record_of,
    slug_of,
)
from app.features.consultations.rules.questionnaire import STATEMENT_SECTIONS
from app.features.consultations.rules.states import (
    check_can_return,
    check_consent,
    check_is_hub,
    check_may_review,
    check_was_sent,
)
from app.features.consultations.service.consent import has_consent
from app.features.publication.service import publish, withdraw
from app.models.consultation import Consultation, ConsultationState, Need, Spoken
from app.models.place import Place
from app.models.published import PublishedRecord

LOOK_AGAIN = noop("Look at what the warning means, and say that nobody can be recognised")


def statements_of(consultation: Consultation) -> Iterator[tuple[str, Spoken]]:
    """All statements with their sections."""
    for section in STATEMENT_SECTIONS:
        for statement in getattr(consultation, section):
            yield section, statement


async def take_into_review(session: WriteSession, actor: Actor, id_: UUID, *, now: datetime) -> None:
    """Note that the hub is reading a consultation; the city sees it."""
    consultation = await _sent(session, actor, id_)
    if consultation.state is ConsultationState.SUBMITTED:
        consultation.state = ConsultationState.IN_REVIEW
        consultation.updated_at = now
    await session.flush()


async def return_consultation(
    session: WriteSession, actor: Actor, id_: UUID, command: ReturnConsultation, *, now: datetime
) -> None:
    """Give a consultation back to its city with a note on what to change; it is a draft again."""
    check_is_hub(actor)
    consultation = await _sent(session, actor, id_)
    check_can_return(consultation.state)
    consultation.state = ConsultationState.DRAFT
    consultation.return_note = command.note
    consultation.updated_at = now
    await session.flush()


async def write_hub_note(
    session: WriteSession, actor: Actor, id_: UUID, command: WriteHubNote, *, now: datetime
) -> None:
    """Keep a note for the staff of the hub; nobody else sees it."""
    consultation = await _sent(session, actor, id_)
    consultation.hub_note = command.note.strip()
    consultation.updated_at = now
    await session.flush()


async def review_statement(
    session: WriteSession,
    actor: Actor,
    id_: UUID,
    statement_id: UUID,
    command: ReviewStatement,
    *,
    now: datetime,
) -> None:
    """Note that a person of the hub has read a statement. What was published follows.

    Raises `Invalid` for words that seem to name somebody, until the reader says that they have looked.
    """
    consultation, statement = await sent_statement(session, actor, id_, statement_id)
    is_new = command.is_reviewed and statement.reviewed_at is None
    texts = (statement.text, *command.translations.values())
    if is_new and not command.is_warning_seen and is_cautioned(texts):
        raise Invalid([FieldError("warning_seen", LOOK_AGAIN)])
    statement.reviewed_at = (statement.reviewed_at or now) if command.is_reviewed else None
    statement.translations = {
        language: text.strip()
        for language, text in command.translations.items()
        if text.strip() and language != statement.language
    }
    if consultation.state is ConsultationState.SUBMITTED:
        consultation.state = ConsultationState.IN_REVIEW
    await _follow(session, consultation, now=now)


async def set_need_status(
    session: WriteSession,
    actor: Actor,
    id_: UUID,
    statement_id: UUID,
    command: SetNeedStatus,
    *,
    now: datetime,
) -> None:
    """Say what became of a need."""
    consultation, statement = await sent_statement(session, actor, id_, statement_id)
    if not isinstance(statement, Need):
        raise NotFound()
    statement.status = command.status
    await _follow(session, consultation, now=now)


async def _sent(session: WriteSession, actor: Actor, id_: UUID) -> Consultation:
    check_may_review(actor)
    consultation = await stored_consultation(session, actor, id_, for_update=True)
    check_was_sent(consultation.state)
    return consultation


async def sent_statement(
    session: WriteSession, actor: Actor, id_: UUID, statement_id: UUID
) -> tuple[Consultation, Spoken]:
    """A statement that was sent, to be changed by the hub, and its consultation. Raises `NotFound`."""
    consultation = await _sent(session, actor, id_)
    for _, statement in statements_of(consultation):
        if statement.id == statement_id:
            return consultation, statement
    raise NotFound()


async def _follow(session: WriteSession, consultation: Consultation, *, now: datetime) -> None:
    """Keep the published copies of a published consultation true to it."""
    consultation.updated_at = now
    if consultation.state is ConsultationState.PUBLISHED:
        await publish_consultation(session, consultation, now=now)
    await session.flush()


async def publish_for_hub(session: WriteSession, actor: Actor, id_: UUID, *, now: datetime) -> None:
    """Publish what may leave the hub, as its editor."""
    check_is_hub(actor)
    consultation = await stored_consultation(session, actor, id_, for_update=True)
    await publish_consultation(session, consultation, now=now)


async def publish_consultation(session: WriteSession, consultation: Consultation, *, now: datetime) -> int:
    """Write the published copies of all statements that may be seen, and remove the others.

    The consultation has all its parts loaded. Gives the number of statements published.
    """
    check_was_sent(consultation.state)
    check_consent(
        given=consultation.consent_given and await has_consent(session, consultation.id),
        is_withdrawn=consultation.consent_withdrawn_on is not None,
    )
    country = await session.scalar(select(Place.country_code).where(Place.id == consultation.place_id))
    assert country is not None
    statements = copies_of(statements_of(consultation), consultation, country)
    record = record_of(consultation, statements, country)
    wanted = [*statements, record] if record else statements
    await _withdraw(session, consultation, now=now, but={command.slug for command in wanted})
    for command in wanted:
        await publish(session, command, now=now, unless_same=True)
    consultation.state = ConsultationState.PUBLISHED
    consultation.published_at = consultation.published_at or now
    consultation.updated_at = now
    await session.flush()
    return len(statements)


async def withdraw_statements(session: WriteSession, consultation: Consultation, *, now: datetime) -> None:
    """Remove everything that was published of a consultation."""
    await _withdraw(session, consultation, now=now, but=set())


async def _withdraw(
    session: WriteSession, consultation: Consultation, *, now: datetime, but: set[str]
) -> None:
    slugs = [str(consultation.id), *(slug_of(statement) for _, statement in statements_of(consultation))]
    published = await session.execute(
        select(PublishedRecord.kind, PublishedRecord.slug).where(
            PublishedRecord.kind.in_((KIND, *STATEMENT_KINDS)), PublishedRecord.slug.in_(slugs)
        )
    )
    for kind, slug in published.all():
        if slug not in but:
            await withdraw(session, kind, slug, now=now)


async def archive_consultation(session: WriteSession, actor: Actor, id_: UUID, *, now: datetime) -> None:
    """Close a consultation: nothing of it stays published; the record stays with the hub and the city."""
    check_is_hub(actor)
    consultation = await _sent(session, actor, id_)
    await withdraw_statements(session, consultation, now=now)
    consultation.state = ConsultationState.ARCHIVED
    consultation.updated_at = now
    await session.flush()
