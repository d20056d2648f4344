"""Tokens for programs: made with bounds on one's own page, ended there and by whoever manages the account."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.core.actor import Role
from app.core.credentials import Strength
from app.models.account import ApiToken
from tests.conftest import As, Client
from tests.factories.accounts import KIRKUK, MOSUL, make_account, signed_in

MAKE = "/en/account/tokens"
_TOKEN = re.compile(r'class="secret" dir="ltr">([^<]+)<')
DRAFT = {"place": MOSUL, "submit": False}
WHOLE = {"scopes": ["read:own-consultations", "write:consultations"], "ceiling": "hub"}


def _asked(**changes: Any) -> dict[str, Any]:
    return {"token_name": "Statistics", "scopes": ["read:library"], "days": "30", **changes}


async def test_a_token_is_bound_as_it_was_asked(app: FastAPI, client: Client) -> None:
    """Without a choice: the library, what is public; else uses, step and places as chosen."""
    async with app.state.database.writing() as session:
        owner = await make_account(session, "a@a.example", (Role.CITY_LEAD, [MOSUL, KIRKUK]))
    browser = await signed_in(app, client, owner)
    assert _TOKEN.search((await browser.post(MAKE, data=_asked())).text)
    page = await browser.post(MAKE, data=_asked(**WHOLE, cities=[KIRKUK]))
    assert "Only for: Kirkuk" in page.text
    async with app.state.database.reading() as session:
        made = (await session.scalars(select(ApiToken).order_by(ApiToken.created_at))).all()
    bounds = [(one.scopes, str(one.ceiling), one.cities, one.countries) for one in made]
    assert bounds == [
        (["read:library"], "public", [], []),
        (["read:own-consultations", "write:consultations"], "hub", [KIRKUK], []),
    ]


REFUSED = [
    ({"scopes": ["write:consultations"], "ceiling": "partners"}, "choose the last step"),
    ({"cities": ["iq-basra"]}, "Choose places from the list"),
    ({"countries": ["IQ"]}, "Choose places from the list"),
    ({"ceiling": "everything"}, "field-error"),
    ({"scopes": []}, "field-error"),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED)
async def test_what_does_not_go_together_is_refused(
    app: FastAPI, client: Client, changes: dict[str, Any], said: str
) -> None:
    """With a word beside the field, what was typed, and no token."""
    async with app.state.database.writing() as session:
        owner = await make_account(session, "a@a.example", (Role.CITY_LEAD, [MOSUL]))
    browser = await signed_in(app, client, owner)
    answer = await browser.post(MAKE, data=_asked(**changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Statistics"' in answer.text
    async with app.state.database.reading() as session:
        assert (await session.scalars(select(ApiToken))).all() == []


async def test_a_program_reads_up_to_its_ceiling(app: FastAPI, client: Client, as_persona: As) -> None:
    """The same owner: whole consultations, those of one city, or what is published of them."""
    async with app.state.database.writing() as session:
        owner = await make_account(session, "a@a.example", (Role.CITY_LEAD, [MOSUL, KIRKUK]))
    browser = await signed_in(app, client, owner)
    program = as_persona("visitor")

    async def listed(**changes: Any) -> set[str]:
        page = await browser.post(MAKE, data=_asked(scopes=["read:own-consultations"], **changes))
        found = _TOKEN.search(page.text)
        assert found
        program.headers["Authorization"] = f"Bearer {found[1]}"
        answer = await program.get("/api/v1/consultations", params={"state": "draft"})
        return {one["id"] for one in answer.json()["items"]}

    program.headers["Authorization"] = ""
    whole = await listed(ceiling="hub")
    assert await listed(ceiling="hub", cities=[MOSUL]) | await listed(ceiling="hub", cities=[KIRKUK]) == whole
    filed = await listed(ceiling="partners")
    assert filed.isdisjoint(whole)


async def test_who_manages_an_account_ends_its_tokens(app: FastAPI, client: Client, as_persona: As) -> None:
    """From the page of the person; the next request is without rights; others find nothing."""
    async with app.state.database.writing() as session:
        owner = await make_account(session, "a@a.example", (Role.CITY_CONTRIBUTOR, [MOSUL]))
        boss = await make_account(session, "boss@hub.example", (Role.HUB_ADMIN, []))
        lead = await make_account(session, "lead@b.example", (Role.CITY_LEAD, [KIRKUK]))
    browser = await signed_in(app, client, owner)
    made = _TOKEN.search((await browser.post(MAKE, data=_asked(**WHOLE))).text)
    assert made
    program = as_persona("visitor")
    program.headers["Authorization"] = f"Bearer {made[1]}"
    assert (await program.post("/api/v1/consultations", json=DRAFT)).status_code == 201
    admin, other = await signed_in(app, client, boss), await signed_in(app, client, lead, Strength.EMAIL)
    page = await admin.get(f"/en/people/{owner}")
    assert "Statistics" in page.text
    end = re.search(rf'action="(/en/people/{owner}/tokens/[^"]+/end)"', page.text)
    assert end
    assert (await other.post(end[1])).status_code == 404
    assert (await admin.post(end[1].replace(str(owner), str(lead)))).status_code == 404
    assert (await program.get("/api/v1/consultations")).status_code == 200
    assert (await admin.post(end[1])).status_code == 303
    assert "Statistics" not in (await admin.get(f"/en/people/{owner}")).text
    assert (await program.post("/api/v1/consultations", json=DRAFT)).status_code == 404
