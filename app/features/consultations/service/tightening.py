"""Showing less of a statement than its city allows; dating what became of needs."""

from datetime import datetime
from uuid import UUID

from app.core.actor import Actor
from app.core.db import WriteSession
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.messages import noop
from app.features.consultations.commands.tightening import DateNeedStatus, TightenStatement
from app.features.consultations.rules.completeness import NOT_YET, today_anywhere
from app.features.consultations.rules.seen import mark_of_statement
from app.features.consultations.rules.tightening import looser_levels
from app.features.consultations.service.publishing import publish_consultation, sent_statement
from app.models.consultation import ConsultationState, Need

SAID_MEANWHILE = noop(
    "Somebody else has saved this statement meanwhile. What you typed is below; the page shows what is "
    "stored. Save again to replace it."
)


async def refuse_overwriting(
    session: WriteSession, actor: Actor, id_: UUID, statement_id: UUID, *, seen: str
) -> None:
    """Raise `Conflict` where the hub has said something else of a statement since a page was opened.

    `seen` is the mark that the page had (`rules.seen`); a form without one claims nothing.
    """
    _, statement = await sent_statement(session, actor, id_, statement_id)
    need = statement if isinstance(statement, Need) else None
    now = mark_of_statement(
        statement.reviewed_at,
        statement.translations,
        (statement.attribution, statement.sensitivity),
        need.status if need else None,
        need.status_on if need else None,
    )
    if seen and seen != now:
        raise Conflict(SAID_MEANWHILE)


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
    consultation, statement = await sent_statement(session, actor, id_, statement_id)
    wanted = (command.attribution, command.sensitivity)
    if errors := looser_levels((statement.attribution, statement.sensitivity), wanted):
        raise Invalid(errors)
    statement.attribution, statement.sensitivity = wanted
    consultation.updated_at = now
    if consultation.state is ConsultationState.PUBLISHED:
        await publish_consultation(session, consultation, now=now)
    await session.flush()


async def date_need_status(
    session: WriteSession,
    actor: Actor,
    id_: UUID,
    statement_id: UUID,
    command: DateNeedStatus,
    *,
    is_new: bool,
    now: datetime,
) -> None:
    """Note since which day a need has its status; a new one since today unless another day is given."""
    _, statement = await sent_statement(session, actor, id_, statement_id)
    if not isinstance(statement, Need):
        raise NotFound()
    if command.status_on and command.status_on > today_anywhere(now):
        raise Invalid([FieldError("status_on", NOT_YET)])
    given = None if is_new and command.status_on == statement.status_on else command.status_on
    statement.status_on = given or (now.date() if is_new else statement.status_on)
    await session.flush()


async def need_status(session: WriteSession, actor: Actor, id_: UUID, statement_id: UUID) -> str | None:
    """The present status of a need; None for other statements."""
    _, statement = await sent_statement(session, actor, id_, statement_id)
    return str(statement.status) if isinstance(statement, Need) else None
