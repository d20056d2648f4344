"""What officials do with consultations, on both databases: start, save, send, discard, file."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.core.actor import VISITOR, Actor
from app.core.db import Database
from app.core.errors import Conflict, Invalid, NotFound
from app.core.scope import SYSTEM
from app.features.consultations.commands.answers import SECTION_KINDS, Answers
from app.features.consultations.commands.requests import (
    ConsultationFilter,
    FileConsultation,
    ReturnConsultation,
    SaveSection,
)
from app.features.consultations.queries.answers import answers_of
from app.features.consultations.queries.lists import count_by_state, list_consultations
from app.features.consultations.queries.stored import stored_consultation
from app.features.consultations.service.intake import (
    discard_draft,
    file_consultation,
    save_section,
    start_consultation,
    submit_consultation,
)
from app.features.consultations.service.publishing import return_consultation
from app.models.consultation import Consultation, ConsultationState, Need, NeedStatus, ReferenceCounter
from tests.factories.consultations import ANSWERS
from tests.factories.people import an_actor

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
MOSUL = an_actor("official:iq-mosul")
BAGHDAD = an_actor("official:iq-baghdad")
EDITOR = an_actor("editor")
SAMPLE_CITY = an_actor("official:xx-sample-city")


def saving(
    id_: UUID,
    section: str,
    said: Any,
    based_on: int = 0,
    page: str = "",
    *,
    done: bool = True,
    auto: bool = False,
) -> SaveSection:
    """The command that saves a section."""
    return SaveSection(id_, section, SECTION_KINDS[section].model_validate(said), done, based_on, page, auto)


async def start(database: Database, actor: Actor = MOSUL) -> UUID:
    """A new draft; gives its id."""
    assert actor.place_id is not None
    async with database.writing(SYSTEM) as session:
        return (await start_consultation(session, actor, actor.place_id, "en", now=NOW)).id


async def save(database: Database, command: SaveSection, actor: Actor = MOSUL) -> int:
    """Save a section in a transaction of its own."""
    async with database.writing(SYSTEM) as session:
        return await save_section(session, actor, command, now=NOW)


async def submit(database: Database, id_: UUID, actor: Actor = MOSUL, now: datetime = NOW) -> str:
    """Send a draft; gives its reference."""
    async with database.writing(SYSTEM) as session:
        sent = await submit_consultation(session, actor, id_, now=now)
        assert sent.reference is not None
        return sent.reference


async def file(database: Database, actor: Actor = MOSUL, now: datetime = NOW, **changes: Any) -> str:
    """File complete answers at once; gives the reference."""
    command = FileConsultation.model_validate({"place": actor.place_id, **ANSWERS, **changes})
    async with database.writing(SYSTEM) as session:
        return (await file_consultation(session, actor, command, "en", now=now)).reference or ""


async def stored(database: Database, id_: UUID, actor: Actor = MOSUL) -> Answers:
    """The stored answers."""
    async with database.reading(SYSTEM) as session:
        return answers_of(await stored_consultation(session, actor, id_))


async def test_section_by_section(database: Database) -> None:
    """A draft takes every section, says what is missing, and gets a number when it is sent."""
    id_ = await start(database)
    for section, said in ANSWERS.items():
        if section != "privacy":
            assert await save(database, saving(id_, section, said)) == 1
    with pytest.raises(Invalid) as refused:
        await submit(database, id_)
    assert {error.field for error in refused.value.errors} == {
        "privacy.attribution",
        "privacy.sensitivity",
        "privacy.consent_given",
    }
    await save(database, saving(id_, "privacy", ANSWERS["privacy"]))
    assert await submit(database, id_) == "MED-2026-0001"
    told = await stored(database, id_)
    said = Answers.model_validate(ANSWERS)
    assert told.needs == said.needs
    assert told.about == said.about
    assert told.participants == said.participants
    assert told.national == said.national
    with pytest.raises(Conflict):
        await save(database, saving(id_, "about", ANSWERS["about"], based_on=1))


async def test_a_conflict_loses_nothing(database: Database) -> None:
    """Two people open the same section: the second is told, and what the first wrote stays."""
    id_ = await start(database)
    await save(database, saving(id_, "about", {"title": "first"}, 0, "page a", done=False))
    with pytest.raises(Conflict):
        await save(database, saving(id_, "about", {"title": "second"}, 0, "page b", done=False))
    assert (await stored(database, id_)).about.title == "first"
    saves = await save(
        database, saving(id_, "about", {"title": "first, then second"}, 1, "page b", done=False)
    )
    assert saves == 2
    assert (await stored(database, id_)).about.title == "first, then second"
    with pytest.raises(Conflict):
        await save(database, saving(id_, "about", {"title": "late"}, 1, "page b", done=False, auto=True))


async def test_saves_at_once(database: Database) -> None:
    """Of several saves based on the same version one is kept, the others are told; sections are apart."""
    id_ = await start(database)
    same = [save(database, saving(id_, "about", {"title": f"{i}"}, 0, f"p{i}", done=False)) for i in range(4)]
    other = save(database, saving(id_, "gaps", {"discussed": "no"}))
    results = await asyncio.gather(*same, other, return_exceptions=True)
    assert [isinstance(one, Conflict) for one in results[:4]].count(False) == 1
    assert sorted(one for one in results if isinstance(one, int)) == [1, 1]
    told = await stored(database, id_)
    assert told.gaps.discussed == "no"
    assert told.about.title in ("0", "1", "2", "3")


async def test_numbers_are_given_once(database: Database) -> None:
    """References count up per year without gaps or repetition, also for those who send at once."""
    first = await asyncio.gather(*(file(database) for _ in range(4)))
    assert sorted(first) == [f"MED-2026-{n:04d}" for n in range(1, 5)]
    with pytest.raises(Invalid):
        await file(database, national={})
    assert await file(database) == "MED-2026-0005", "a refused one takes no number"
    assert await file(database, now=datetime(2027, 1, 2, tzinfo=UTC)) == "MED-2027-0001"
    assert (await file(database, SAMPLE_CITY)).startswith("ILL-2026-"), "illustrations have numbers apart"
    async with database.reading(SYSTEM) as session:
        counted = await session.scalar(
            select(ReferenceCounter.last).where(ReferenceCounter.series == "MED-2026")
        )
    assert counted == 5


async def test_unfinished_answers_are_kept(database: Database) -> None:
    """Calling a section finished is refused while something is missing; saving it is not."""
    id_ = await start(database)
    with pytest.raises(Invalid) as refused:
        await save(database, saving(id_, "participants", {"basis": "exact"}))
    assert {error.message for error in refused.value.errors} == {
        "Give the number of participants, or choose that you do not know it",
        "Say who was missing",
    }
    await save(database, saving(id_, "participants", {"basis": "exact"}, done=False))
    assert (await stored(database, id_)).participants.basis == "exact"


async def test_codes_that_cannot_be_chosen(database: Database) -> None:
    """Unknown concepts, places and earlier consultations are refused, each at its place."""
    id_ = await start(database)
    for section, said, field in (
        ("needs", {"statements": [{"text": "x", "concept": "hate-speech"}]}, "statements.0.concept"),
        ("about", {"other_places": ["iq-baghdad", "xx-sample-city"]}, "other_places.1"),
        ("about", {"previous": "ILL-2024-0001"}, "previous"),
        ("approaches", {"statements": [{"text": "x", "practice": "no-such"}]}, "statements.0.practice"),
        ("national", {"dimensions": {"youth": {"score": 1}}}, "dimensions.youth"),
        ("about", {"held": "2026-03-11"}, "held"),
    ):
        with pytest.raises(Invalid) as refused:
            await save(database, saving(id_, section, said, done=False))
        assert [error.field for error in refused.value.errors] == [field]


async def test_needs_are_ranked_by_their_order(database: Database) -> None:
    """Rows are added, reordered and removed without breaking the ranks."""
    id_ = await start(database)
    orders = (("a", "b", "c"), ("c", "a", "b"), ("b",), ("b", "x"), ())
    for saves, order in enumerate(orders):
        said = {"statements": [{"text": text} for text in order]}
        await save(database, saving(id_, "needs", said, saves, "p", done=False))
        async with database.reading(SYSTEM) as session:
            rows = await session.execute(
                select(Need.rank, Need.text).where(Need.consultation_id == id_).order_by(Need.rank)
            )
            assert [tuple(row) for row in rows] == list(enumerate(order, start=1))


async def test_a_need_keeps_what_the_hub_did_wherever_it_moves(database: Database) -> None:
    """Status and translation go with the words; any change has to be read again by the hub."""
    id_ = await start(database)

    async def saved(saves: int, *needs: dict[str, object]) -> list[Need]:
        await save(database, saving(id_, "needs", {"statements": needs}, saves, "p", done=False))
        async with database.reading(SYSTEM) as session:
            found = select(Need).where(Need.consultation_id == id_).order_by(Need.rank)
            return list(await session.scalars(found))

    await saved(0, {"text": "a"}, {"text": "b"}, {"text": "c"})
    async with database.writing(SYSTEM) as session:
        for need in await session.scalars(select(Need).where(Need.consultation_id == id_)):
            need.reviewed_at, need.translations = NOW, {"fr": need.text}
            if need.text == "b":
                need.status, need.status_on = NeedStatus.MET, NOW.date()

    def told(needs: list[Need]) -> list[tuple[str, str, bool, bool]]:
        return [(one.text, one.status, one.reviewed_at is not None, bool(one.translations)) for one in needs]

    assert told(await saved(1, {"text": "b"}, {"text": "c"})) == [
        ("b", "met", True, True),
        ("c", "received", True, True),
    ]
    assert told(await saved(2, {"text": "new"}, {"text": "c"}, {"text": "b", "person_name": "Somebody"})) == [
        ("new", "received", False, False),
        ("c", "received", True, True),
        ("b", "met", False, True),
    ]
    assert told(await saved(3, {"text": "new"}, {"text": "c"}, {"text": "better b"}))[2] == (
        "better b", "met", False, False,
    )  # fmt: skip


async def test_only_the_city_itself(database: Database) -> None:
    """For other cities and the public a consultation does not exist; the hub reads and does not write."""
    id_ = await start(database)
    for stranger in (BAGHDAD, VISITOR, an_actor("practitioner")):
        with pytest.raises(NotFound):
            await stored(database, id_, stranger)
        with pytest.raises(NotFound):
            await save(database, saving(id_, "gaps", {"discussed": "no"}), stranger)
    with pytest.raises(NotFound):
        await save(database, saving(id_, "gaps", {"discussed": "no"}), EDITOR)
    async with database.writing(SYSTEM) as session:
        with pytest.raises(NotFound):
            await start_consultation(session, MOSUL, "iq-baghdad", "en", now=NOW)
    with pytest.raises(Invalid) as refused:
        await file(database, place="iq-baghdad")
    assert [error.field for error in refused.value.errors] == ["place"]


async def test_lists(database: Database) -> None:
    """A city lists its own; the hub what was sent, illustrations apart; the public nothing."""
    await file(database)
    await file(database, BAGHDAD)
    await start(database)
    async with database.reading(SYSTEM) as session:
        mine = await list_consultations(session, MOSUL, ConsultationFilter())
        assert {row.place_id for row in mine.items} == {"iq-mosul"}
        assert [row.sections_done for row in mine.items].count(9) == 1
        assert mine.total == 2
        inbox = await list_consultations(session, EDITOR, ConsultationFilter())
        assert {row.place_id for row in inbox.items} == {"iq-mosul", "iq-baghdad"}
        assert ConsultationState.DRAFT not in {row.state for row in inbox.items}
        invented = await list_consultations(session, EDITOR, ConsultationFilter(illustrations=True))
        assert {row.place_id for row in invented.items} == {"xx-sample-city"}
        assert (await list_consultations(session, VISITOR, ConsultationFilter())).total == 0
        abroad = await list_consultations(session, EDITOR, ConsultationFilter(country="JO"))
        assert abroad.total == 0
        counts = await count_by_state(session, EDITOR)
        assert (counts[ConsultationState.SUBMITTED], counts[ConsultationState.PUBLISHED]) == (2, 0)


async def test_given_back_and_sent_again(database: Database) -> None:
    """The hub gives a consultation back with a note; the city changes it, and it keeps its number."""
    reference = await file(database)
    async with database.reading(SYSTEM) as session:
        id_ = (
            await session.scalars(select(Consultation.id).where(Consultation.reference == reference))
        ).one()
    async with database.writing(SYSTEM) as session:
        await return_consultation(session, EDITOR, id_, ReturnConsultation(note="Who led it?"), now=NOW)
    async with database.reading(SYSTEM) as session:
        (row,) = (await list_consultations(session, MOSUL, ConsultationFilter())).items
    assert (row.state, row.was_returned, row.reference) == (ConsultationState.DRAFT, True, reference)
    async with database.writing(SYSTEM) as session:
        with pytest.raises(Conflict):
            await discard_draft(session, MOSUL, id_)
    await save(database, saving(id_, "about", {**ANSWERS["about"], "facilitators": "An office"}, 1))
    with pytest.raises(Invalid):
        await save(database, saving(id_, "about", {**ANSWERS["about"], "previous": reference}, 2))
    assert await submit(database, id_) == reference


async def test_discarding(database: Database) -> None:
    """A draft goes with everything in it."""
    id_ = await start(database)
    await save(database, saving(id_, "needs", ANSWERS["needs"]))
    async with database.writing(SYSTEM) as session:
        with pytest.raises(NotFound):
            await discard_draft(session, BAGHDAD, id_)
    async with database.writing(SYSTEM) as session:
        await discard_draft(session, MOSUL, id_)
    async with database.reading(SYSTEM) as session:
        left = await session.scalar(select(func.count()).where(Need.consultation_id == id_))
    assert left == 0
