"""Consent as a record: written when a consultation is sent, ended when it is withdrawn."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from app.core.actor import Actor
from app.core.db import WriteSession
from app.features.consultations.rules.levels import CONSENT_VERSION, PURPOSE
from app.models.consultation import Consent, Consultation


async def record_consent(
    session: WriteSession, actor: Actor, consultation: Consultation, *, now: datetime
) -> None:
    """Keep what the city has agreed to as it sends; a "no" ends what was agreed to before."""
    if not consultation.consent_given or consultation.consent_withdrawn_on is not None:
        await end_consent(session, actor, consultation.id, now=now)
        return
    if await has_consent(session, consultation.id):
        return
    count = await session.scalar(
        select(func.count()).select_from(Consent).where(Consent.consultation_id == consultation.id)
    )
    session.add(
        Consent(
            consultation_id=consultation.id,
            position=count or 0,
            purpose=PURPOSE,
            wording_version=consultation.consent_version or CONSENT_VERSION,
            language=consultation.consent_language or consultation.language,
            given_on=consultation.consent_on or now.date(),
            channel=consultation.consent_channel,
            recorded_by=actor.pseudonym,
            recorded_at=now,
            withdrawn_by=None,
            withdrawn_at=None,
        )
    )
    await session.flush()


async def has_consent(session: WriteSession, consultation_id: UUID) -> bool:
    """Whether there is a consent that nobody has withdrawn."""
    found = await session.scalar(
        select(Consent.id)
        .where(
            Consent.consultation_id == consultation_id,
            Consent.purpose == PURPOSE,
            Consent.withdrawn_at.is_(None),
        )
        .limit(1)
    )
    return found is not None


async def end_consent(session: WriteSession, actor: Actor, consultation_id: UUID, *, now: datetime) -> None:
    """Withdraw whatever was agreed to; the record of it stays."""
    await session.execute(
        update(Consent)
        .where(Consent.consultation_id == consultation_id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now, withdrawn_by=actor.pseudonym)
    )
