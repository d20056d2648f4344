"""Consultations for the walls: of several places, sent and not sent, each with a part and an answer."""

from datetime import UTC, datetime
from uuid import UUID

from app.core.actor import official_of
from app.core.db import Database, WriteSession
from app.core.scope import SYSTEM
from app.core.sensitivity import Sensitivity
from app.features.confidentiality.rules import Filed
from app.features.consultations.service.intake import start_consultation
from app.models.base import Attribution
from app.models.consultation import Need, NeedStatus, StoredAnswer

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PLACES = {"iq-mosul": "IQ", "iq-baghdad": "IQ", "jo-zarqa": "JO", "lb-tripoli": "LB"}


async def store_filed(database: Database) -> dict[UUID, Filed]:
    """Of each place a draft and one that was sent. Gives what decides about each, by its id."""
    async with database.writing(SYSTEM) as session:
        return {
            await _store(session, place_id, was_sent=was_sent): Filed(place_id, country, was_sent)
            for place_id, country in PLACES.items()
            for was_sent in (False, True)
        }


async def _store(session: WriteSession, place_id: str, *, was_sent: bool) -> UUID:
    consultation = await start_consultation(session, official_of(place_id), place_id, "en", now=NOW)
    consultation.reference = f"TEST-{place_id}" if was_sent else None
    consultation.needs.append(a_need())
    session.add(
        StoredAnswer(
            actor=place_id,
            route="test",
            key=str(was_sent),
            fingerprint="",
            status=201,
            body="",
            consultation_id=consultation.id,
            stored_at=NOW,
        )
    )
    await session.flush()
    return consultation.id


def a_need() -> Need:
    """A need that says nothing much."""
    return Need(
        position=0,
        rank=1,
        text="",
        language="en",
        translations={},
        attribution=Attribution.HUB_ONLY,
        sensitivity=Sensitivity.HUB,
        status=NeedStatus.RECEIVED,
    )
