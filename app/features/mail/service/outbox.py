"""The outbox: what is put in, who takes what, and what became of it.

A claim lends a mail to one deliverer for three minutes. Notes of failure name the attempt they are
about, so that a deliverer who was away too long changes nothing; that a mail was sent always counts.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import WriteSession
from app.features.mail.commands import Letter, SendMail
from app.features.mail.queries import WAITING, is_due
from app.features.mail.rules import KEPT, LEASE, NOBODY
from app.models.mail import OutboxMail

_ENQUEUED = "mail_enqueued"
_LETTER = (
    OutboxMail.id,
    OutboxMail.recipient,
    OutboxMail.language,
    OutboxMail.kind,
    OutboxMail.subject,
    OutboxMail.body_text,
    OutboxMail.body_html,
    OutboxMail.created_at,
    OutboxMail.expires_at,
    OutboxMail.attempts,
)
_BLANK = {"subject": "", "body_text": "", "body_html": None, "lease_until": None}


def enqueue(session: WriteSession, command: SendMail, *, now: datetime) -> UUID:
    """Put a mail into the outbox, in the caller's transaction; gives its id.

    It is sent once that is committed, and never when it is rolled back.
    """
    mail = OutboxMail(
        id=uuid4(),
        recipient=command.recipient,
        language=command.language,
        kind=command.kind,
        subject=command.subject,
        body_text=command.body_text,
        body_html=command.body_html,
        created_at=now,
        due_at=now,
        expires_at=command.expires_at,
    )
    session.add(mail)
    session.info[_ENQUEUED] = True
    return mail.id


def has_mail(session: AsyncSession) -> bool:
    """Whether this session put a mail into the outbox; after its commit, wake whoever delivers."""
    return bool(session.info.get(_ENQUEUED))


async def claim_next(session: WriteSession, *, now: datetime, moment: datetime) -> Letter | None:
    """Take the mail that was due first by `now` and lies free at `moment`; None when there is none.

    One statement on both databases; on PostgreSQL it passes over rows that others are taking.
    """
    first = (
        select(OutboxMail.id)
        .where(is_due(now, moment))
        .order_by(OutboxMail.due_at, OutboxMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    claimed = await session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == first)
        .values(attempts=OutboxMail.attempts + 1, lease_until=moment + LEASE)
        .returning(*_LETTER)
        .execution_options(synchronize_session=False)
    )
    row = claimed.first()
    return Letter(**row._mapping) if row is not None else None


async def note_sent(session: WriteSession, letter: Letter, *, moment: datetime) -> None:
    """A mail was accepted: its texts are blanked."""
    await session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == letter.id)
        .values(sent_at=moment, failed_at=None, last_error="", **_BLANK)
        .execution_options(synchronize_session=False)
    )


async def note_given_up(session: WriteSession, letter: Letter, error: str, *, moment: datetime) -> None:
    """A mail is not tried again: its texts are blanked."""
    await _note(session, letter, failed_at=moment, last_error=error[:80], **_BLANK)


async def note_failed(
    session: WriteSession, letter: Letter, error: str, *, moment: datetime, wait: timedelta
) -> None:
    """A mail was not accepted: it waits."""
    await _note(session, letter, due_at=moment + wait, last_error=error[:80], lease_until=None)


async def release(session: WriteSession, letter: Letter) -> None:
    """Give a mail back that could not be tried to the end."""
    await _note(session, letter, lease_until=None)


async def forget_old(session: WriteSession, *, moment: datetime) -> None:
    """Delete what is left of mails that were sent or given up long ago, or went to nobody."""
    old: ColumnElement[bool] = or_(
        and_(OutboxMail.recipient == NOBODY, OutboxMail.sent_at.is_not(None)),
        OutboxMail.sent_at < moment - KEPT,
        OutboxMail.failed_at < moment - KEPT,
    )
    await session.execute(delete(OutboxMail).where(old).execution_options(synchronize_session=False))


async def _note(session: WriteSession, letter: Letter, **values: object) -> None:
    await session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == letter.id, OutboxMail.attempts == letter.attempts, WAITING)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
