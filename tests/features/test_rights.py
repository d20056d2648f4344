"""Each check by itself: rules, services and statements refuse, whatever stands before or behind them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, update

from app.core.actor import Actor, Grant, Role
from app.core.credentials import Strength
from app.core.db import Database
from app.core.errors import AppError, Conflict, Forbidden, NotFound
from app.core.scope import PUBLIC, SYSTEM, Area, Scope
from app.core.sensitivity import Sensitivity
from app.features.accounts.queries.people import list_invitations, list_people, one_person
from app.features.accounts.rules.roles import acts_now
from app.features.accounts.rules.sessions import adds_passkey, has_shown_passkey, is_confirmed, is_live
from app.features.accounts.service.invitations import revoke_invitation
from app.features.confidentiality.queries import PAST_THE_WALL
from app.features.confidentiality.rules import (
    Copied,
    Filed,
    may_change_copy,
    may_read,
    may_read_answers,
    may_read_copy,
    may_touch_desk,
    may_write,
)
from app.features.confidentiality.service import FOREIGN, MOVED
from app.features.consultations.commands.requests import ConsultationFilter
from app.features.consultations.queries.lists import list_consultations
from app.features.consultations.queries.stored import stored_consultation
from app.features.consultations.rules.document import audience_of, visibility_of
from app.features.consultations.rules.states import (
    check_can_discard,
    check_can_return,
    check_consent,
    check_is_draft,
    check_is_hub,
    check_may_review,
    check_may_send,
    check_may_write,
    check_was_sent,
)
from app.features.places.service import create_place
from app.features.practices.service.editing import check_is_editor
from app.features.publication.rules import (
    Reader,
    Visibility,
    copied_visibility,
    effective_visibility,
    reader_of,
    strictest,
)
from app.models.base import Attribution
from app.models.consultation import Consultation, ConsultationState, Need
from app.models.practice import Practice
from app.models.published import PublishedRecord
from tests.factories.canaries import Canaries
from tests.factories.objects import Object, plant_consultation
from tests.factories.people import an_actor
from tests.factories.principals import INVITATION, NEAR, OWN, PRINCIPALS, plant_people

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEAD, CONTRIBUTOR = an_actor(f"official:{OWN}"), an_actor(f"contributor:{OWN}")
EDITOR, REVIEWER, ANALYST = an_actor("editor"), an_actor("reviewer"), an_actor("analyst")
ADMIN, VISITOR = an_actor("admin"), Actor()
DRAFT, SUBMITTED = ConsultationState.DRAFT, ConsultationState.SUBMITTED
PUBLISHED, ARCHIVED = ConsultationState.PUBLISHED, ConsultationState.ARCHIVED

CHECKS: list[tuple[Callable[[], object], type[AppError] | None]] = [
    (lambda: check_may_write(LEAD, OWN), None),
    (lambda: check_may_write(CONTRIBUTOR, OWN), None),
    (lambda: check_may_write(LEAD, NEAR), NotFound),
    (lambda: check_may_write(EDITOR, OWN), NotFound),
    (lambda: check_may_send(LEAD, OWN), None),
    (lambda: check_may_send(CONTRIBUTOR, OWN), Forbidden),
    (lambda: check_may_send(LEAD, NEAR), NotFound),
    (lambda: check_may_review(REVIEWER), None),
    (lambda: check_may_review(EDITOR), None),
    (lambda: check_may_review(ANALYST), NotFound),
    (lambda: check_may_review(LEAD), NotFound),
    (lambda: check_is_hub(EDITOR), None),
    (lambda: check_is_hub(REVIEWER), NotFound),
    (lambda: check_is_hub(ADMIN), NotFound),
    (lambda: check_is_editor(EDITOR), None),
    (lambda: check_is_editor(REVIEWER), NotFound),
    (lambda: check_is_draft(DRAFT), None),
    (lambda: check_is_draft(SUBMITTED), Conflict),
    (lambda: check_was_sent(SUBMITTED), None),
    (lambda: check_was_sent(DRAFT), Conflict),
    (lambda: check_was_sent(ARCHIVED), Conflict),
    (lambda: check_can_return(SUBMITTED), None),
    (lambda: check_can_return(PUBLISHED), Conflict),
    (lambda: check_can_discard(DRAFT, None), None),
    (lambda: check_can_discard(DRAFT, "MED-2026-0001"), Conflict),
    (lambda: check_can_discard(SUBMITTED, None), Conflict),
    (lambda: check_consent(given=True, is_withdrawn=False), None),
    (lambda: check_consent(given=None, is_withdrawn=False), Conflict),
    (lambda: check_consent(given=True, is_withdrawn=True), Conflict),
]


@pytest.mark.parametrize(("check", "error"), CHECKS)
def test_checks(check: Callable[[], object], error: type[AppError] | None) -> None:
    """Every check lets through whom it is for, and nobody else."""
    if error is None:
        assert check() is None
        return
    with pytest.raises(error):
        check()


def test_what_an_actor_is() -> None:
    """Officials speak for their city only; who contributes does not lead; who administers reads nothing."""
    assert (LEAD.speaks_for(OWN), LEAD.speaks_for(NEAR)) == (True, False)
    assert (LEAD.leads(OWN), LEAD.leads(NEAR), CONTRIBUTOR.leads(OWN)) == (True, False, False)
    assert (EDITOR.reads_for_hub, ANALYST.reads_for_hub) == (True, True)
    assert not any(one.reads_for_hub for one in (LEAD, ADMIN, VISITOR))
    assert VISITOR.scope == PUBLIC
    city = Area(frozenset({OWN}))
    assert LEAD.scope == Scope(own=city, is_network=True, partner=city)
    country = Actor(None, "x", frozenset({Grant(Role.CITY_LEAD, Area(countries=frozenset({"IQ"})))}))
    assert not country.scope.own, "nobody is an official of a whole country"


LIVE = {"created_at": NOW, "seen_at": NOW, "ended_at": None, "roles": (Role.CITY_LEAD,), "now": NOW}
MINUTES = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"now": NOW + 119 * MINUTES}, True),
        ({"now": NOW + 120 * MINUTES}, False),
        ({"now": NOW + 29 * MINUTES, "roles": (Role.AUDITOR,)}, True),
        ({"now": NOW + 30 * MINUTES, "roles": (Role.AUDITOR,)}, False),
        ({"now": NOW + 720 * MINUTES, "seen_at": NOW + 719 * MINUTES}, False),
        ({"ended_at": NOW}, False),
        ({"now": NOW - 5 * MINUTES}, False),
    ],
)
def test_lives_of_sessions(changes: dict[str, object], expected: bool) -> None:
    """Idle, absolute, ended, and a clock that went back."""
    assert is_live(**{**LIVE, **changes}) is expected  # type: ignore[arg-type]


def test_proofs_of_being_there() -> None:
    """A proof holds five minutes; roles of the hub wait for a passkey; a mailbox adds no second key."""
    assert is_confirmed(NOW, Strength.EMAIL, NOW + 4 * MINUTES)
    assert not is_confirmed(NOW, Strength.PASSKEY, NOW + 5 * MINUTES)
    assert not is_confirmed(NOW, Strength.PASSKEY, NOW - MINUTES)
    assert not is_confirmed(None, Strength.PASSKEY, NOW)
    shown = {one: has_shown_passkey(one) for one in Strength}
    assert {one for one, is_shown in shown.items() if is_shown} == {Strength.PASSKEY, Strength.DEMO}
    assert not acts_now(Role.HUB_EDITOR, has_shown_passkey=False)
    assert acts_now(Role.HUB_EDITOR, has_shown_passkey=True)
    assert acts_now(Role.CITY_LEAD, has_shown_passkey=False)
    assert not adds_passkey(Strength.EMAIL, is_first=False, is_confirmed=True)
    assert not adds_passkey(Strength.PASSKEY, is_first=False, is_confirmed=False)


def test_rules_of_confidentiality() -> None:
    """Cities, the hub, and what was never sent."""
    draft, sent = Filed(OWN, "IQ", was_sent=False), Filed(OWN, "IQ", was_sent=True)
    assert may_read(LEAD.scope, draft)
    assert may_read(ANALYST.scope, sent)
    assert not may_read(ANALYST.scope, draft)
    assert not may_read(an_actor(f"official:{NEAR}").scope, sent)
    assert may_write(EDITOR.scope, sent)
    assert not may_write(ANALYST.scope, sent)
    assert may_read_answers(LEAD.scope, draft)
    assert not may_read_answers(EDITOR.scope, sent)
    partners = Copied(Sensitivity.PARTNERS, [(NEAR, "IQ")])
    assert not may_read_copy(LEAD.scope, partners)
    assert not may_read_copy(PUBLIC, Copied(Sensitivity.NETWORK))
    assert not may_read_copy(an_actor("partner").scope, Copied(Sensitivity.HUB))
    assert may_change_copy(EDITOR.scope, partners)
    assert not may_change_copy(LEAD.scope, partners)
    assert may_touch_desk(EDITOR.scope)
    assert not may_touch_desk(ANALYST.scope)


def test_rules_of_publication() -> None:
    """The stricter of sensitivity and attribution, for each reader."""
    hidden = effective_visibility(Sensitivity.NETWORK, Attribution.NAMED, Reader.PUBLIC)
    assert hidden is Visibility.HIDDEN
    assert copied_visibility(Sensitivity.PUBLIC, Attribution.HUB_ONLY) is Visibility.HIDDEN
    assert strictest(Sensitivity.PUBLIC, Sensitivity.PARTNERS) is Sensitivity.PARTNERS
    assert reader_of(PUBLIC, OWN, "IQ") is Reader.PUBLIC
    assert reader_of(LEAD.scope, NEAR, "IQ") is Reader.NETWORK
    consultation = Consultation(
        consent_given=True,
        consent_withdrawn_on=None,
        sensitivity=Sensitivity.PARTNERS,
        attribution=Attribution.NAMED,
    )
    need = Need(sensitivity=Sensitivity.PUBLIC, attribution=Attribution.NAMED, reviewed_at=None)
    assert visibility_of(consultation, need) is Visibility.HIDDEN, "nobody has read it"
    assert audience_of(consultation, need) is Sensitivity.PARTNERS


# --- with a database -------------------------------------------------------------------------------


@pytest.fixture
async def filed(database: Database) -> dict[str, UUID]:
    """Two consultations of each of two cities: one sent, one never; and everybody's accounts."""
    canaries = Canaries()
    async with database.writing(SYSTEM) as session:
        await plant_people(session, canaries, datetime.now(UTC))
        objects = [Object(place, state) for place in (OWN, NEAR) for state in ("draft", "submitted")]
        return {one.key: await plant_consultation(session, canaries, one) for one in objects}


DRAFT_OF, SENT_OF = (
    {place: Object(place, state).key for place in (OWN, NEAR)} for state in ("draft", "submitted")
)


async def test_queries_narrow_by_themselves(database: Database, filed: dict[str, UUID]) -> None:
    """Also in a session that may see everything, a query gives only what is its actor's."""
    async with database.reading(SYSTEM) as session:
        for actor, key, is_theirs in (
            (LEAD, DRAFT_OF[OWN], True), (LEAD, SENT_OF[NEAR], False), (EDITOR, DRAFT_OF[OWN], False),
            (EDITOR, SENT_OF[NEAR], True), (VISITOR, SENT_OF[OWN], False), (ADMIN, SENT_OF[OWN], False),
        ):  # fmt: skip
            if is_theirs:
                assert (await stored_consultation(session, actor, filed[key])).id == filed[key]
            else:
                with pytest.raises(NotFound):
                    await stored_consultation(session, actor, filed[key])
        listed = await list_consultations(session, LEAD, ConsultationFilter())
        assert {row.place_id for row in listed.items} == {OWN}
        seen = await list_consultations(session, EDITOR, ConsultationFilter(state=DRAFT))
        assert seen.total == 0


async def test_the_wall_narrows_by_itself(database: Database, filed: dict[str, UUID]) -> None:
    """A statement without any condition gives only what the session's scope may touch."""
    async with database.reading(LEAD.scope) as session:
        found = (await session.scalars(select(Consultation.place_id))).all()
        assert set(found) == {OWN}
        assert len((await session.scalars(select(Practice))).all()) == 0
    async with database.reading(EDITOR.scope) as session:
        references = (
            await session.scalars(select(Consultation.reference).where(Consultation.place_id == OWN))
        ).all()
        assert None not in references, "the hub knows nothing of what was never sent"
    async with database.reading() as session:
        assert (await session.scalars(select(Need))).all() == []
        audiences = set(await session.scalars(select(PublishedRecord.audience)))
        assert audiences <= {Sensitivity.PUBLIC}
        with pytest.raises(RuntimeError, match=PAST_THE_WALL):
            await session.execute(select(Consultation.__table__))


async def test_the_wall_keeps_writes_within(database: Database, filed: dict[str, UUID]) -> None:
    """Changes reach own rows only; rows of others are not written; a row keeps its place."""
    analyst = Actor(None, "x", frozenset({Grant(Role.HUB_ANALYST, Area(countries=frozenset({"IQ"})))}))
    for scope in (analyst.scope, an_actor(f"official:{NEAR}").scope, PUBLIC):
        async with database.writing(scope) as session:
            await session.execute(
                update(Consultation).where(Consultation.place_id == OWN).values(title="Taken")
            )
            await session.execute(delete(PublishedRecord).where(PublishedRecord.kind == "practice"))
    async with database.reading(SYSTEM) as session:
        titles = set(await session.scalars(select(Consultation.title)))
        assert "Taken" not in titles
        assert (
            await session.scalars(select(PublishedRecord).where(PublishedRecord.kind == "practice"))
        ).first()
    with pytest.raises(RuntimeError, match=FOREIGN):
        async with database.writing(LEAD.scope) as session:
            session.add(Need(consultation_id=filed[SENT_OF[NEAR]], position=0))
    async with database.writing(LEAD.scope) as session:
        mine = await session.get_one(Consultation, filed[DRAFT_OF[OWN]])
        mine.place_id = NEAR
        with pytest.raises(RuntimeError, match=MOVED):
            await session.flush()
        session.expunge(mine)
    with pytest.raises(RuntimeError, match=PAST_THE_WALL):
        async with database.writing(LEAD.scope) as session:
            await session.execute(insert(Need), [{"consultation_id": filed[SENT_OF[NEAR]]}])


async def test_people_are_within_reach_or_not_there(database: Database, filed: dict[str, UUID]) -> None:
    """Leads see contributors of their city and themselves; invitations likewise."""
    lead = _live("lead A")
    async with database.reading() as session:
        seen = {one.id for one in (await list_people(session, lead, q="", state="", number=1)).items}
        assert seen == {PRINCIPALS["lead A"].account_id, PRINCIPALS["contributor A"].account_id}
        assert not (await one_person(session, lead, PRINCIPALS["lead A"].account_id, now=NOW)).may_manage
        for key in ("editor", "lead B same country", "former member"):
            with pytest.raises(NotFound):
                await one_person(session, lead, PRINCIPALS[key].account_id, now=NOW)
        other = _live("lead B same country")
        assert (await list_invitations(session, other, number=1, now=NOW)).total == 0
        assert (await list_invitations(session, lead, number=1, now=NOW)).total == 1
    async with database.writing() as session:
        with pytest.raises(NotFound):
            await revoke_invitation(session, other, INVITATION, now=NOW)


def _live(key: str) -> Actor:
    one = PRINCIPALS[key]
    return Actor(one.account_id, one.account_id.hex[:16], frozenset(one.grants))


async def test_services_of_the_desk_refuse_others(database: Database) -> None:
    """Also when a page forgot to ask."""
    async with database.writing(SYSTEM) as session:
        with pytest.raises(NotFound):
            await create_place(session, REVIEWER, None, now=NOW)  # type: ignore[arg-type]
