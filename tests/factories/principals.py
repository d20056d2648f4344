"""Everybody who may ask, alive and dead: accounts with sessions and tokens, straight in the database."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from uuid import UUID, uuid5

import httpx
from fastapi import FastAPI
from sqlalchemy import update

from app.core.actor import Grant, Role, TokenScope
from app.core.credentials import AccountState, Strength
from app.core.db import WriteSession
from app.core.scope import EVERYWHERE, Area
from app.core.sensitivity import Sensitivity
from app.features.accounts.rules.secrets import (
    derived_key,
    form_token,
    hash_token,
    new_api_token,
)
from app.models.account import (
    Account,
    ApiToken,
    Invitation,
    Passkey,
    RecoveryCode,
    RoleGrant,
    SignInSession,
)
from app.settings import Settings
from app.web.identity import FORM_HEADER
from app.web.origins import SAFE_METHODS
from app.web.security import SESSION_COOKIE
from tests.conftest import loud_app
from tests.factories.canaries import Canaries, Canary
from tests.factories.people import cookie_of

OWN, NEAR, FAR = "iq-mosul", "iq-baghdad", "ma-rabat"
"""A city, another of its country, one of another country."""
NAMES = UUID("6f3a7c0e-0d6e-4b57-9d5a-2c1f6f0f1a11")
INVITATION = uuid5(NAMES, "invitation")


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who asks. Times are minutes before now; `ended` is what has ended, if anything."""

    key: str
    grants: tuple[Grant, ...] = ()
    scope: TokenScope | None = None
    strength: Strength = Strength.PASSKEY
    state: AccountState = AccountState.ACTIVE
    is_visitor: bool = False
    roles_ended: bool = False
    credential_ended: bool = False
    made: int = 1
    seen: int = 0
    confirmed: int = 0
    expires: int = 60 * 24
    ceiling: Sensitivity = Sensitivity.HUB
    bound_to: str = ""

    def id_of(self, what: str) -> UUID:
        """The key of something of theirs: `account`, `session`, `grant`, `token`, `passkey`."""
        return uuid5(NAMES, f"{what} {self.key}")

    @property
    def account_id(self) -> UUID:
        """The key of the account."""
        return self.id_of("account")

    @property
    def session_id(self) -> UUID:
        """The key of the session."""
        return self.id_of("session")

    @property
    def secret(self) -> str:
        """The cookie or the token."""
        return _token_of(self.key) if self.scope else hash_token(f"secret {self.key}")


@cache
def _token_of(key: str) -> str:
    return new_api_token()


def _in(role: Role, *cities: str, countries: tuple[str, ...] = ()) -> tuple[Grant, ...]:
    area = Area(frozenset(cities), frozenset(countries))
    return (Grant(role, area if area else EVERYWHERE),)


_LEAD = _in(Role.CITY_LEAD, OWN)
_EDITOR = _in(Role.HUB_EDITOR)
_P = Principal

PRINCIPALS: dict[str, Principal] = {
    one.key: one
    for one in (
        _P("visitor", is_visitor=True),
        _P("account without role", strength=Strength.EMAIL),
        _P("practitioner", _in(Role.PRACTITIONER), strength=Strength.EMAIL),
        _P("partner", _in(Role.PARTNER), strength=Strength.EMAIL),
        _P("partner of IQ", _in(Role.PARTNER, countries=("IQ",)), strength=Strength.EMAIL),
        _P("contributor A", _in(Role.CITY_CONTRIBUTOR, OWN), strength=Strength.EMAIL),
        _P("lead A", _LEAD, strength=Strength.EMAIL),
        _P("lead B same country", _in(Role.CITY_LEAD, NEAR), strength=Strength.EMAIL),
        _P("lead C other country", _in(Role.CITY_LEAD, FAR), strength=Strength.EMAIL),
        _P("reviewer", _in(Role.REVIEWER)),
        _P("analyst of IQ", _in(Role.HUB_ANALYST, countries=("IQ",))),
        _P("analyst of MA", _in(Role.HUB_ANALYST, countries=("MA",))),
        _P("editor", _EDITOR),
        _P("editor of IQ", _in(Role.HUB_EDITOR, countries=("IQ",))),
        _P("admin", _in(Role.HUB_ADMIN)),
        _P("auditor", _in(Role.AUDITOR)),
        _P("editor long unconfirmed", _EDITOR, confirmed=20),
        _P("admin long unconfirmed", _in(Role.HUB_ADMIN), confirmed=20),
        _P("token read:library", _LEAD, TokenScope.LIBRARY, ceiling=Sensitivity.PUBLIC),
        _P("token read:aggregate", _LEAD, TokenScope.AGGREGATE, ceiling=Sensitivity.PUBLIC),
        _P("token read:own-consultations", _LEAD, TokenScope.OWN_CONSULTATIONS),
        _P("token write:consultations", _LEAD, TokenScope.FILE_CONSULTATIONS),
        _P("token for open consultations", _LEAD, TokenScope.OWN_CONSULTATIONS, ceiling=Sensitivity.PUBLIC),
        _P("token for partners", _LEAD, TokenScope.OWN_CONSULTATIONS, ceiling=Sensitivity.PARTNERS),
        _P("token bound elsewhere", _LEAD, TokenScope.OWN_CONSULTATIONS, bound_to=FAR),
        _P("token of an editor", _EDITOR, TokenScope.OWN_CONSULTATIONS),
        _P("token of a former member", _LEAD, TokenScope.OWN_CONSULTATIONS, roles_ended=True),
        _P("former member", _LEAD, strength=Strength.EMAIL, roles_ended=True),
        _P("editor asleep", _EDITOR, strength=Strength.EMAIL),
        _P("suspended session", _EDITOR, state=AccountState.SUSPENDED),
        _P("session of one who left", _LEAD, state=AccountState.LEFT),
        _P("idle session", _LEAD, strength=Strength.EMAIL, made=300, seen=125),
        _P("idle session of the hub", _EDITOR, made=300, seen=31),
        _P("session of yesterday", _LEAD, strength=Strength.EMAIL, made=60 * 12 + 1),
        _P("ended session", _EDITOR, credential_ended=True),
        _P("suspended token", _LEAD, TokenScope.OWN_CONSULTATIONS, state=AccountState.SUSPENDED),
        _P("revoked token", _LEAD, TokenScope.OWN_CONSULTATIONS, credential_ended=True),
        _P("expired token", _LEAD, TokenScope.OWN_CONSULTATIONS, expires=-1),
    )
}


async def plant_people(session: WriteSession, canaries: Canaries, now: datetime) -> None:
    """All accounts with what opens them, canaries in every text; an open invitation to the own city."""
    for one in PRINCIPALS.values():
        if not one.is_visitor:
            session.add(_account(one, canaries, now))
            await session.flush()
            session.add_all(_belongings(one, canaries, now))
    owner = "invitation of contributor"
    session.add(
        Invitation(
            id=INVITATION, email=canaries.address(Canary("invitation.email", owner)),
            name=canaries.new(Canary("invitation.name", owner)), language="en",
            role=str(Role.CITY_CONTRIBUTOR), cities=[OWN], countries=[],
            token_hash=hash_token(owner), invited_by=canaries.new(Canary("invitation.invited_by", owner)),
            created_at=now, expires_at=now + timedelta(days=7), accepted_at=None, revoked_at=None,
        )
    )  # fmt: skip
    await session.flush()


def _account(one: Principal, canaries: Canaries, now: datetime) -> Account:
    return Account(
        id=one.account_id, email=canaries.address(Canary("account.email", one.key)),
        name=canaries.new(Canary("account.name", one.key)), language="en",
        pseudonym=one.account_id.hex[:16], state=one.state, is_demo=False,
        created_at=now - timedelta(days=30), ended_at=None,
    )  # fmt: skip


def _belongings(
    one: Principal, canaries: Canaries, now: datetime
) -> list[RoleGrant | SignInSession | ApiToken | Passkey | RecoveryCode]:
    def text(of: str) -> str:
        return canaries.new(Canary(of, one.key))

    ended = now - timedelta(minutes=1)
    grants = [
        RoleGrant(
            id=one.id_of("grant"), account_id=one.account_id, role=str(grant.role),
            cities=sorted(grant.area.cities), countries=sorted(grant.area.countries),
            granted_by=text("role_grant.granted_by"), granted_at=now - timedelta(days=30),
            ended_by=text("role_grant.ended_by") if one.roles_ended else None,
            ended_at=ended if one.roles_ended else None,
        )
        for grant in one.grants
    ]  # fmt: skip
    held = SignInSession(
        id=one.session_id, account_id=one.account_id,
        token_hash=hash_token(f"other session of {one.key}" if one.scope else one.secret),
        strength=one.strength, device=text("sign_in_session.device"),
        created_at=now - timedelta(minutes=one.made), seen_at=now - timedelta(minutes=one.seen),
        confirmed_at=now - timedelta(minutes=one.confirmed), must_rotate=False,
        ended_at=ended if one.credential_ended and not one.scope else None,
    )  # fmt: skip
    token = ApiToken(
        id=one.id_of("token"), account_id=one.account_id, name=text("api_token.name"),
        prefix="medina_abcdef",
        token_hash=hash_token(one.secret if one.scope else f"other token of {one.key}"),
        scopes=[str(one.scope or TokenScope.LIBRARY)], ceiling=one.ceiling,
        cities=[one.bound_to] if one.bound_to else [], countries=[], created_at=now - timedelta(days=2),
        expires_at=now + timedelta(minutes=one.expires), used_at=None,
        revoked_at=ended if one.credential_ended and one.scope else None,
    )  # fmt: skip
    passkey = Passkey(
        id=one.id_of("passkey"), account_id=one.account_id,
        credential_id=uuid5(NAMES, f"credential {one.key}").bytes, public_key=b"none", sign_count=0,
        name=text("passkey.name"), transports=[], created_at=now, used_at=None,
    )  # fmt: skip
    code = RecoveryCode(account_id=one.account_id, code_hash="0" * 64, created_at=now, used_at=None)
    return [*grants, held, token, passkey, code]


async def confirm_again(session: WriteSession, one: Principal) -> None:
    """A live session is as fresh as its principal says, however long the walk took to come to it."""
    now = datetime.now(UTC)
    await session.execute(
        update(SignInSession)
        .where(SignInSession.id == one.session_id)
        .values(
            confirmed_at=now - timedelta(minutes=one.confirmed), seen_at=now - timedelta(minutes=one.seen)
        )
    )


class Credential(httpx.Auth):
    """Sends what a principal has in their hands: cookie and form token, or a token."""

    def __init__(self, app: FastAPI, one: Principal) -> None:
        settings: Settings = app.state.settings
        self._one = one
        self._cookie = one.secret
        key = derived_key(settings.secret_key.get_secret_value(), "forms")
        self._form_token = form_token(key, one.session_id.hex)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """One request, as a browser or a program sends it."""
        if self._one.scope is not None:
            request.headers["Authorization"] = f"Bearer {self._one.secret}"
        else:
            if not self._one.is_visitor:
                request.headers["Cookie"] = f"{SESSION_COOKIE}={self._cookie}"
            if request.method not in SAFE_METHODS:
                request.headers.setdefault(FORM_HEADER, self._form_token)
                request.headers.setdefault("Sec-Fetch-Site", "same-origin")
        answer = yield request
        self._cookie = cookie_of(answer) or self._cookie


def client_for(app: FastAPI, key: str) -> httpx.AsyncClient:
    """A client of a principal; errors of the app are raised. Answers come as they are, not packed.

    Other cookies are not kept, so that no answer depends on the one before.
    """
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(loud_app(app)),
        base_url="http://localhost",
        auth=Credential(app, PRINCIPALS[key]),
        headers={"Accept-Encoding": "identity"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    )
