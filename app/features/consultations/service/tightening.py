"""Showing less of a statement than its city allows; what was published follows."""

from datetime import datetime
from uuid import UUID

from app.core.actor import Actor
from app.core.db import WriteSession
from app.core.errors import Invalid, NotFound
from app.features.consultations.commands.tightening import TightenStatement
from app.features.consultations.queries.stored import stored_consultation
from app.features.consultations.rules.states import check_is_hub, check_was_sent
from app.features.consultations.rules.tightening import looser_levels
from app.features.consultations.service.publishing import publish_consultation, statements_of
from app.models.consultation import ConsultationState


async def tighten_statement(
    session: WriteSession,
    actor: Actor,
    id_: UUID,
    statement_id: UUID,
    command: TightenStatement,
    *,
    now: datetime,
) -> None:
    """Set the levels of a statement. Raises `Invalid` for levels looser than the present ones."""
    check_is_hub(actor)
    consultation = await stored_consultation(session, actor, id_, for_update=True)
    check_was_sent(consultation.state)
    statement = next((one for _, one in statements_of(consultation) if one.id == statement_id), None)
    if statement is None:
        raise NotFound()
    wanted = (command.attribution, command.sensitivity)
    if errors := looser_levels((statement.attribution, statement.sensitivity), wanted):
        raise Invalid(errors)
    statement.attribution, statement.sensitivity = wanted
    consultation.updated_at = now
    if consultation.state is ConsultationState.PUBLISHED:
        await publish_consultation(session, consultation, now=now)
    await session.flush()
