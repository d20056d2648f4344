"""Every address of the app, with real records in the places of its parameters."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.features.consultations.rules.questionnaire import SECTIONS
from app.models import Base
from app.models.published import PublishedRecord
from app.routers.pages.manage.hub_kinds import HUB_KINDS
from app.web.policy import walk

_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
MOST_OF_A_KIND = 3
NOBODY = "00000000-0000-4000-8000-000000000000"
"""Stands where the demo content has no record of a kind."""

ENDS = frozenset(
    {"sign-out", "demo.sign-in", "sign-in.sso", "sign-in.sso.back", "sign-in.sso.use"}
) | frozenset({"account.sso.link", "account.sso.use", "account.sso.unlink"})
"""Routes after which nobody is who they were, or that speak to another machine: a walk leaves them out."""

Values = Mapping[str, Sequence[str]]
"""Values by the part of the path before a parameter (`practices`), or by the parameter's own name."""

_RECORD, _PAIR = "{kind}/{slug}", "{record}"
"""A record of the hub is found by its kind and its name together."""

_TABLES = {
    "consultations": [("consultation", "id")],
    "practices": [("practice", "slug")],
    "corrections": [("correction_suggestion", "id")],
    "people": [("account", "id")],
    "roles": [("role_grant", "id")],
    "invitations": [("invitation", "id")],
    "devices": [("sign_in_session", "id")],
    "passkeys": [("passkey", "id")],
    "tokens": [("api_token", "id")],
    "cities": [("place", "id")],
    "places": [("place", "id")],
    "events": [("event", "slug")],
    "support": [("support", "slug")],
    "figures": [("figure", "slug")],
    "sources": [("source", "key")],
    "synonyms": [("synonym_set", "id")],
    "statements": [
        ("statement", "slug"),
        *((section, "id") for section in ("concern", "approach", "asset", "gap", "need")),
    ],
}


@dataclass(frozen=True, slots=True)
class Address:
    """One path of one route."""

    route: str
    method: str
    path: str


async def load_values(session: AsyncSession) -> dict[str, list[str]]:
    """Some records of every kind: the first ones, and those that are published."""
    values: dict[str, list[str]] = {
        "section": list(SECTIONS),
        "form": ["bib", "ris", "txt"],
        "kind": list(HUB_KINDS),
        "record": [],
        "token": ["a-token-of-nobody"],
    }
    for kind, hub_kind in HUB_KINDS.items():
        table = Base.metadata.tables[hub_kind.code]
        slug = await session.scalar(select(table.c.slug).order_by(table.c.slug).limit(1))
        values["record"].append(f"{kind}/{slug or NOBODY}")
    for part, tables in _TABLES.items():
        for name, key in tables:
            table = Base.metadata.tables[name]
            rows = await session.scalars(select(table.c[key]).order_by(table.c[key]).limit(MOST_OF_A_KIND))
            values.setdefault(part, []).extend(str(row) for row in rows)
        values[part] = values[part] or [NOBODY]
    published = await session.execute(
        select(PublishedRecord.kind, PublishedRecord.slug).order_by(PublishedRecord.slug)
    )
    for kind, slug in published:
        of = values.get({"practice": "practices", "event": "events"}.get(kind, ""), [])
        if slug not in of and len(of) < MOST_OF_A_KIND + 2:
            of.append(slug)
    return values


def addresses(app: FastAPI, values: Values, languages: Sequence[str]) -> Iterator[Address]:
    """All addresses; fails for a parameter that nobody knows a value for."""
    for route in walk(app):
        if route.name in ENDS:
            continue
        path = str(route.path).replace(_RECORD, _PAIR)
        choices = [_choices(path, found, values, languages) for found in _PARAMETER.finditer(path)]
        for chosen in product(*choices):
            filled = path
            for value in chosen:
                filled = _PARAMETER.sub(value, filled, count=1)
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield Address(str(route.name), method, filled)


def _choices(path: str, found: re.Match[str], values: Values, languages: Sequence[str]) -> Sequence[str]:
    name = found[1]
    if name == "lang":
        return languages
    before = path[: found.start()].rstrip("/").rpartition("/")[2]
    for key in (name, before):
        if values.get(key):
            return values[key]
    raise LookupError(f"No value for {name} of {path}: add one to tests/factories/walk.py")


def text_columns(table: Table) -> list[Any]:
    """The columns of a table that hold people's words: no keys, codes, dates or parts of a mechanism."""
    mechanical = ("_edtf", "_version", "_by", "_period", "_until", "_basis", "time_frame")
    return [
        column
        for column in table.columns
        if str(column.type) == "TEXT" and not column.name.endswith(mechanical)
    ]
