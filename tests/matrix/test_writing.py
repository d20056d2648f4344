"""Everything that can be sent, as everybody who may not: refused, and nothing has changed."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
from sqlalchemy import select

from app.core.scope import SYSTEM
from app.models.account import SignInSession
from tests.databases import Templates
from tests.factories.canaries import numbers_in
from tests.factories.principals import OWN, PRINCIPALS, client_for
from tests.factories.tables import dump
from tests.factories.walk import NOBODY, Address
from tests.matrix.bodies import ANY_FORM, FORMS, filing
from tests.matrix.expected import COLUMN_OF, FINDS, MANAGES, OWNED, PEERS, REVOKES
from tests.matrix.judge import finds, statuses
from tests.matrix.test_reading import SLICE
from tests.matrix.world import World, words_of, world

IS_SMALL = os.environ.get("MEDINA_MATRIX") == "small"
OTHERS = (
    "contributor A", "lead B same country", "editor", "admin", "admin long unconfirmed", "auditor",
    "former member", "practitioner",
)  # fmt: skip
"""Whose accounts and belongings others try to change."""
FILES_FOR_OWN = ("contributor A", "lead A", "token write:consultations")
NOTED = frozenset({"audit_entry", "audit_head", "throttle_count", "sign_in_session"})
"""Tables in which a refusal leaves a trace on purpose; of sessions only the times may move."""


async def test_writing_as_everybody_who_may_not(
    engine: str, filled_url: str, templates: Templates, tmp_path: Path
) -> None:
    """Every unsafe route, with a body that would do it: refused, no row is other, no mail goes out."""
    wrong: list[str] = []
    cells = 0
    async with world(engine, filled_url, templates, tmp_path, is_small=True) as made:
        before = await _state(made)
        for principal in SLICE if IS_SMALL else PRINCIPALS:
            if IS_SMALL and COLUMN_OF[principal] == "visitor" != principal:
                continue
            await made.refresh(principal)
            async with client_for(made.app, principal) as client:
                for address, refusals in _forbidden(made, principal):
                    answer = await _send(client, address)
                    cells += 1
                    if answer.status_code not in refusals:
                        wrong.append(f"{principal} {address.route} {address.path}: {answer.status_code}")
                    if numbers_in(words_of(answer)) and principal not in ("lead A", "admin", "editor"):
                        wrong.append(f"{principal} {address.route}: a canary in the refusal")
            after = await _state(made)
            changed = [name for name in before if before[name] != after[name]]
            if changed:
                wrong.append(f"{principal} has changed {changed}")
                before = after
        mails = list((tmp_path / "mail").glob("**/*"))
    assert "\n".join(wrong) == ""
    assert mails == [], "nobody is told of a refusal"
    assert cells > (1_000 if IS_SMALL else 3_000)


async def _state(made: World) -> dict[str, object]:
    rows: dict[str, object] = dict(await dump(made.database, NOTED))
    async with made.database.reading(SYSTEM) as session:
        sessions = await session.execute(
            select(
                SignInSession.id, SignInSession.account_id, SignInSession.token_hash,
                SignInSession.strength, SignInSession.ended_at, SignInSession.must_rotate,
            ).order_by(SignInSession.id)
        )  # fmt: skip
        rows["sign_in_session"] = [tuple(row) for row in sessions]
    return rows


async def _send(client: httpx.AsyncClient, address: Address) -> httpx.Response:
    if address.route == "api.consultation.file":
        return await client.post(address.path, json=filing(OWN))
    return await client.request(address.method, address.path, data=FORMS.get(address.route, ANY_FORM))


def _forbidden(made: World, principal: str) -> Iterator[tuple[Address, frozenset[int]]]:
    """What a principal may not do, with the answers that say so."""
    for address in _each(made, principal):
        refused = statuses(principal, address.route)
        if refused is not None:
            yield address, refused
        elif _is_foreign(made, principal, address):
            yield address, _nothing_there(made, address)
        elif address.route == "api.consultation.file" and principal not in FILES_FOR_OWN:
            yield address, frozenset({422})


def _nothing_there(made: World, address: Address) -> frozenset[int]:
    """404; 409 tells the hub only that a city is at work on what it was sent before."""
    one = made.object_at(address)
    return frozenset({404, 409}) if one is not None and one.state == "returned" else frozenset({404})


def _each(made: World, principal: str) -> Iterator[Address]:
    """All unsafe addresses; of routes about accounts and their belongings one for every account."""
    for address in made.addresses("unsafe", ["en"]):
        about = next((part for part in (*OWNED, *MANAGES) if address.route == part), None)
        if about is None:
            yield address
            continue
        is_shut = statuses(principal, address.route) is not None
        for other in OTHERS[:1] if is_shut else (*OTHERS, principal):
            if not PRINCIPALS[other].is_visitor:
                yield Address(address.route, address.method, _path(address, other))


def _path(address: Address, other: str) -> str:
    ids = made_ids(other)
    parts = address.path.split("/")
    for number, part in enumerate(parts[:-1]):
        if part in ids:
            parts[number + 1] = ids[part]
    return "/".join(parts)


def made_ids(key: str) -> dict[str, str]:
    """What belongs to a principal, by the word before it in addresses."""
    one = PRINCIPALS[key]
    return {
        "people": str(one.account_id), "roles": str(one.id_of("grant")), "devices": str(one.session_id),
        "passkeys": str(one.id_of("passkey")), "tokens": str(one.id_of("token")),
    }  # fmt: skip


def _is_foreign(made: World, principal: str, address: Address) -> bool:
    """Whether what an address names is not a principal's to change."""
    one = made.object_at(address)
    if address.route in FINDS:
        return one is None or not finds(principal, address.route, one)
    owner = next(
        (key for key in PRINCIPALS if set(made_ids(key).values()) & set(address.path.split("/"))), NOBODY
    )
    if address.route in OWNED:
        return owner != principal
    if address.route in MANAGES:
        if COLUMN_OF[principal] == "admin":
            return owner in PEERS
        return owner not in MANAGES[address.route].get(principal, ())
    return address.route == "people.invitation.revoke" and principal not in REVOKES


__all__ = ["made_ids"]
