"""The rules as SQL criteria, put into every statement of every session: the first wall.

A statement that the criteria cannot reach (a plain table, text, INSERT … VALUES) is refused when it
names a private table; what can only be seen in the source is refused by tests/architecture.
"""

from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Executable, Table, and_, false, or_, select, true
from sqlalchemy.orm import FromStatement, ORMExecuteState, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql import visitors
from sqlalchemy.sql.visitors import ExternallyTraversible

from app.core.db import ScopedSession, guards
from app.core.scope import Area, Scope
from app.core.sensitivity import Sensitivity
from app.features.confidentiality.rules import may_touch_desk, partners_area
from app.models.base import Base, Confidential, OfDesk
from app.models.consultation import Consultation, PartOfConsultation, StoredAnswer
from app.models.place import Place
from app.models.published import PublishedPlace, PublishedRecord

PAST_THE_WALL = "A statement that cannot be narrowed names a private table"


def readable(scope: Scope) -> ColumnElement[bool]:
    """Which consultations a scope may read: `rules.may_read` in SQL."""
    if scope.is_system:
        return true()
    return or_(_within(scope.own), and_(Consultation.reference.is_not(None), _within(scope.hub)))


def writable(scope: Scope) -> ColumnElement[bool]:
    """Which consultations a scope may write: `rules.may_write` in SQL."""
    return readable(scope) if scope.is_system or scope.may_edit else _within(scope.own)


def _within(area: Area) -> ColumnElement[bool]:
    """Which consultations are of places within an area."""
    if area.is_everywhere:
        return true()
    if not area:
        return false()
    here = Consultation.place_id.in_(sorted(area.cities))
    if not area.countries:
        return here
    there = select(Place.id).where(Place.country_code.in_(sorted(area.countries)))
    return or_(here, Consultation.place_id.in_(there))


def readable_copies(scope: Scope) -> ColumnElement[bool]:
    """Which published copies a scope may read: `rules.may_read_copy` in SQL."""
    if scope.is_system:
        return true()
    audience = PublishedRecord.audience
    allowed = [audience == Sensitivity.PUBLIC]
    if scope.is_network:
        allowed.append(audience == Sensitivity.NETWORK)
    if area := partners_area(scope):
        allowed.append(and_(audience == Sensitivity.PARTNERS, _about(area)))
    return or_(*allowed)


def changeable_copies(scope: Scope) -> ColumnElement[bool]:
    """Which published copies a scope may change: `rules.may_change_copy` in SQL."""
    return true() if may_touch_desk(scope) else _about(scope.own)


def _about(area: Area) -> ColumnElement[bool]:
    """Which copies are about a place within an area."""
    if not area:
        return false()
    there = select(PublishedPlace.record_id)
    if not area.is_everywhere:
        within = select(Place.id).where(Place.country_code.in_(sorted(area.countries)))
        place = PublishedPlace.place_id
        there = there.where(or_(place.in_(sorted(area.cities)), place.in_(within)))
    return PublishedRecord.id.in_(there)


def _answers(scope: Scope) -> ColumnElement[bool]:
    """Answers to repeated requests, and keys that were just taken and tell of nothing yet."""
    own = select(Consultation.id).where(_within(scope.own))
    return or_(StoredAnswer.consultation_id.is_(None), StoredAnswer.consultation_id.in_(own))


PARTS: tuple[type[PartOfConsultation], ...] = tuple(
    mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, PartOfConsultation)
)
_PRIVATE = frozenset(
    mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Confidential)
)


@lru_cache(maxsize=2048)
def criteria(scope: Scope, *, is_change: bool = False) -> tuple[LoaderCriteriaOption, ...]:
    """What is put into each statement of a scope: into those that change rows what it may write.

    Kept by scope: few are in use at a time, and making them costs more than using them.
    """
    if scope.is_system:
        return ()
    if not (scope.own or scope.hub or scope.is_desk):
        return (_copies(scope, is_change=is_change), _nothing_of(Confidential))
    mine = writable(scope) if is_change else readable(scope)
    of_mine = select(Consultation.id).where(mine)
    return (
        _copies(scope, is_change=is_change),
        _only(Consultation, mine),
        *(_only(part, part.consultation_id.in_(of_mine)) for part in PARTS),
        _only(StoredAnswer, _answers(scope)) if scope.own else _nothing_of(StoredAnswer),
        *(() if may_touch_desk(scope) else (_nothing_of(OfDesk),)),
    )


def _copies(scope: Scope, *, is_change: bool) -> LoaderCriteriaOption:
    return _only(PublishedRecord, changeable_copies(scope) if is_change else readable_copies(scope))


def _only(kind: type[Any], criterion: ColumnElement[bool]) -> LoaderCriteriaOption:
    return with_loader_criteria(kind, criterion, include_aliases=True, propagate_to_loaders=True)


def _nothing_of(kind: type[Confidential]) -> LoaderCriteriaOption:
    return _only(kind, false())


@guards("do_orm_execute")
def narrow(state: ORMExecuteState) -> None:
    """Put the criteria of the session's scope into a statement. Raises `RuntimeError` where that fails."""
    scope = _scope_of(state)
    if scope.is_system or state.is_column_load or state.is_relationship_load:
        return  # what a statement loads later, it loads with the criteria it was given
    if state.is_orm_statement and not state.is_insert and not isinstance(state.statement, FromStatement):
        is_change = state.is_update or state.is_delete
        state.statement = state.statement.options(*criteria(scope, is_change=is_change))
    elif _names_private(state.statement):
        raise RuntimeError(PAST_THE_WALL)


def _scope_of(state: ORMExecuteState) -> Scope:
    session = state.session
    assert isinstance(session, ScopedSession)
    return session.scope


def _names_private(statement: Executable) -> bool:
    """Whether a statement that the criteria cannot reach names a private table."""
    parts = visitors.iterate(cast(ExternallyTraversible, statement))
    return any(isinstance(part, Table) and part in _PRIVATE for part in parts)
