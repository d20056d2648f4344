"""Refuses to write private rows outside a session's scope: the first wall, on the way in.

Importing this module builds the whole wall: no session opens before that.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select

from app.core.db import ScopedSession, guards
from app.features.confidentiality.queries import narrow
from app.features.confidentiality.rules import Filed, may_read_answers, may_touch_desk, may_write
from app.models.base import Confidential, OfDesk
from app.models.consultation import Consultation, PartOfConsultation, StoredAnswer
from app.models.place import Place
from app.models.practice import CorrectionSuggestion

__all__ = ["check_flush", "narrow"]

FOREIGN = "A session was asked to write a private row outside its scope"
MOVED = "A session was asked to move a private row to another place or consultation"
FIXED = {Consultation: "place_id", PartOfConsultation: "consultation_id"}
"""What a row of a consultation keeps for life."""
_COUNTRIES = "countries of places"


@guards("before_flush")
def check_flush(session: ScopedSession, _context: Any, _instances: Any) -> None:
    """Raise `RuntimeError` unless the scope may write all that is about to be written."""
    if session.scope.is_system:
        return
    changed = [*session.new, *(row for row in session.dirty if session.is_modified(row)), *session.deleted]
    for row in changed:
        if isinstance(row, Confidential):
            _refuse_moved(row)
            if not _may_write(session, row):
                raise RuntimeError(FOREIGN)


def _refuse_moved(row: Confidential) -> None:
    state = inspect(row, raiseerr=True)
    for kind, column in FIXED.items():
        if isinstance(row, kind) and state.persistent and state.attrs[column].history.has_changes():
            raise RuntimeError(MOVED)


def _may_write(session: ScopedSession, row: Confidential) -> bool:
    scope = session.scope
    if isinstance(row, OfDesk):
        # Readers suggest corrections; they never see one again.
        is_suggestion = isinstance(row, CorrectionSuggestion) and row in session.new
        return is_suggestion or may_touch_desk(scope)
    if isinstance(row, Consultation):
        return may_write(scope, _filed(session, row.place_id, row.reference))
    if isinstance(row, PartOfConsultation | StoredAnswer):
        if row.consultation_id is None:
            # A part without a key belongs to a consultation that is written with it, and looked at itself;
            # a key that was just taken tells of nothing yet.
            return isinstance(row, PartOfConsultation) or bool(scope.own)
        filed = _filed_by_id(session, row.consultation_id)
        may = may_read_answers if isinstance(row, StoredAnswer) else may_write
        return filed is not None and may(scope, filed)
    return False


def _filed_by_id(session: ScopedSession, id_: UUID) -> Filed | None:
    """What decides about a consultation that was loaded, or that the scope may read."""
    for held in session.identity_map.values():
        if isinstance(held, Consultation) and held.id == id_:
            return _filed(session, held.place_id, held.reference)
    asked = select(Consultation.place_id, Consultation.reference).where(Consultation.id == id_)
    found = session.execute(asked).one_or_none()
    return _filed(session, found.place_id, found.reference) if found else None


def _filed(session: ScopedSession, place_id: str, reference: str | None) -> Filed:
    return Filed(place_id, _country_of(session, place_id), reference is not None)


def _country_of(session: ScopedSession, place_id: str) -> str | None:
    """The country of a place, asked for once per session, and only where the scope names countries."""
    if not (session.scope.own.countries or session.scope.hub.countries):
        return None
    known: dict[str, str | None] = session.info.setdefault(_COUNTRIES, {})
    if place_id not in known:
        known[place_id] = session.scalar(select(Place.country_code).where(Place.id == place_id))
    return known[place_id]
