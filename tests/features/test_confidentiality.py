"""Both walls say what the rules say: for every scope and row, reading and writing."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, literal, select, union_all, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import aliased, selectinload
from sqlalchemy.orm.exc import StaleDataError

from app.core import db
from app.core.db import Database
from app.core.rowsecurity import settings_of
from app.core.scope import EVERYWHERE, NOWHERE, PUBLIC, SYSTEM, Area, Scope
from app.features.confidentiality.queries import PAST_THE_WALL, readable, writable
from app.features.confidentiality.rules import Filed, may_read, may_read_answers, may_touch_desk, may_write
from app.features.confidentiality.service import FOREIGN, MOVED
from app.models.consultation import Consultation, Need, StoredAnswer
from app.models.hub import Event
from app.models.people import Person
from app.models.place import Place
from app.models.practice import CorrectionSuggestion, Practice, PracticeText
from tests.factories.filed import NOW, PLACES, a_need, store_filed
from tests.factories.walls import without_first_wall

AREAS = st.one_of(
    st.sampled_from([NOWHERE, EVERYWHERE]),
    st.builds(
        Area,
        st.frozensets(st.sampled_from(sorted(PLACES)), max_size=2),
        st.frozensets(st.sampled_from(sorted(set(PLACES.values()))), max_size=2),
    ),
)
SCOPES = st.builds(
    Scope,
    own=AREAS,
    hub=AREAS,
    may_edit=st.booleans(),
    is_desk=st.booleans(),
    is_network=st.booleans(),
    partner=AREAS,
    is_system=st.sampled_from([False, False, False, True]),
)
MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ON_POSTGRESQL = pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgresql)])
EACH_WALL = pytest.mark.parametrize(
    ("engine", "has_first_wall"),
    [
        pytest.param("sqlite", True, marks=pytest.mark.sqlite),
        pytest.param("postgresql", True, marks=pytest.mark.postgresql),
        pytest.param("postgresql", False, marks=pytest.mark.postgresql),  # SQLite has no other
    ],
)
OWN = Scope(own=Area(cities=frozenset({"iq-mosul"})))
ANALYST = Scope(hub=Area(countries=frozenset({"IQ"})))
EDITOR = Scope(hub=EVERYWHERE, may_edit=True, is_desk=True)


@pytest.fixture
async def filed(database: Database) -> dict[UUID, Filed]:
    """A draft and one that was sent of each place."""
    return await store_filed(database)


async def _seen(database: Database, scope: Scope, filed: dict[UUID, Filed]) -> None:
    """Ask for everything, naming no condition: there must come what the rules let through."""
    ids = list(filed)
    async with database.reading(scope) as session:
        rows = set(await session.scalars(select(Consultation.id).where(Consultation.id.in_(ids))))
        parts = set(await session.scalars(select(Need.consultation_id).where(Need.consultation_id.in_(ids))))
        answers = set(
            await session.scalars(
                select(StoredAnswer.consultation_id).where(StoredAnswer.consultation_id.in_(ids))
            )
        )
        desk = [await session.scalar(select(func.count()).select_from(kind)) for kind in (Practice, Event)]
    assert rows == parts == {id_ for id_, one in filed.items() if may_read(scope, one)}
    assert answers == {id_ for id_, one in filed.items() if may_read_answers(scope, one)}
    assert all(desk) == any(desk) == may_touch_desk(scope)


@MANY
@given(SCOPES)
async def test_statements_are_narrowed_to_the_rules(
    database: Database, filed: dict[UUID, Filed], scope: Scope
) -> None:
    """What a scope reads is what the rules say; on PostgreSQL both walls agree on it."""
    await _seen(database, scope, filed)


@ON_POSTGRESQL
@MANY
@given(SCOPES)
async def test_policies_say_what_the_rules_say(
    database: Database, filed: dict[UUID, Filed], scope: Scope
) -> None:
    """The second wall by itself."""
    with pytest.MonkeyPatch.context() as patch:
        without_first_wall(patch)
        await _seen(database, scope, filed)


@MANY
@given(SCOPES)
async def test_criteria_of_changes_say_what_the_rules_say(
    database: Database, filed: dict[UUID, Filed], scope: Scope
) -> None:
    """Which rows an UPDATE would reach, and which a DELETE."""
    async with database.reading(SYSTEM) as session:
        reads, writes = readable(scope).label("reads"), writable(scope).label("writes")
        found = await session.execute(select(Consultation.id, reads, writes))
        said = {row[0]: (bool(row[1]), bool(row[2])) for row in found}
    for id_, one in filed.items():
        assert said[id_] == (may_read(scope, one), may_write(scope, one))


@pytest.mark.parametrize("scope", [PUBLIC, OWN, ANALYST, EDITOR])
@EACH_WALL
async def test_changes_reach_only_what_a_scope_may_write(
    database: Database,
    filed: dict[UUID, Filed],
    scope: Scope,
    has_first_wall: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """UPDATE and DELETE without a condition, behind both walls and behind each of them."""
    if not has_first_wall:
        without_first_wall(monkeypatch)
    mine = {id_ for id_, one in filed.items() if may_write(scope, one)}
    async with database.writing(scope) as session:
        await session.execute(update(Consultation).values(title="Changed"))
        await session.execute(delete(Need).where(Need.consultation_id.in_(filed)))
        await session.execute(delete(PracticeText))
    async with database.reading(SYSTEM) as session:
        changed = set(await session.scalars(select(Consultation.id).where(Consultation.title == "Changed")))
        left = set(await session.scalars(select(Need.consultation_id).where(Need.consultation_id.in_(filed))))
        texts = await session.scalar(select(func.count()).select_from(PracticeText))
    assert changed & set(filed) == mine
    assert left == set(filed) - mine
    assert bool(texts) is not may_touch_desk(scope)


async def test_what_an_automatic_criterion_reaches(database: Database, filed: dict[UUID, Filed]) -> None:
    """Counts, aliases, joins, subqueries, unions, common table expressions, loaded parts, `get`."""
    mine = {id_ for id_, one in filed.items() if one.place_id == "iq-mosul"}
    other = aliased(Consultation)
    cte = select(Consultation.id).cte()
    subquery = select(func.count(Consultation.id)).scalar_subquery()
    foreign = next(id_ for id_, one in filed.items() if one.place_id == "jo-zarqa")
    async with database.reading(OWN) as session:
        for statement in (
            select(func.count()).select_from(Consultation),
            select(func.count()).select_from(other),
            select(func.count()).select_from(cte),
            select(func.count()).select_from(select(Consultation.id).subquery()),
            select(subquery).select_from(Place).limit(1),
            select(func.count()).select_from(Place).join(Consultation),
            select(func.count(Consultation.id)).join(Consultation.needs),
        ):
            assert await session.scalar(statement) == len(mine), str(statement)
        either = union_all(
            *(select(literal(kind.__tablename__), func.count()).select_from(kind) for kind in (Need, Event))
        )
        assert [row[1] for row in await session.execute(either)] == [len(mine), 0]
        loaded = (await session.scalars(select(Consultation).options(selectinload(Consultation.needs)))).all()
        assert {one.id for one in loaded} == mine
        assert {need.consultation_id for one in loaded for need in one.needs} == mine
        assert await session.get(Consultation, foreign) is None
        with_needs = select(Place.id).where(
            select(Need.id).join(Consultation).where(Consultation.place_id == Place.id).exists()
        )
        assert (await session.scalars(with_needs)).all() == ["iq-mosul"]


async def test_what_cannot_be_narrowed_is_refused(database: Database) -> None:
    """Plain tables, INSERT … VALUES and ready statements that name a private table."""
    table = Consultation.__table__
    ready = select(Need).from_statement(select(Need.__table__))
    values = {"kind": "practice", "slug": "x", "text": "", "language": "en", "suggested_at": NOW}
    for statement in (select(table), select(func.count()).select_from(table), ready):
        async with database.reading(EDITOR) as session:
            with pytest.raises(RuntimeError, match=PAST_THE_WALL):
                await session.execute(statement)
    async with database.writing(EDITOR) as session:
        with pytest.raises(RuntimeError, match=PAST_THE_WALL):
            await session.execute(insert(CorrectionSuggestion), [values])
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Place.__table__))


def _own_draft(filed: dict[UUID, Filed]) -> UUID:
    return next(id_ for id_, one in filed.items() if one == Filed("iq-mosul", "IQ", False))


async def _change(database: Database, scope: Scope, kind: str, filed: dict[UUID, Filed]) -> None:
    """A change that nobody of the scope may make, past every check of the services."""
    foreign = next(id_ for id_, one in filed.items() if one.place_id == "jo-zarqa" and not one.was_sent)
    async with database.writing(SYSTEM) as session:
        draft = await session.get_one(Consultation, _own_draft(filed))
        theirs = await session.get_one(Consultation, foreign)
        need = (await session.scalars(select(Need).where(Need.consultation_id == draft.id))).one()
        for row in (draft, theirs, need):
            session.expunge(row)
    async with database.writing(scope) as session:
        if kind == "foreign row":
            session.add(theirs)
            theirs.title = "Mine now"
        elif kind == "moved row":
            session.add(draft)
            draft.place_id = "jo-zarqa"
        elif kind == "moved part":
            session.add(need)
            need.consultation_id = foreign
        elif kind == "foreign part":
            part = a_need()
            part.consultation_id, part.rank = foreign, 9
            session.add(part)
        elif kind == "deleted row":
            session.add(theirs)
            await session.delete(theirs)
        elif kind == "desk":
            session.add(Person(slug="somebody", name="Somebody", name_variants=[]))


@EACH_WALL
@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("foreign row", FOREIGN),
        ("moved row", MOVED),
        ("moved part", MOVED),
        ("foreign part", FOREIGN),
        ("deleted row", FOREIGN),
        ("desk", FOREIGN),
    ],
)
async def test_foreign_rows_are_not_written(
    database: Database,
    filed: dict[UUID, Filed],
    kind: str,
    reason: str,
    has_first_wall: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A flush that would write outside the scope fails, at the first wall and at the second."""
    if has_first_wall:
        with pytest.raises(RuntimeError, match=reason):
            await _change(database, OWN, kind, filed)
    else:
        without_first_wall(monkeypatch)
        with pytest.raises((DBAPIError, StaleDataError)):
            await _change(database, OWN, kind, filed)
    await _seen(database, OWN, filed)
    async with database.reading(SYSTEM) as session:
        assert not await session.scalar(select(Person.id).where(Person.slug == "somebody"))
        assert await session.scalar(select(func.count(Need.id)).where(Need.rank == 9)) == 0


async def test_staff_of_a_country_write_what_was_sent_there(
    database: Database, filed: dict[UUID, Filed]
) -> None:
    """A flush asks for the country of the place where the scope names countries."""
    scope = Scope(hub=Area(countries=frozenset({"IQ"})), may_edit=True)
    async with database.writing(scope) as session:
        for row in await session.scalars(select(Consultation).options(selectinload(Consultation.needs))):
            row.hub_note, row.needs[0].text = "Read", "Clearer"
    async with database.reading(SYSTEM) as session:
        noted = set(await session.scalars(select(Consultation.id).where(Consultation.hub_note == "Read")))
    assert noted == {id_ for id_, one in filed.items() if may_write(scope, one)}
    assert len(noted) == 2


async def test_readers_suggest_and_never_see_it_again(database: Database) -> None:
    """A correction may be put in by anybody, and read at the desk only."""
    async with database.writing() as session:
        session.add(
            CorrectionSuggestion(kind="practice", slug="x", text="Wrong", language="en", suggested_at=NOW)
        )
    async with database.reading(EDITOR) as session:
        assert (await session.scalars(select(CorrectionSuggestion.text))).all() == ["Wrong"]
    async with database.reading(OWN) as session:
        assert (await session.scalars(select(CorrectionSuggestion.text))).all() == []


async def test_without_a_wall_no_session_opens(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that does not build the first wall gets nothing at all."""
    monkeypatch.setattr(db, "_guarded", {"do_orm_execute"})
    with pytest.raises(RuntimeError, match="confidentiality"):
        async with database.reading():
            pass
    with pytest.raises(RuntimeError, match="confidentiality"):
        async with database.writing():
            pass


def test_settings_are_told_by_name() -> None:
    """Places as they are, countries with a prefix, `*` for everywhere; nothing that would read as two."""
    scope = Scope(own=Area(frozenset({"b", "a"}), frozenset({"IQ"})), hub=EVERYWHERE, is_desk=True)
    told = settings_of(scope)
    assert (told["own"], told["hub"], told["desk"], told["system"]) == ("a,b,country:IQ", "*", "on", "")
    for name in ("a,b", "*"):
        with pytest.raises(ValueError, match="no code"):
            settings_of(Scope(own=Area(frozenset({name}))))


async def test_a_session_for_questions_writes_nothing(database: Database) -> None:
    """Whatever its scope: it refuses to flush."""
    async with database.reading(SYSTEM) as session:
        place = (await session.scalars(select(Place).limit(1))).one()
        place.name_en = "Elsewhere"
        with pytest.raises(RuntimeError, match="reading session"):
            await session.flush()
