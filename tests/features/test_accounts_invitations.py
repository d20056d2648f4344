"""Invitations: bound, good for one use, and dead for good when they are dead."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from app.core.actor import Actor, Role
from app.core.credentials import Strength
from app.core.db import Database, WriteSession
from app.core.errors import AppError, Conflict, Invalid, NotFound
from app.features.accounts.queries.account import open_invitation
from app.features.accounts.queries.identify import caller_of_session
from app.features.accounts.rules.secrets import hash_token
from app.features.accounts.service.invitations import (
    LIVES,
    accept_invitation,
    invite,
    make_invitation,
    revoke_invitation,
)
from app.features.accounts.service.people import end_role, give_role_to, let_go, reinstate, suspend
from app.features.accounts.service.sessions import begin_session
from app.models.account import Account, Invitation, RoleGrant
from tests.factories.accounts import (
    KIRKUK,
    MOSUL,
    NOW,
    actor_for,
    giving,
    invitation,
    make_account,
)

ADDRESSES = ("amal@example.org", "omar@example.org")
DAY = timedelta(days=1)


async def admin_in(session: WriteSession) -> Actor:
    """An administrator of the hub."""
    return await actor_for(session, await make_account(session, "admin@hub.example", (Role.HUB_ADMIN, [])))


async def lead_in(session: WriteSession, city: str, email: str = "lead@example.org") -> Actor:
    """Somebody who leads a city."""
    return await actor_for(session, await make_account(session, email, (Role.CITY_LEAD, [city])))


async def test_an_invitation_is_taken_once(empty_database: Database) -> None:
    """Up to its last second; what it gives is what it said; the second time there is none."""
    async with empty_database.writing() as session:
        lead = await lead_in(session, MOSUL)
        made = await invite(session, lead, invitation(ADDRESSES[0], Role.CITY_CONTRIBUTOR, MOSUL), now=NOW)
    late = NOW + LIVES
    async with empty_database.reading() as reading:
        offer = await open_invitation(reading, made.token, now=late - timedelta(seconds=1))
        assert offer is not None
        assert (offer.email, offer.role, offer.cities) == (ADDRESSES[0], "city contributor", (MOSUL,))
        assert await open_invitation(reading, made.token, now=late) is None
    with pytest.raises(NotFound):
        async with empty_database.writing() as session:
            await accept_invitation(session, made.token, now=late)
    async with empty_database.writing() as session:
        accepted = await accept_invitation(session, made.token, now=late - timedelta(seconds=1))
    assert accepted.is_new
    async with empty_database.writing() as session:
        actor = await actor_for(session, accepted.account_id)
    assert actor.roles >= {Role.CITY_CONTRIBUTOR}
    assert actor.cities == (MOSUL,)
    with pytest.raises(NotFound):
        async with empty_database.writing() as session:
            await accept_invitation(session, made.token, now=NOW)


async def test_many_at_once_take_it_once(empty_database: Database) -> None:
    """Twenty clicks at the same moment: one account, one role; two invitations make one account."""
    async with empty_database.writing() as session:
        admin = await admin_in(session)
        made = await invite(session, admin, invitation(ADDRESSES[0], Role.CITY_LEAD, MOSUL), now=NOW)
        other = await invite(session, admin, invitation(ADDRESSES[0], Role.PRACTITIONER), now=NOW)

    async def take(token: str) -> bool:
        try:
            async with empty_database.writing() as session:
                await accept_invitation(session, token, now=NOW)
        except (NotFound, Conflict):
            return False
        return True

    taken = await asyncio.gather(*(take(made.token) for _ in range(20)), take(other.token))
    assert sum(taken[:20]) + await take(made.token) == 1
    assert taken[20] + await take(other.token) == 1
    async with empty_database.reading() as reading:
        accounts = (await reading.scalars(select(Account.id).where(Account.email == ADDRESSES[0]))).all()
        roles = (
            await reading.scalars(select(RoleGrant.role).where(RoleGrant.account_id == accounts[0]))
        ).all()
    assert len(accounts) == 1
    assert sorted(roles) == ["city lead", "practitioner"]


async def test_nobody_invites_beyond_their_reach(empty_database: Database) -> None:
    """Not to their own role, not for another city, not without a city; nor takes back what others gave."""
    async with empty_database.writing() as session:
        admin, lead = await admin_in(session), await lead_in(session, MOSUL)
        asked = [
            (lead, invitation(ADDRESSES[0], Role.CITY_LEAD, MOSUL)),
            (lead, invitation(ADDRESSES[0], Role.CITY_CONTRIBUTOR, KIRKUK)),
            (lead, invitation(ADDRESSES[0], Role.CITY_CONTRIBUTOR, MOSUL, KIRKUK)),
            (lead, invitation(ADDRESSES[0], Role.CITY_CONTRIBUTOR)),
            (lead, invitation(ADDRESSES[0], Role.CITY_CONTRIBUTOR, MOSUL, countries=("IQ",))),
            (lead, invitation(ADDRESSES[0], Role.PRACTITIONER)),
            (admin, invitation(ADDRESSES[0], Role.HUB_ADMIN)),
            (admin, invitation(ADDRESSES[0], Role.CITY_LEAD)),
            (admin, invitation(ADDRESSES[0], Role.AUDITOR, countries=("IQ",))),
        ]
        for actor, command in asked:
            with pytest.raises(Invalid):
                await invite(session, actor, command, now=NOW)
        theirs = await invite(session, admin, invitation(ADDRESSES[0], Role.CITY_LEAD, MOSUL), now=NOW)
        with pytest.raises(NotFound):
            await revoke_invitation(session, lead, theirs.id, now=NOW)
        assert (await session.scalars(select(Invitation))).all()[0].revoked_at is None


async def test_nobody_invites_themselves(empty_database: Database) -> None:
    """Not by their own address, nor by one that becomes theirs before the invitation is taken."""
    async with empty_database.writing() as session:
        admin = await admin_in(session)
        with pytest.raises(Invalid):
            await invite(session, admin, invitation("admin@hub.example", Role.HUB_EDITOR), now=NOW)
        made = await invite(session, admin, invitation(ADDRESSES[0], Role.HUB_EDITOR), now=NOW)
        account = await session.get_one(Account, admin.account_id)
        account.email = ADDRESSES[0]
        await session.flush()
        with pytest.raises(NotFound):
            await accept_invitation(session, made.token, now=NOW)
        assert {grant.role for grant in (await actor_for(session, account.id)).grants} == {Role.HUB_ADMIN}


async def test_inviting_again_ends_the_same_invitation_only(empty_database: Database) -> None:
    """The newest of one address, role and city works; that of another city is none of theirs to end."""
    async with empty_database.writing() as session:
        lead, other = await lead_in(session, MOSUL), await lead_in(session, KIRKUK, "kirkuk@example.org")
        of = partial(invitation, ADDRESSES[0], Role.CITY_CONTRIBUTOR)
        first = await invite(session, lead, of(MOSUL), now=NOW)
        elsewhere = await invite(session, other, of(KIRKUK), now=NOW)
        again = await invite(session, lead, of(MOSUL), now=NOW)
        with pytest.raises(NotFound):
            await accept_invitation(session, first.token, now=NOW)
        account = (await accept_invitation(session, again.token, now=NOW)).account_id
        assert (await accept_invitation(session, elsewhere.token, now=NOW)).account_id == account


async def test_invitations_do_not_outlive_who_made_them(empty_database: Database) -> None:
    """Suspended, gone, or without the role: what was still open is dead, and stays so after a return."""
    for change in (suspend, let_go, None):
        async with empty_database.writing() as session:
            name = change.__name__ if change else "end"
            boss = await actor_for(
                session, await make_account(session, f"{name}@hub.example", (Role.HUB_ADMIN, []))
            )
            lead = await lead_in(session, MOSUL, f"{name}@example.org")
            assert lead.account_id is not None
            made = await invite(
                session, lead, invitation(f"new-{name}@example.org", Role.CITY_CONTRIBUTOR, MOSUL), now=NOW
            )
            if change:
                await change(session, boss, lead.account_id, now=NOW)
            else:
                grant = await session.scalar(
                    select(RoleGrant.id).where(RoleGrant.account_id == lead.account_id)
                )
                assert grant is not None
                await end_role(session, boss, lead.account_id, grant, now=NOW)
            if change is suspend:
                await reinstate(session, boss, lead.account_id)
            with pytest.raises(NotFound):
                await accept_invitation(session, made.token, now=NOW)


# --- the life of invitations as a machine ----------------------------------------------------------


@dataclass
class Open:
    """An invitation as the model knows it."""

    id: UUID
    token: str
    email: str
    city: str
    by_lead: bool
    ends: datetime
    is_dead: bool = False


@dataclass
class Person:
    """An account as the model knows it."""

    id: UUID
    is_suspended: bool = False
    cities: set[str] = field(default_factory=set)
    sessions: list[str] = field(default_factory=list)
    """Sessions that nobody has ended; whether their time is over is asked apart."""


class Lives(RuleBasedStateMachine):
    """Everything that can happen to an invitation, in any order: no right comes from a dead one."""

    def __init__(self, database: Database, run: Callable[[Awaitable[Any]], Any]) -> None:
        super().__init__()
        self._database = database
        self._run = run
        self.now = NOW
        self.open: list[Open] = []
        self.people: dict[str, Person] = {}
        self.gone: list[str] = []
        self.lead_is_out = False

    def _do(self, work: Callable[..., Awaitable[Any]], *args: Any, **named: Any) -> Any:
        async def committed() -> Any:
            async with self._database.writing() as session:
                return await work(session, *args, **named)

        return self._run(committed())

    @initialize()
    def begin(self) -> None:
        """Nobody is there but an administrator and the lead of a city."""

        async def clean(session: WriteSession) -> tuple[Actor, Actor]:
            for table in (Invitation, Account):
                await session.execute(delete(table))
            return await admin_in(session), await lead_in(session, MOSUL)

        self.admin, self.lead = self._do(clean)

    @rule(email=st.sampled_from(ADDRESSES), city=st.sampled_from([MOSUL, KIRKUK]), by_lead=st.booleans())
    def invite(self, email: str, city: str, by_lead: bool) -> None:
        """By whoever may; a lead for the own city only, and not when shut out."""
        if by_lead and (self.lead_is_out or city != MOSUL):
            return
        command = invitation(email, Role.CITY_CONTRIBUTOR, city)
        made = self._do(invite, self.lead if by_lead else self.admin, command, now=self.now)
        for one in self.open:
            one.is_dead |= one.email == email and one.city == city
        self.open.append(Open(made.id, made.token, email, city, by_lead, made.expires_at))

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def revoke(self, data: st.DataObject) -> None:
        """Take any back, dead or not."""
        one = data.draw(st.sampled_from(self.open))
        self._do(revoke_invitation, self.admin, one.id, now=self.now)
        one.is_dead = True

    @rule(hours=st.sampled_from([1, 3, 24, 100]))
    def wait(self, hours: int) -> None:
        """Time passes."""
        self.now += timedelta(hours=hours)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        """Try any of all that were ever made."""
        one = data.draw(st.sampled_from(self.open))
        person = self.people.get(one.email)
        is_good = not one.is_dead and self.now < one.ends and not (person and person.is_suspended)
        try:
            accepted = self._do(accept_invitation, one.token, now=self.now)
        except NotFound:
            assert not is_good
            return
        assert is_good
        one.is_dead = True
        assert accepted.is_new == (person is None)
        if person is None:
            person = self.people[one.email] = Person(accepted.account_id)
            token = self._do(begin_session, person.id, Strength.EMAIL, "", now=self.now)
            person.sessions.append(token)
        person.cities.add(one.city)

    @precondition(lambda self: self.people)
    @rule(data=st.data(), is_in=st.booleans())
    def shut_out_or_let_in(self, data: st.DataObject, is_in: bool) -> None:
        """Suspend or reinstate somebody."""
        person = data.draw(st.sampled_from(list(self.people.values())))
        if is_in:
            self._do(reinstate, self.admin, person.id)
        else:
            self._do(suspend, self.admin, person.id, now=self.now)
            self.gone += person.sessions
            person.sessions.clear()
        person.is_suspended = not is_in

    @precondition(lambda self: self.people)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        """Somebody leaves: with them what they could still take."""
        email = data.draw(st.sampled_from(list(self.people)))
        person = self.people.pop(email)
        self._do(let_go, self.admin, person.id, now=self.now)
        self.gone += person.sessions
        for one in self.open:
            one.is_dead |= one.email == email

    @precondition(lambda self: any(person.cities for person in self.people.values()))
    @rule(data=st.data())
    def end_role(self, data: st.DataObject) -> None:
        """A role ends: an older invitation does not give it back."""
        email = data.draw(st.sampled_from([email for email, one in self.people.items() if one.cities]))
        person = self.people[email]
        city = data.draw(st.sampled_from(sorted(person.cities)))

        async def end(session: WriteSession) -> None:
            rows = await session.scalars(
                select(RoleGrant).where(RoleGrant.account_id == person.id, RoleGrant.ended_at.is_(None))
            )
            grant = next(row for row in rows if row.cities == [city])
            await end_role(session, self.admin, person.id, grant.id, now=self.now)

        self._do(end)
        person.cities.remove(city)
        for one in self.open:
            one.is_dead |= one.email == email and one.city == city

    @rule(is_out=st.booleans())
    def suspend_the_lead(self, is_out: bool) -> None:
        """Who invites is shut out: what they gave away dies with it."""
        if is_out:
            self._do(suspend, self.admin, self.lead.account_id, now=self.now)
            for one in self.open:
                one.is_dead |= one.by_lead and not self.lead_is_out
        else:
            self._do(reinstate, self.admin, self.lead.account_id)
        self.lead_is_out = is_out

    @invariant()
    def rights_are_those_of_the_model(self) -> None:
        """Roles, sessions and offers in the database, and no others."""
        if not hasattr(self, "lead"):
            return

        async def check() -> None:
            async with self._database.reading() as session:
                rows = await session.execute(
                    select(Account.email, RoleGrant.cities)
                    .join(RoleGrant, RoleGrant.account_id == Account.id)
                    .where(RoleGrant.ended_at.is_(None), Account.email.in_([*ADDRESSES]))
                )
                held = {(row.email, row.cities[0]) for row in rows}
                assert held == {(email, city) for email, one in self.people.items() for city in one.cities}
                for token in self.gone:
                    found = await caller_of_session(session, hash_token(token), is_demo=False, now=self.now)
                    assert found is None
                for person in self.people.values():
                    for token in person.sessions:
                        caller = await caller_of_session(
                            session, hash_token(token), is_demo=False, now=self.now
                        )
                        assert caller is None or set(caller.actor.cities) == person.cities
                for one in self.open:
                    offer = await open_invitation(session, one.token, now=self.now)
                    assert (offer is not None) == (not one.is_dead and self.now < one.ends)

        self._run(check())


def test_no_right_comes_from_a_dead_invitation(empty_url: str) -> None:
    """Hundreds of steps in any order."""
    with asyncio.Runner() as runner:
        database = Database(empty_url)

        async def wrapped(work: Awaitable[Any]) -> Any:
            return await work

        def run(work: Awaitable[Any]) -> Any:
            return runner.run(wrapped(work))

        run_state_machine_as_test(
            lambda: Lives(database, run),  # type: ignore[arg-type]
            settings=settings(
                max_examples=30,
                stateful_step_count=25,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        run(database.aclose())


async def test_an_account_that_is_out_is_given_nothing(empty_database: Database) -> None:
    """Neither suspended nor gone does somebody hold a new role; nor does a lead give to who has none."""
    async with empty_database.writing() as session:
        admin, lead = await admin_in(session), await lead_in(session, MOSUL)
        them = await make_account(session, ADDRESSES[0], (Role.CITY_CONTRIBUTOR, [MOSUL]))
        nobody = await make_account(session, ADDRESSES[1])
        await suspend(session, lead, them, now=NOW)
        refused: list[tuple[Actor, UUID, type[AppError]]] = [
            (admin, them, Conflict),
            (lead, nobody, NotFound),
        ]
        for actor, account_id, error in refused:
            with pytest.raises(error):
                await give_role_to(session, actor, account_id, giving(Role.CITY_CONTRIBUTOR, MOSUL), now=NOW)
        await let_go(session, admin, them, now=NOW)
        with pytest.raises(Conflict):
            await give_role_to(session, admin, them, giving(Role.PRACTITIONER), now=NOW)
        await make_invitation(
            session, invitation(ADDRESSES[0], Role.PRACTITIONER), invited_by="system", now=NOW
        )
        rows = await session.scalars(
            select(RoleGrant.id).where(RoleGrant.account_id == them, RoleGrant.ended_at.is_(None))
        )
        assert rows.all() == []
