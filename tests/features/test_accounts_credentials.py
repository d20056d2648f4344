"""Links, codes, tokens and counters: good once, for the right browser, in time; nothing readable is kept."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from app.core.actor import HUB_ROLES, Role, TokenScope
from app.core.credentials import AccountState, LinkPurpose, Strength
from app.core.db import Database
from app.core.errors import Conflict, NotFound
from app.features.accounts.commands.people import MakeToken
from app.features.accounts.queries.identify import caller_of_session, caller_of_token
from app.features.accounts.rules.secrets import hash_token
from app.features.accounts.rules.sessions import IDLE, IDLE_HUB
from app.features.accounts.rules.throttling import SECOND_FACTOR, SIGN_IN_HERE, Limit
from app.features.accounts.service.invitations import make_invitation
from app.features.accounts.service.links import LIVES, Link, make_link, use_code, use_link
from app.features.accounts.service.people import change_address
from app.features.accounts.service.recovery import new_recovery_codes, use_recovery_code
from app.features.accounts.service.sessions import (
    begin_session,
    end_own_session,
    end_sessions,
    renew_session,
)
from app.features.accounts.service.throttle import count_tries
from app.features.accounts.service.tokens import MOST, make_token, revoke_token
from app.models.account import Account, ApiToken, RecoveryCode, ThrottleCount
from tests.factories.accounts import MOSUL, NOW, invitation, make_account
from tests.factories.tables import dump

EMAIL, KEY, HERE = "amal@example.org", b"key of the tests", hash_token("this browser")
ELSEWHERE = hash_token("another browser")
SECOND = timedelta(seconds=1)
SIGN_IN, CONFIRM = LinkPurpose.SIGN_IN, LinkPurpose.CONFIRM


# --- links and codes of mails --------------------------------------------------------------------


async def linked(database: Database, *, browser: str = HERE, purpose: LinkPurpose = SIGN_IN) -> Link:
    """A link for an account that is made when there is none yet."""
    async with database.writing() as session:
        known = await session.scalar(select(Account.id).where(Account.email == EMAIL))
        account = known or await make_account(session, EMAIL, (Role.CITY_LEAD, [MOSUL]))
        return await make_link(session, purpose, account, browser, KEY, now=NOW)


async def opens(
    database: Database,
    link: Link,
    *,
    browser: str = HERE,
    now: datetime = NOW + SECOND,
    purpose: LinkPurpose = SIGN_IN,
    key: bytes = KEY,
) -> tuple[bool, bool]:
    """Whether the link and the code of a mail open something; tried and taken back."""
    async with database.writing() as session:
        by_link = await use_link(session, purpose, link.token, browser, now=now)
        await session.rollback()
        by_code = await use_code(session, purpose, link.code, browser, key, now=now)
        await session.rollback()
    return by_link is not None, by_code is not None


async def test_a_link_opens_in_time_and_in_its_browser(empty_database: Database) -> None:
    """Ten minutes, not before it was made, only where it was asked for, only for what it was asked for."""
    link = await linked(empty_database)
    good, bad = (True, True), (False, False)
    assert await opens(empty_database, link) == good
    assert await opens(empty_database, link, now=NOW + LIVES - SECOND) == good
    assert await opens(empty_database, link, now=NOW + LIVES) == bad
    assert await opens(empty_database, link, now=NOW - SECOND) == bad
    assert await opens(empty_database, link, browser=ELSEWHERE) == bad
    assert await opens(empty_database, link, purpose=CONFIRM) == bad
    assert await opens(empty_database, link, key=b"another server") == (True, False)


async def test_the_newest_mail_counts(empty_database: Database) -> None:
    """Of one browser and purpose; other browsers and purposes keep theirs."""
    first, other = await linked(empty_database), await linked(empty_database, browser=ELSEWHERE)
    confirm = await linked(empty_database, purpose=CONFIRM)
    newest = await linked(empty_database)
    assert await opens(empty_database, first) == (False, False)
    assert await opens(empty_database, newest) == (True, True)
    assert await opens(empty_database, other, browser=ELSEWHERE) == (True, True)
    assert await opens(empty_database, confirm, purpose=CONFIRM) == (True, True)


async def test_of_many_at_once_one_gets_in(empty_database: Database) -> None:
    """Link and code together, twenty times at the same moment: one."""
    link = await linked(empty_database)

    async def come(is_code: bool) -> bool:
        async with empty_database.writing() as session:
            if is_code:
                return bool(await use_code(session, SIGN_IN, link.code, HERE, KEY, now=NOW))
            return bool(await use_link(session, SIGN_IN, link.token, HERE, now=NOW))

    assert sum(await asyncio.gather(*(come(number % 2 == 0) for number in range(20)))) == 1


async def test_no_link_opens_a_closed_account(empty_database: Database) -> None:
    """Suspended after the mail was sent; and an address without an account gets one that opens nothing."""
    link = await linked(empty_database)
    async with empty_database.writing() as session:
        nothing = await make_link(session, SIGN_IN, None, ELSEWHERE, KEY, now=NOW)
        await session.execute(update(Account).values(state=AccountState.SUSPENDED))
    assert await opens(empty_database, link) == (False, False)
    assert await opens(empty_database, nothing, browser=ELSEWHERE) == (False, False)


async def test_a_new_address_ends_what_went_to_the_old_one(empty_database: Database) -> None:
    """Whoever reads the old mailbox is late; an address of somebody else is refused."""
    link = await linked(empty_database)
    async with empty_database.writing() as session:
        account = (await session.scalars(select(Account.id))).one()
        await make_account(session, "omar@example.org")
        with pytest.raises(Conflict):
            await change_address(session, account, "omar@example.org", now=NOW)
        assert await change_address(session, account, "new@example.org", now=NOW) == EMAIL
    assert await opens(empty_database, link) == (False, False)


# --- codes on paper ------------------------------------------------------------------------------


async def test_a_recovery_code_works_once(empty_database: Database) -> None:
    """In parallel, too; for its owner only; new ones end the old ones."""
    async with empty_database.writing() as session:
        mine, other = await make_account(session, EMAIL), await make_account(session, "omar@example.org")
        old = await new_recovery_codes(session, mine, KEY, now=NOW)
        codes = await new_recovery_codes(session, mine, KEY, now=NOW)
        assert len(set(codes)) == 10
        assert not await use_recovery_code(session, mine, old[0], KEY, now=NOW)
        assert not await use_recovery_code(session, other, codes[0], KEY, now=NOW)
        assert not await use_recovery_code(session, mine, codes[0], b"another server", now=NOW)

    async def use(typed: str) -> bool:
        async with empty_database.writing() as session:
            return await use_recovery_code(session, mine, typed, KEY, now=NOW)

    spaced = " ".join(codes[0].lower())
    assert sum(await asyncio.gather(*(use(spaced if number % 2 else codes[0]) for number in range(20)))) == 1
    assert await use(codes[1])
    async with empty_database.reading() as reading:
        left = await reading.scalar(
            select(func.count()).select_from(RecoveryCode).where(RecoveryCode.used_at.is_(None))
        )
    assert left == 8


# --- tokens for programs -------------------------------------------------------------------------


async def test_a_token_is_never_more_than_its_owner(empty_database: Database) -> None:
    """Its scopes, its owner's rights of this moment, no role of the hub; not after its end."""
    async with empty_database.writing() as session:
        owner = await make_account(
            session, EMAIL, (Role.CITY_LEAD, [MOSUL]), *((role, []) for role in sorted(HUB_ROLES))
        )
        stranger = await make_account(session, "omar@example.org")
        scopes = (TokenScope.LIBRARY, TokenScope.OWN_CONSULTATIONS)
        token = await make_token(session, owner, MakeToken(name="t", scopes=scopes, days=10), now=NOW)
    end = NOW + timedelta(days=10)
    async with empty_database.reading() as reading:
        caller = await caller_of_token(reading, hash_token(token), is_demo=False, now=end - SECOND)
        assert caller is not None
        assert caller.actor.token == frozenset(scopes)
        assert caller.actor.roles == {Role.VISITOR, Role.SIGNED_IN, Role.CITY_LEAD}
        for now in (end, end + timedelta(days=365)):
            assert await caller_of_token(reading, hash_token(token), is_demo=False, now=now) is None
    async with empty_database.writing() as session:
        id_ = (await session.scalars(select(ApiToken.id))).one()
        with pytest.raises(NotFound):
            await revoke_token(session, stranger, id_, now=NOW)
        await revoke_token(session, owner, id_, now=NOW)
    async with empty_database.reading() as reading:
        assert await caller_of_token(reading, hash_token(token), is_demo=False, now=NOW) is None


async def test_tokens_are_few_and_end_within_a_year(empty_database: Database) -> None:
    """Twenty that live; the next one waits for an end."""
    with pytest.raises(ValueError, match="365"):
        MakeToken(name="t", days=366)
    async with empty_database.writing() as session:
        owner = await make_account(session, EMAIL)
        for _ in range(MOST):
            await make_token(session, owner, MakeToken(name="t", days=1), now=NOW)
        with pytest.raises(Conflict):
            await make_token(session, owner, MakeToken(name="t", days=1), now=NOW)
        await make_token(session, owner, MakeToken(name="t", days=1), now=NOW + timedelta(days=1))


async def test_nothing_that_opens_a_door_is_in_the_database(empty_database: Database) -> None:
    """Every kind of secret once: in no column of any table, neither as made nor tidied."""
    secrets: list[str] = []
    async with empty_database.writing() as session:
        account = await make_account(session, EMAIL, (Role.CITY_LEAD, [MOSUL]))
        secrets.append(await begin_session(session, account, Strength.EMAIL, "d", now=NOW))
        link = await make_link(session, SIGN_IN, account, HERE, KEY, now=NOW)
        secrets += [link.token, link.code]
        secrets += await new_recovery_codes(session, account, KEY, now=NOW)
        secrets.append(await make_token(session, account, MakeToken(name="t"), now=NOW))
        asked = invitation("omar@example.org", Role.PRACTITIONER)
        secrets.append((await make_invitation(session, asked, invited_by="system", now=NOW)).token)
    assert len(secrets) == 15
    kept = "\n".join(row for rows in (await dump(empty_database)).values() for row in rows)
    assert EMAIL in kept
    assert [secret for secret in secrets if secret in kept or secret.lower() in kept] == []


# --- sessions ------------------------------------------------------------------------------------


async def test_a_session_changes_its_name_and_keeps_its_time(empty_database: Database) -> None:
    """Renewed, the old name is nobody's; the end does not move; an ended one is not renewed."""
    async with empty_database.writing() as session:
        account = await make_account(session, EMAIL, (Role.CITY_LEAD, [MOSUL]))
        first = await begin_session(session, account, Strength.EMAIL, "d", now=NOW)
        found = await caller_of_session(session, hash_token(first), is_demo=False, now=NOW)
        assert found is not None
        assert found.session is not None
        id_ = found.session.id
        second = await renew_session(session, id_, now=NOW + timedelta(hours=1))
        for token, hours, is_live in (
            (first, 1, False),
            (second, 1, True),
            (second, 2.9, True),
            (second, 3.1, False),
            (second, 12, False),
        ):
            now = NOW + timedelta(hours=hours)
            caller = await caller_of_session(session, hash_token(token), is_demo=False, now=now)
            assert (caller is not None) == is_live, (token == first, hours)
        await end_sessions(session, account, now=NOW)
        third = await renew_session(session, id_, now=NOW)
        for token in (second, third):
            assert await caller_of_session(session, hash_token(token), is_demo=False, now=NOW) is None


async def test_a_role_of_the_hub_shortens_a_session_and_sleeps(empty_database: Database) -> None:
    """Half an hour without use; by mail the role sleeps, after a passkey it acts."""
    assert IDLE_HUB < IDLE
    async with empty_database.writing() as session:
        account = await make_account(
            session, EMAIL, (Role.CITY_LEAD, [MOSUL]), (Role.HUB_EDITOR, []), (Role.AUDITOR, [])
        )
        for strength in Strength:
            token = await begin_session(session, account, strength, "d", now=NOW)
            caller = await caller_of_session(session, hash_token(token), is_demo=False, now=NOW)
            assert caller is not None
            assert caller.session is not None
            is_awake = strength in (Strength.PASSKEY, Strength.DEMO)
            assert (Role.HUB_EDITOR in caller.actor.roles) == is_awake
            assert caller.session.sleeping == (set() if is_awake else {Role.HUB_EDITOR, Role.AUDITOR})
            assert Role.CITY_LEAD in caller.actor.roles
            gone = await caller_of_session(session, hash_token(token), is_demo=False, now=NOW + IDLE_HUB)
            assert gone is None


async def test_nobody_ends_the_session_of_another(empty_database: Database) -> None:
    """As if there were none."""
    async with empty_database.writing() as session:
        mine, other = await make_account(session, EMAIL), await make_account(session, "omar@example.org")
        token = await begin_session(session, mine, Strength.EMAIL, "d", now=NOW)
        found = await caller_of_session(session, hash_token(token), is_demo=False, now=NOW)
        assert found is not None
        assert found.session is not None
        with pytest.raises(NotFound):
            await end_own_session(session, other, found.session.id, now=NOW)
        await end_own_session(session, mine, found.session.id, now=NOW)
        assert await caller_of_session(session, hash_token(token), is_demo=False, now=NOW) is None


# --- throttles -----------------------------------------------------------------------------------


async def test_many_at_once_are_counted_all(empty_database: Database) -> None:
    """Forty tries at the same moment under two keys: as many go through as may, and the table says forty."""
    limit = SIGN_IN_HERE[0]

    async def attempt() -> bool:
        async with empty_database.writing() as session:
            return await count_tries(session, {"a": [limit], "b": SECOND_FACTOR}, now=NOW) is None

    tries = await asyncio.gather(*(attempt() for _ in range(40)))
    assert sum(tries) == min(limit.most, SECOND_FACTOR[0].most)
    async with empty_database.reading() as reading:
        counts = (await reading.scalars(select(ThrottleCount.count))).all()
    assert counts == [40] * 4


async def test_counts_end_with_their_span_and_survive_a_restart(empty_database: Database) -> None:
    """The wait is told to the second; a new process goes on counting; old counts are forgotten."""
    limits = [Limit(2, timedelta(minutes=5))]
    begins = limits[0].begins(NOW)

    async def attempt(database: Database, after: timedelta) -> timedelta | None:
        async with database.writing() as session:
            return await count_tries(session, {"k": limits}, now=begins + after)

    assert await attempt(empty_database, SECOND) is None
    again = Database(empty_database.url.render_as_string(hide_password=False))
    assert await attempt(again, SECOND * 2) is None
    assert await attempt(again, SECOND * 3) == timedelta(minutes=5) - SECOND * 3
    assert await attempt(empty_database, timedelta(minutes=5) - SECOND) == SECOND
    assert await attempt(again, timedelta(minutes=5)) is None
    await attempt(again, timedelta(hours=2))
    await again.aclose()
    async with empty_database.reading() as reading:
        assert await reading.scalar(select(func.count()).select_from(ThrottleCount)) == 1


async def test_old_sessions_are_forgotten(empty_database: Database) -> None:
    """A month after their end, when their owner signs in again."""
    async with empty_database.writing() as session:
        account = await make_account(session, EMAIL)
        old = await begin_session(session, account, Strength.EMAIL, "d", now=NOW - timedelta(days=32))
        recent = await begin_session(session, account, Strength.EMAIL, "d", now=NOW - timedelta(days=20))
        await begin_session(session, account, Strength.EMAIL, "d", now=NOW)
    kept = "\n".join((await dump(empty_database))["sign_in_session"])
    assert hash_token(old) not in kept
    assert hash_token(recent) in kept
