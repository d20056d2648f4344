"""Who may call which route: the one table, deny by default.

A route without an entry stops the app at start. Which *records* a caller may see is decided
in the rules and statements of the slices; here it is only decided who may knock, what a token
needs for it, and what of it is noted in the audit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts

from app.core.actor import Actor, Role, TokenScope
from app.core.errors import Forbidden, NotFound
from app.core.messages import noop


@dataclass(frozen=True, slots=True)
class Access:
    """What a route asks of its callers.

    `roles`: who may knock. `token`: the scope a token needs; None: no tokens here.
    `event`: what the audit calls a successful call; None: nothing is noted of it.
    `is_confirmed`: the caller has proven to be there within the last minutes (step-up).
    """

    roles: frozenset[Role]
    token: TokenScope | None = None
    event: str | None = None
    is_confirmed: bool = False


EVERYBODY = frozenset(Role)
SIGNED_IN = frozenset({Role.SIGNED_IN})
OFFICIALS = frozenset({Role.CITY_CONTRIBUTOR, Role.CITY_LEAD})
LEADS = frozenset({Role.CITY_LEAD})
REVIEWERS = frozenset({Role.REVIEWER, Role.HUB_EDITOR})
READERS = REVIEWERS | {Role.HUB_ANALYST}
EDITORS = frozenset({Role.HUB_EDITOR})

AUDITORS = frozenset({Role.AUDITOR})
PEOPLE = frozenset({Role.HUB_ADMIN, Role.CITY_LEAD})

TOKEN_LACKS_SCOPE = noop("This token may not be used for this; it needs the scope %(scope)s.")
NO_TOKENS_HERE = noop("Tokens are for the interface only; this address is for people.")


def _open(token: TokenScope | None = None) -> Access:
    return Access(EVERYBODY, token)


def _reading(roles: Iterable[Role]) -> Access:
    return Access(frozenset(roles), event="read")


def _writing(roles: Iterable[Role], *, is_confirmed: bool = False) -> Access:
    return Access(frozenset(roles), event="write", is_confirmed=is_confirmed)


def _signing_in() -> Access:
    return Access(EVERYBODY, event="sign-in")


POLICY: Mapping[str, Access] = {
    # health and documents
    "live": _open(),
    "ready": _open(),
    "openapi": _open(),
    "docs": _open(),
    "csp.report": _open(),
    # pages
    "root": _open(),
    "home": _open(),
    "demo.sign-in": _signing_in(),
    "impact": _open(),
    "evidence": _open(),
    "privacy": _open(),
    "about": _open(),
    "practices": _open(),
    "practices.csv": _open(),
    "practice": _open(),
    "practice.cite": _open(),
    "correction": _open(),
    "correction.send": _writing(EVERYBODY),
    "correction.sent": _open(),
    "compare": _open(),
    "compare.xlsx": _open(),
    "compare.csv": _open(),
    "compare.cities": _open(),
    "compare.cities.xlsx": _open(),
    "compare.cities.csv": _open(),
    "cities": _open(),
    "city": _open(),
    "events": _open(),
    "event": _open(),
    "consultations": _reading(EVERYBODY),
    "consultation.new": _open(),
    "consultation.start": _writing(OFFICIALS),
    "consultation": _reading(EVERYBODY),
    "consultation.check": _reading(OFFICIALS),
    "consultation.submit": _writing(LEADS),
    "consultation.discard": _writing(LEADS),
    "consultation.withdraw": _writing(LEADS),
    "consultation.section": _reading(OFFICIALS),
    "consultation.section.save": _writing(OFFICIALS),
    "consultation.section.draft": _writing(OFFICIALS),
    # accounts
    "sign-in": _open(),
    "sign-in.ask": _open(),
    "sign-in.code": _open(),
    "sign-in.code.use": _signing_in(),
    "sign-in.link": _open(),
    "sign-in.link.use": _signing_in(),
    "sign-in.sso": _open(),
    "sign-in.sso.back": _open(),
    "sign-in.sso.use": _signing_in(),
    "sign-out": Access(EVERYBODY, event="sign-out"),
    "passkey.sign-in.options": _open(),
    "passkey.sign-in": _signing_in(),
    "invitation": _open(),
    "invitation.accept": _signing_in(),
    "confirm": Access(SIGNED_IN),
    "confirm.mail": Access(SIGNED_IN, event="confirm"),
    "confirm.code": Access(SIGNED_IN, event="confirm"),
    "confirm.recovery": Access(SIGNED_IN, event="confirm"),
    "confirm.passkey.options": Access(SIGNED_IN),
    "confirm.passkey": Access(SIGNED_IN, event="confirm"),
    "account": Access(SIGNED_IN),
    "account.save": _writing(SIGNED_IN),
    "account.address": _writing(SIGNED_IN, is_confirmed=True),
    "account.address.confirm": Access(SIGNED_IN),
    "account.address.change": _writing(SIGNED_IN),
    "account.devices.end": _writing(SIGNED_IN),
    "account.device.end": _writing(SIGNED_IN),
    "account.recovery-codes": _writing(SIGNED_IN, is_confirmed=True),
    "account.token.make": _writing(SIGNED_IN, is_confirmed=True),
    "account.token.end": _writing(SIGNED_IN),
    "account.sso.link": Access(SIGNED_IN, is_confirmed=True),
    "account.sso.use": _writing(SIGNED_IN),
    "account.sso.unlink": _writing(SIGNED_IN, is_confirmed=True),
    "passkey.new.options": Access(SIGNED_IN),
    "passkey.new": _writing(SIGNED_IN),
    "passkey.remove": _writing(SIGNED_IN, is_confirmed=True),
    # people
    "people": _reading(PEOPLE),
    "person": _reading(PEOPLE),
    "person.role.give": _writing(PEOPLE, is_confirmed=True),
    "person.role.end": _writing(PEOPLE, is_confirmed=True),
    "person.token.end": _writing(PEOPLE, is_confirmed=True),
    "person.suspend": _writing(PEOPLE, is_confirmed=True),
    "person.reinstate": _writing(PEOPLE, is_confirmed=True),
    "person.leave": _writing(PEOPLE, is_confirmed=True),
    "people.invitations": _reading(PEOPLE),
    "people.invite": Access(PEOPLE, is_confirmed=True),
    "people.invite.send": _writing(PEOPLE, is_confirmed=True),
    "people.invitation.revoke": _writing(PEOPLE, is_confirmed=True),
    # hub staff
    "manage": Access(EDITORS),
    "manage.practices": Access(EDITORS),
    "manage.practice.new": Access(EDITORS),
    "manage.practice.create": _writing(EDITORS),
    "manage.practice": Access(EDITORS),
    "manage.practice.save": _writing(EDITORS),
    "manage.practice.preview": Access(EDITORS),
    "manage.places": Access(EDITORS),
    "manage.place.new": Access(EDITORS),
    "manage.place.create": _writing(EDITORS),
    "manage.place": Access(EDITORS),
    "manage.place.save": _writing(EDITORS),
    "manage.sources": Access(EDITORS),
    "manage.source.new": Access(EDITORS),
    "manage.source.create": _writing(EDITORS),
    "manage.source": Access(EDITORS),
    "manage.source.save": _writing(EDITORS),
    "manage.synonyms": Access(EDITORS),
    "manage.synonym.new": Access(EDITORS),
    "manage.synonym.create": _writing(EDITORS),
    "manage.synonym": Access(EDITORS),
    "manage.synonym.save": _writing(EDITORS),
    "manage.records": Access(EDITORS),
    "manage.record.new": Access(EDITORS),
    "manage.record.create": _writing(EDITORS),
    "manage.record": Access(EDITORS),
    "manage.record.save": _writing(EDITORS),
    "manage.corrections": Access(EDITORS),
    "manage.correction.mark": _writing(EDITORS),
    "manage.consultation": _reading(READERS),
    "manage.consultation.statement": _writing(REVIEWERS),
    "manage.consultation.review": _writing(REVIEWERS),
    "manage.consultation.note": _writing(REVIEWERS),
    "manage.consultation.return": _writing(EDITORS),
    "manage.consultation.preview": _reading(EDITORS),
    "manage.consultation.publish": _writing(EDITORS, is_confirmed=True),
    "manage.consultation.archive": _writing(EDITORS),
    # audit
    "audit": Access(AUDITORS, event="audit.read"),
    "audit.csv": Access(AUDITORS, event="export", is_confirmed=True),
    # API
    "api.practices": _open(TokenScope.LIBRARY),
    "api.practice": _open(TokenScope.LIBRARY),
    "api.consultations": Access(EVERYBODY, TokenScope.OWN_CONSULTATIONS, event="read"),
    "api.consultation": Access(EVERYBODY, TokenScope.OWN_CONSULTATIONS, event="read"),
    "api.consultation.file": Access(OFFICIALS, TokenScope.FILE_CONSULTATIONS, "write"),
    "api.comparisons.practices": _open(TokenScope.LIBRARY),
    "api.cities": _open(TokenScope.LIBRARY),
    "api.city": _open(TokenScope.LIBRARY),
    "api.events": _open(TokenScope.LIBRARY),
    "api.event": _open(TokenScope.LIBRARY),
    "api.support": _open(TokenScope.AGGREGATE),
    "api.figures": _open(TokenScope.AGGREGATE),
    "api.vocabulary": _open(TokenScope.LIBRARY),
}


def check_every_route(app: FastAPI) -> None:
    """Refuse to start when a route has no entry in the table, or the table has one too many."""
    declared = {route.name or "" for route in walk(app)}
    missing, unused = declared - POLICY.keys(), POLICY.keys() - declared
    if missing or unused:
        raise RuntimeError(
            f"Routes without a policy: {sorted(missing)}; policies without a route: {sorted(unused)}"
        )


def walk(app: FastAPI) -> list[RouteContext]:
    """All routes that run our code; the folder of static files is none."""
    return [route for route in iter_route_contexts(app.routes) if route.methods]


def authorize(access: Access, actor: Actor) -> None:
    """Let the caller through, or say that there is nothing here: `NotFound`, for tokens `Forbidden`."""
    if actor.token is not None:
        if access.token is None:
            raise Forbidden(NO_TOKENS_HERE)
        if access.token not in actor.token:
            raise Forbidden(TOKEN_LACKS_SCOPE, scope=str(access.token))
    if actor.roles.isdisjoint(access.roles):
        raise NotFound()
