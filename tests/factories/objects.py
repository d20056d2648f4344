"""Consultations of every class, with a canary in every text: places, states, levels of disclosure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from app.core.actor import official_of
from app.core.db import WriteSession
from app.core.sensitivity import Sensitivity
from app.features.consultations.commands.requests import FileConsultation
from app.features.consultations.service.intake import file_consultation
from app.features.consultations.service.publishing import (
    publish_consultation,
    statements_of,
    withdraw_statements,
)
from app.models.base import Attribution
from app.models.consultation import Consultation, ConsultationState, StoredAnswer
from tests.factories.canaries import NOW, Canaries, Canary
from tests.factories.principals import FAR, NEAR, OWN
from tests.factories.walk import text_columns

STATES = ("draft", "returned", "submitted", "in review", "published", "archived", "withdrawn")
"""`returned`: a draft again, with a number; `withdrawn`: was published until consent was taken back."""
FEW_STATES = ("draft", "returned", "submitted", "published", "withdrawn")
CEILINGS = (
    ("network", "A5"), ("partners", "A5"), ("hub", "A5"),
    ("public", "A4"), ("public", "A3"), ("public", "A2"), ("public", "A0"),
)  # fmt: skip
"""Levels of published consultations beside public/A5, which all states have."""
LEVELS = tuple(product((str(one) for one in Sensitivity), (str(one) for one in Attribution)))
FEW_LEVELS = (("public", "A5"), ("network", "A4"), ("hub", "A3"))


@dataclass(frozen=True, slots=True)
class Object:
    """A consultation of the world. `was_sent`: the hub has got it at least once."""

    place: str
    state: str
    sensitivity: str = "public"
    attribution: str = "A5"

    @property
    def key(self) -> str:
        """A name that says it all."""
        return f"{self.place} {self.state} {self.sensitivity}/{self.attribution}"

    @property
    def was_sent(self) -> bool:
        """Whether the hub has got it at least once."""
        return self.state != "draft"


def classes(*, is_small: bool = False) -> Iterator[Object]:
    """All objects; with `is_small` one of every state and one of every sensitivity per place."""
    for place in (OWN, NEAR, FAR):
        for state in FEW_STATES if is_small else STATES:
            yield Object(place, state)
        for sensitivity, attribution in CEILINGS[:2] if is_small else CEILINGS:
            yield Object(place, "published", sensitivity, attribution)


async def plant_consultation(session: WriteSession, canaries: Canaries, one: Object) -> UUID:
    """File a consultation as its city does, bring it to its state, and fill every text that is left."""
    command = FileConsultation.model_validate(_answers(canaries, one))
    found = await file_consultation(session, official_of(one.place), command, "en", now=NOW)
    for _, statement in statements_of(found):
        statement.reviewed_at = None if "unread" in statement.text else NOW
        if statement.reviewed_at is None:
            statement.text = statement.text.removesuffix(" unread")
    for row in (found, *found.participants, *(row for _, row in statements_of(found))):
        _fill(canaries, one, row)
    await _bring_to_state(session, found, one)
    session.add(
        StoredAnswer(
            actor="somebody", route="api.consultation.file", key=one.key, fingerprint="0" * 64, status=201,
            location=None, body=canaries.new(Canary("stored_answer.body", one.key)),
            consultation_id=found.id, stored_at=NOW,
        )
    )  # fmt: skip
    await session.flush()
    return found.id


def _fill(canaries: Canaries, one: Object, row: Any) -> None:
    """A canary in every text column; texts that others may read carry the levels of their statement."""
    table = row.__table__
    is_spoken = hasattr(row, "reviewed_at")
    for column in text_columns(table):
        levels = (
            (str(row.attribution), str(row.sensitivity), row.reviewed_at is not None) if is_spoken else ()
        )
        canary = Canary(f"{table.name}.{column.name}", one.key, *levels)
        setattr(row, column.name, canaries.new(canary))
    if is_spoken:
        canary = Canary(f"{table.name}.translations", one.key, *levels)
        row.translations = {"fr": canaries.new(canary), "ar": canaries.new(canary)}


async def _bring_to_state(session: WriteSession, found: Consultation, one: Object) -> None:
    if one.state in ("published", "archived", "withdrawn"):
        await publish_consultation(session, found, now=NOW)
    if one.state in ("archived", "withdrawn"):
        await withdraw_statements(session, found, now=NOW)
    if one.state == "withdrawn":
        found.consent_withdrawn_on = NOW.date()
    states = {"returned": ConsultationState.DRAFT, "withdrawn": ConsultationState.IN_REVIEW}
    found.state = states.get(one.state) or ConsultationState(one.state)
    await session.flush()


def _answers(canaries: Canaries, one: Object) -> dict[str, Any]:
    """Complete answers; texts that are kept in columns of their own are filled later."""
    note = canaries.new(Canary("consultation.nlc", one.key))
    return {
        "place": one.place,
        "submit": one.state != "draft",
        "about": {
            "title": "x", "language": "en", "held": "2026-01-05", "method": "interview", "purpose": "x",
        },
        "participants": {
            "basis": "exact", "total": 3, "who_was_missing": "x",
            "groups": [{"sex": "female", "age": "18-29", "count": 3}],
            "named": [{"office_title": "x", "person_name": "x", "organisation": "x"}],
        },
        "concerns": _section("hate-speech", FEW_LEVELS, severity=4),
        "approaches": _section("youth-councils", FEW_LEVELS, lead="x"),
        "assets": _section(None, FEW_LEVELS, kind="venue"),
        "gaps": _section(None, FEW_LEVELS),
        "needs": _section("mandate-clarity", LEVELS, priority="high"),
        "national": {
            "strategy_known": "unknown", "body": note, "focal_point": note,
            "dimensions": {"nlc-mandate-and-awareness": {"score": 2, "scored_by": "city", "note": note}},
        },
        "privacy": {
            "attribution": one.attribution, "sensitivity": one.sensitivity, "consent_given": True,
            "consent_language": "ar", "consent_on": "2026-01-05", "consent_channel": "form",
        },
    }  # fmt: skip


def _section(concept: str | None, levels: Any, **more: Any) -> dict[str, Any]:
    statements = [
        {
            "text": "x", "sensitivity": sensitivity, "attribution": attribution,
            "office_title": "x", "person_name": "x", **({"concept": concept} if concept else {}), **more,
        }
        for sensitivity, attribution in levels
    ]  # fmt: skip
    statements.append({**statements[-1], "sensitivity": "public", "attribution": "A5", "text": "x unread"})
    return {"discussed": "yes", "statements": statements}


async def plant_consultations(
    session: WriteSession, canaries: Canaries, *, is_small: bool
) -> dict[str, Object]:
    """All objects, by their id in the database."""
    return {str(await plant_consultation(session, canaries, one)): one for one in classes(is_small=is_small)}
