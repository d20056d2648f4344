"""Loading the consultations that come with the project: an invented city, marked as illustration."""

from datetime import UTC, datetime, time

from app.core.actor import official_of
from app.core.db import WriteSession
from app.features.consultations.commands.requests import ImportConsultation, ImportIllustration
from app.features.consultations.rules.questionnaire import STATEMENT_SECTIONS
from app.features.consultations.service.intake import file_consultation
from app.features.consultations.service.publishing import publish_consultation, statements_of
from app.features.places.service import import_countries, import_places
from app.models.consultation import Consultation, ConsultationState, Need

NOON = time(12)


async def import_consultation(
    session: WriteSession, command: ImportConsultation, *, now: datetime
) -> Consultation:
    """Store a consultation as its city would, and bring it to the state it shows."""
    actor = official_of(command.consultation.place)
    filed_at = datetime.combine(command.filed_on, NOON, UTC)
    consultation = await file_consultation(session, actor, command.consultation, "en", now=filed_at)
    names = {
        statement.id: f"{section}.{position}"
        for section in STATEMENT_SECTIONS
        for position, statement in enumerate(getattr(consultation, section))
    }
    for _, statement in statements_of(consultation):
        name = names[statement.id]
        statement.translations = {str(k): text for k, text in command.translations.get(name, {}).items()}
        if isinstance(statement, Need):
            statement.status = command.statuses.get(name, statement.status)
            statement.status_on = command.filed_on
        if command.state is ConsultationState.PUBLISHED:
            statement.reviewed_at = now
    if command.state is ConsultationState.PUBLISHED:
        await publish_consultation(session, consultation, now=now)
    await session.flush()
    return consultation


async def import_illustration(session: WriteSession, command: ImportIllustration, *, now: datetime) -> None:
    """Store an invented city and its consultations. The place marks all that comes of it as illustration."""
    await import_countries(session, [command.country])
    await import_places(session, [command.place])
    for one in command.consultations:
        await import_consultation(session, one, now=now)
