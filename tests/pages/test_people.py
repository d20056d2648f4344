"""People: whom an administrator and the lead of a city see, and what they may do with them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.core.actor import Role
from app.core.credentials import AccountState, Strength
from app.features.accounts.service.invitations import give_role
from app.models.account import Account, Invitation, RoleGrant
from app.models.audit import AuditEntry
from tests.conftest import Client
from tests.factories.accounts import (
    KIRKUK,
    MOSUL,
    Browser,
    Mails,
    make_account,
    signed_in,
    watch_mails,
)
from tests.factories.forms import form_to

PEOPLE: dict[str, list[tuple[Role, list[str]]]] = {
    "admin": [(Role.HUB_ADMIN, [])],
    "admin2": [(Role.HUB_ADMIN, [])],
    "editor": [(Role.HUB_EDITOR, [])],
    "lead": [(Role.CITY_LEAD, [MOSUL])],
    "lead2": [(Role.CITY_LEAD, [MOSUL])],
    "mosul": [(Role.CITY_CONTRIBUTOR, [MOSUL])],
    "kirkuk": [(Role.CITY_CONTRIBUTOR, [KIRKUK])],
    "both": [(Role.CITY_CONTRIBUTOR, [MOSUL]), (Role.CITY_CONTRIBUTOR, [KIRKUK])],
    "nobody": [],
}
"""Who is there, with what; canaries are their names."""


@dataclass
class Town:
    """Accounts by name, and browsers of an administrator and a lead."""

    app: FastAPI
    ids: dict[str, UUID]
    admin: Browser
    lead: Browser
    mails: Mails

    async def state(self, name: str) -> tuple[str, list[tuple[str, list[str]]]]:
        """How an account stands: its state and its roles."""
        async with self.app.state.database.reading() as session:
            state = await session.scalar(select(Account.state).where(Account.id == self.ids[name]))
            rows = await session.execute(
                select(RoleGrant.role, RoleGrant.cities)
                .where(RoleGrant.account_id == self.ids[name], RoleGrant.ended_at.is_(None))
                .order_by(RoleGrant.role)
            )
            return str(state), [(row.role, row.cities) for row in rows]

    async def grant(self, name: str) -> UUID:
        """The first role of an account."""
        async with self.app.state.database.reading() as session:
            found = await session.scalars(
                select(RoleGrant.id).where(RoleGrant.account_id == self.ids[name]).limit(1)
            )
            id_: UUID = found.one()
            return id_


@pytest.fixture
async def town(app: FastAPI, client: Client, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Everybody, two of them signed in."""
    mails = watch_mails(monkeypatch)
    async with app.state.database.writing() as session:
        ids = {
            name: await make_account(session, f"{name}@people.example", *held, name=f"canary-{name}")
            for name, held in PEOPLE.items()
        }
    admin = await signed_in(app, client, ids["admin"])
    lead = await signed_in(app, client, ids["lead"], Strength.EMAIL)
    return Town(app, ids, admin, lead, mails)


def seen(text: str) -> set[str]:
    """Whose names are in an answer; the bar of the demo names the reader."""
    return set(re.findall(r"canary-(\w+)", text[max(text.find("<main"), 0) :]))


async def test_the_list_shows_whom_one_may_manage(town: Town) -> None:
    """Administrators see all, leads the contributors of their city and themselves; as page and as part."""
    part = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#results"}
    for headers in ({}, part):
        everybody = await town.admin.get("/en/people?q=people.example", **headers)
        assert seen(everybody.text) == set(PEOPLE)
        some = await town.lead.get("/en/people", **headers)
        assert seen(some.text) == {"lead", "mosul"}
        assert "2 people" in some.text
        assert set(re.findall(r"(\w+)@people\.example", some.text)) == {"lead", "mosul"}
    assert "no role at present" in everybody.text


SEARCHES = {
    "q=CANARY-MOSUL": {"mosul"},
    "q=mosul@people": {"mosul"},
    "q=kirkuk": set(),
    "q=both": set(),
    "q=editor": set(),
    "q=%25": set(),
    "q=_": set(),
    "q=%00": {"lead", "mosul"},
    "state=active": {"lead", "mosul"},
    "state=suspended": set(),
    "state=nonsense": {"lead", "mosul"},
    "page=2": set(),
    "page=-1": {"lead", "mosul"},
    "page=999999999999": {"lead", "mosul"},
    "q=" + "x" * 300: set(),
}
"""What the lead of a city finds with a search."""


async def test_search_finds_nobody_beyond(town: Town) -> None:
    """Neither by name nor by address, nor by their number."""
    for query, found in SEARCHES.items():
        answer = await town.lead.get(f"/en/people?{query}")
        assert answer.status_code == 200
        page = answer.text.replace('value="CANARY-MOSUL"', "")
        assert seen(page) == found, query
    assert seen((await town.admin.get("/en/people?q=nobody@people")).text) == {"nobody"}
    assert seen((await town.admin.get("/en/people?state=suspended&q=canary")).text) == set()


async def test_a_person_beyond_reach_is_not_there(town: Town) -> None:
    """For a lead as for anybody: the same page as for an account that never was."""
    missing = await town.lead.get(f"/en/people/{UUID(int=7)}")
    assert missing.status_code == 404
    for name in PEOPLE:
        answer = await town.lead.get(f"/en/people/{town.ids[name]}")
        if name in ("lead", "mosul"):
            assert answer.status_code == 200
            assert seen(answer.text) == {name}
        else:
            assert answer.status_code == 404, name
            strange = str(town.ids[name])
            assert _plain(answer.text).replace(strange, str(UUID(int=7))).replace(
                answer.headers["x-request-id"], ""
            ) == _plain(missing.text).replace(missing.headers["x-request-id"], "")
        assert (await town.admin.get(f"/en/people/{town.ids[name]}")).status_code == 200
    own = await town.lead.get(f"/en/people/{town.ids['lead']}")
    assert "/suspend" not in own.text
    assert "/leave" not in own.text


async def test_a_lead_can_do_nothing_beyond_their_contributors(town: Town) -> None:
    """Every action on everybody else: as if they were not there, and nothing has changed."""
    for name in PEOPLE.keys() - {"mosul"}:
        before = await town.state(name)
        base = f"/en/people/{town.ids[name]}"
        grant = await town.grant(name) if PEOPLE[name] else UUID(int=7)
        for path in ("suspend", "reinstate", "leave", f"roles/{grant}/end"):
            assert (await town.lead.post(f"{base}/{path}")).status_code == 404, (name, path)
        given = await town.lead.post(f"{base}/roles", {"role": "city contributor", "cities": MOSUL})
        assert given.status_code == 404, name
        assert await town.state(name) == before
    for name in ("admin", "admin2"):  # nor an administrator among equals
        base = f"/en/people/{town.ids[name]}"
        for path in ("suspend", "leave", f"roles/{await town.grant(name)}/end"):
            assert (await town.admin.post(f"{base}/{path}")).status_code == 404, (name, path)


async def test_a_lead_and_a_contributor(town: Town) -> None:
    """Suspended, let in again, and without the last role: beyond reach, and no page breaks by it."""
    base = f"/en/people/{town.ids['mosul']}"
    assert (await town.lead.post(f"{base}/suspend")).status_code == 303
    assert await town.state("mosul") == ("suspended", [("city contributor", [MOSUL])])
    page = await town.lead.get(f"{base}?said=suspended")
    assert "all its sessions have ended" in page.text
    assert 'action="/en/people/' in page.text
    assert (
        await town.lead.post(f"{base}/roles", {"role": "city contributor", "cities": MOSUL})
    ).status_code == 409
    assert (await town.lead.post(f"{base}/reinstate")).status_code == 303
    for role, city in (("city lead", MOSUL), ("city contributor", KIRKUK), ("hub admin", MOSUL), ("", MOSUL)):
        wrong = await town.lead.post(f"{base}/roles", {"role": role, "cities": city})
        assert wrong.status_code == 422, role
        assert 'id="error-summary"' in wrong.text
    assert await town.state("mosul") == ("active", [("city contributor", [MOSUL])])
    ended = await town.lead.post(f"{base}/roles/{await town.grant('mosul')}/end")
    assert (ended.status_code, ended.headers["location"]) == (303, "/en/people")
    assert await town.state("mosul") == ("active", [])
    assert (await town.lead.get(base)).status_code == 404
    kinds = [mail.kind for mail in town.mails.to("mosul@people.example")]
    assert kinds == ["role-changed", "role-changed"]
    assert all(MOSUL not in mail.body_text for mail in town.mails.sent)


async def test_an_administrator_and_everybody_below(town: Town) -> None:
    """Roles given and ended, somebody leaves for good; every step is in the audit."""
    base = f"/en/people/{town.ids['nobody']}"
    form = form_to((await town.admin.get(base)).text, f"{base}/roles")
    assert "hub admin" not in form.offered["role"]
    assert {"hub editor", "city lead", "practitioner", "auditor"} <= set(form.offered["role"])
    given = await town.admin.post(f"{base}/roles", {"role": "city lead", "cities": [MOSUL, KIRKUK]})
    assert (given.status_code, given.headers["location"]) == (303, f"{base}?said=role-given")
    again = await town.admin.post(f"{base}/roles", {"role": "city lead", "cities": [KIRKUK, MOSUL]})
    assert again.status_code == 303
    assert await town.state("nobody") == ("active", [("city lead", [KIRKUK, MOSUL])])
    for data in (
        {"role": "hub admin"},
        {"role": "city lead"},
        {"role": "city lead", "cities": "xx-nowhere"},
        {"role": "city lead", "cities": MOSUL, "countries": "IQ"},
        {"role": "visitor"},
    ):
        assert (await town.admin.post(f"{base}/roles", data)).status_code == 422, data
    assert (await town.admin.post(f"{base}/leave")).status_code == 303
    assert await town.state("nobody") == ("left", [])
    left = await town.admin.get(base)
    assert "nobody@people.example" not in left.text
    assert 'action="/en/people/' not in left.text
    for path, status in (("reinstate", 303), ("suspend", 303)):
        assert (await town.admin.post(f"{base}/{path}")).status_code == status
        assert (await town.state("nobody"))[0] == AccountState.LEFT
    async with town.app.state.database.reading() as session:
        rows = await session.execute(
            select(AuditEntry.route, AuditEntry.outcome).where(
                AuditEntry.object_id == str(town.ids["nobody"]), AuditEntry.event == "write"
            )
        )
        noted = [row.route for row in rows]
    assert noted.count("person.role.give") == 2
    assert noted.count("person.leave") == 1


async def test_inviting_and_taking_back(town: Town) -> None:
    """The mail goes to the address in its language and holds the only way in; taken back it is dead."""
    new = "/en/people/invitations/new"
    form = form_to((await town.lead.get(new)).text, new)
    assert form.offered["role"] == ["city contributor"]
    assert form.offered["cities"] == [MOSUL]
    assert "countries" not in form.offered
    good = {"email": "New@Example.org", "name": "سارة", "language": "ar", "role": "city contributor"}
    sent = await town.lead.post(new, {**good, "cities": MOSUL})
    assert (sent.status_code, sent.headers["location"]) == (303, "/en/people/invitations?said=invited")
    (mail,) = town.mails.to("new@example.org")
    assert (mail.kind, mail.language) == ("invitation", "ar")
    path = town.mails.link("new@example.org")
    assert path.startswith("/ar/invitations/")
    page = await town.lead.get("/en/people/invitations")
    assert "new@example.org" in page.text
    assert path.rpartition("/")[2] not in page.text
    for wrong in (
        {**good, "cities": KIRKUK},
        {**good, "cities": []},
        {**good, "cities": MOSUL, "role": "city lead"},
        {**good, "cities": MOSUL, "email": "no address"},
        {**good, "cities": MOSUL, "email": "a@example.org\r\nBcc: b@example.org"},
        {**good, "cities": MOSUL, "language": "xx"},
        {**good, "cities": MOSUL, "name": " "},
    ):
        answer = await town.lead.post(new, wrong)
        assert answer.status_code == 422, wrong
        assert 'value="سارة"' in answer.text or wrong["name"] == " "
    assert len(town.mails.sent) == 1

    hub = await town.admin.post(new, {**good, "email": "x@hub.example", "role": "hub editor"})
    assert hub.status_code == 303
    assert "x@hub.example" not in (await town.lead.get("/en/people/invitations")).text
    assert "x@hub.example" in (await town.admin.get("/en/people/invitations")).text
    async with town.app.state.database.reading() as session:
        rows = await session.execute(select(Invitation.email, Invitation.id))
        ids = {row.email: row.id for row in rows}
    refused = await town.lead.post(f"/en/people/invitations/{ids['x@hub.example']}/revoke")
    assert refused.status_code == 404
    taken = await town.lead.post(f"/en/people/invitations/{ids['new@example.org']}/revoke")
    assert taken.status_code == 303
    stranger = Browser(town.lead.client)
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.post(path)).status_code == 404
    assert (await stranger.get(town.mails.link("x@hub.example"))).status_code == 200
    page = await town.lead.get("/en/people/invitations")
    assert "/revoke" not in page.text


async def test_who_manages_nobody_finds_no_people(town: Town, client: Client) -> None:
    """Neither editors nor contributors nor strangers; and no link leads them here."""
    now = datetime.now(UTC)
    browsers = [Browser(client)]
    for name in ("editor", "mosul", "nobody"):
        browsers.append(await signed_in(town.app, client, town.ids[name], at=now))
    for browser in browsers:
        for path in ("/en/people", f"/en/people/{town.ids['mosul']}", "/en/people/invitations"):
            answer = await browser.get(path)
            assert answer.status_code == 404, path
            assert seen(answer.text) == set()
        assert 'href="/en/people"' not in (await browser.get("/en/")).text
    assert 'href="/en/people"' in (await town.lead.get("/en/")).text


def _plain(page: str) -> str:
    """A page without the tokens of its forms, which differ each time."""
    return re.sub(r'(name="form_token" value=")[^"]*', r"\1", page)


async def test_who_administers_a_country_names_its_cities(app: FastAPI, client: Client) -> None:
    """Its form offers them, and they are accepted; cities of other countries and everywhere are not."""
    async with app.state.database.writing() as session:
        chief = await make_account(session, "chief@people.example")
        await give_role(
            session, chief, Role.HUB_ADMIN, [], ["IQ"], granted_by="system", now=datetime.now(UTC)
        )
        kirkuk = await make_account(session, "k@people.example", (Role.CITY_CONTRIBUTOR, [KIRKUK]))
        rabat = await make_account(session, "r@people.example", (Role.CITY_CONTRIBUTOR, ["ma-rabat"]))
        nowhere = await make_account(session, "n@people.example")
    admin = await signed_in(app, client, chief)
    page = await admin.get(f"/en/people/{kirkuk}")
    assert f'value="{MOSUL}"' in page.text
    assert 'value="ma-rabat"' not in page.text
    for asked, status in (
        ({"role": "city lead", "cities": [MOSUL]}, 303),
        ({"role": "partner", "countries": ["IQ"]}, 303),
        ({"role": "city lead", "cities": ["ma-rabat"]}, 422),
        ({"role": "partner", "countries": ["MA"]}, 422),
        ({"role": "partner"}, 422),
    ):
        answer = await admin.post(f"/en/people/{kirkuk}/roles", data=asked)
        assert answer.status_code == status, asked
    for beyond in (rabat, nowhere):
        assert (await admin.get(f"/en/people/{beyond}")).status_code == 404
