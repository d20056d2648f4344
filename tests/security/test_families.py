"""Families of vulnerabilities that systems like ours had (V1 to V20 in docs/security.md), one by one.

What the matrix walks through as a whole is not repeated; docs/security.md says which test holds which.
"""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select, update

from app.core.scope import SYSTEM
from app.features.mail.rules import NOBODY
from app.models.account import Account, Invitation, RoleGrant, SignInSession
from app.models.consultation import Need
from app.models.mail import OutboxMail
from app.web.identity import FORM_HEADER
from app.web.origins import SAFE_METHODS
from app.web.security import SESSION_COOKIE
from tests.factories.canaries import numbers_in
from tests.factories.objects import Object
from tests.factories.people import cookie_of
from tests.factories.principals import FAR, INVITATION, NEAR, OWN, PRINCIPALS, client_for
from tests.factories.tables import dump
from tests.matrix.judge import may_see, standing
from tests.matrix.test_writing import NOTED
from tests.matrix.world import World, masked, words_of

TRACES = NOTED
_LINKS = re.compile(r'(?:href|action|hx-get|hx-post)="(/[^"#]*)')


def _id(made: World, place: str, state: str) -> str:
    return next(id_ for id_, one in made.objects.items() if one == Object(place, state))


async def test_v1_tokens_stay_in_their_city(made: World) -> None:
    """A token reads its own city, under every name of the host that is ours; under others nothing."""
    async with client_for(made.app, "token read:own-consultations") as client:
        own, foreign = (f"/api/v1/consultations/{_id(made, place, 'submitted')}" for place in (OWN, FAR))
        assert (await client.get(own)).status_code == 200
        assert (await client.get(foreign)).status_code == 404
        assert (await client.get(own, headers={"Host": "elsewhere.example"})).status_code == 400


@pytest.mark.parametrize("key", ["lead A", "analyst of MA", "editor", "visitor"])
async def test_v3_lists_hold_what_the_oracle_counts(key: str, made: World) -> None:
    """Whole lists over all pages, of every state: exactly the objects that the table gives."""
    found: set[str] = set()
    async with client_for(made.app, key) as client:
        for state in ("draft", "submitted", "in review", "published", "archived"):
            path: str | None = f"/api/v1/consultations?state={state}"
            while path:
                told = (await client.get(path)).json()
                found |= {item["id"] for item in told["items"]}
                path = told["next"]
    found &= set(made.objects)
    is_whole = {"own", "hub"} & {standing(key, place) for place in (OWN, NEAR, FAR)}
    expected = {
        id_
        for id_, one in made.objects.items()
        if (standing(key, one.place) == "own")
        or (standing(key, one.place) == "hub" and one.was_sent)
        or (not is_whole and one.state == "published" and one.sensitivity == "public")
    }
    assert found == expected


async def test_v4_addresses_are_worth_nothing_to_others(made: World) -> None:
    """Every address on the pages of a lead, opened by others and after the session has ended."""
    pages = ["/en/consultations", "/en/account", "/en/people", f"/en/consultations/{_id(made, OWN, 'draft')}"]
    links: set[str] = set()
    async with client_for(made.app, "lead A") as client:
        for page in pages:
            links |= set(_LINKS.findall((await client.get(page)).text))
        links = {link.replace("&amp;", "&") for link in links} | set(pages)
        assert len(links) > 20
        async with made.database.writing() as session:
            await session.execute(
                update(SignInSession)
                .where(SignInSession.id == PRINCIPALS["lead A"].session_id)
                .values(ended_at=datetime.now(UTC))
            )
        for key, opener in (("visitor", client), ("lead C other country", None), ("partner", None)):
            async with client_for(made.app, key) as other:
                for link in sorted(links):
                    answer = await (opener or other).get(link)
                    for number in numbers_in(words_of(answer)):
                        canary = made.canaries.of(number)
                        assert may_see(key, canary, made.by_key), f"{key} {link}: {canary}"


async def test_v5_one_id_names_one_record(made: World) -> None:
    """However it is spelt, an id gives its own record or nothing; a neighbouring number is nothing."""
    key = _id(made, OWN, "submitted")
    async with client_for(made.app, "lead A") as client:
        for spelt in (key.upper(), key.replace("-", ""), f"urn:uuid:{key}", f"{{{key}}}"):
            answer = await client.get(f"/api/v1/consultations/{spelt}")
            assert answer.status_code in (404, 422) or answer.json()["id"] == key
        for near in (UUID(int=UUID(key).int ^ 1), UUID(int=UUID(key).int % 2**64), uuid4()):
            assert (await client.get(f"/api/v1/consultations/{near}")).status_code == 404
        for number in ("1", str(UUID(key).int), "0", "-1"):
            assert (await client.get(f"/api/v1/consultations/{number}")).status_code in (404, 422)


HIDDEN = ("hub_note", "title", "person_name", "email", "token_hash", "consultation__title", "account.email")
ASKS = ("{}={}", "{}__startswith={}", "{}[contains]={}", "filter[{}]={}", "sort={}", "order_by={}",
        "fields={}", "alias[{}]={}", "include={}", "expand={}", "select={}")  # fmt: skip


async def test_v6_v7_hidden_columns_are_no_oracle(made: World) -> None:
    """Filters, sorting, aliases and lists of fields over hidden columns: refused, or without any effect."""
    lists = ("consultations", "practices", "cities", "events", "support", "figures")
    async with client_for(made.app, "lead C other country") as client:
        for path in lists:
            plain = masked(await client.get(f"/api/v1/{path}"))
            for column in HIDDEN:
                for ask in ASKS:
                    query = ask.format(column, "cnr00001x")
                    answer = await client.get(f"/api/v1/{path}?{query}")
                    is_refused = answer.status_code == 422
                    assert is_refused or masked(answer) == plain, f"{path}?{query}"


async def test_v9_a_part_belongs_to_its_whole(made: World) -> None:
    """An id of a part under the address of another whole is not there, also for who may change both."""
    one, other = _id(made, OWN, "submitted"), _id(made, NEAR, "submitted")
    async with made.database.reading(SYSTEM) as session:
        need = await session.scalar(select(Need.id).where(Need.consultation_id == UUID(other)).limit(1))
    before = await dump(made.database, TRACES)
    async with client_for(made.app, "editor") as client:
        form = {"read": "yes", "attribution": "A0", "sensitivity": "hub"}
        path = f"/en/manage/consultations/{one}/statements/{need}"
        assert (await client.post(path, data=form)).status_code == 404
    async with client_for(made.app, "admin") as client:
        practitioner, partner = (PRINCIPALS[key] for key in ("practitioner", "partner"))
        path = f"/en/people/{practitioner.account_id}/roles/{partner.id_of('grant')}/end"
        assert (await client.post(path)).status_code == 404
    assert await dump(made.database, TRACES) == before


EVENTS = ("suspend", "leave", "roles/{grant}/end")


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("key", ["contributor A", "lead B same country"])
async def test_v11_rights_end_at_once(event: str, key: str, made: World) -> None:
    """Suspended, left, role ended: the very next request of session and token is without the right."""
    one = PRINCIPALS[key]
    place = OWN if key == "contributor A" else NEAR
    page = f"/en/consultations/{_id(made, place, 'draft')}"
    async with client_for(made.app, key) as theirs, client_for(made.app, "admin") as admin:
        assert (await theirs.get(page)).status_code == 200
        path = f"/en/people/{one.account_id}/{event.format(grant=one.id_of('grant'))}"
        assert (await admin.post(path)).status_code == 303
        assert (await theirs.get(page)).status_code == 404
        state = await theirs.get("/en/account")
        assert state.status_code == (200 if "roles" in event else 404)
    async with made.database.reading() as session:
        account = (await session.scalars(select(Account).where(Account.id == one.account_id))).one()
        grants = select(RoleGrant).where(RoleGrant.account_id == one.account_id, RoleGrant.ended_at.is_(None))
        held = (await session.scalars(grants)).all()
    assert not held or (event == "suspend" and str(account.state) == "suspended")


@pytest.mark.parametrize("change", ["revoked_at", "expires_at", "accepted_at"])
async def test_v12_v13_a_dead_invitation_opens_nothing(change: str, made: World) -> None:
    """Taken back, too old or used: no session, no account, and no way round by asking for a link."""
    past = datetime.now(UTC) - timedelta(days=1)
    async with made.database.writing() as session:
        values = {change: past}
        await session.execute(update(Invitation).where(Invitation.id == INVITATION).values(values))
    before = await dump(made.database, {*TRACES, "mailed_link", "outbox_mail"})
    async with client_for(made.app, "visitor") as client:
        for method in ("GET", "POST"):
            answer = await client.request(method, "/en/invitations/invitation of contributor")
            assert answer.status_code == 404
            assert not cookie_of(answer)
            assert numbers_in(answer.text) == set()
        asked = await client.post("/en/sign-in", data={"email": "cnr00001x@example.org"})
        assert not cookie_of(asked)
    assert await dump(made.database, {*TRACES, "mailed_link", "outbox_mail"}) == before
    async with made.database.reading(SYSTEM) as session:
        assert set(await session.scalars(select(OutboxMail.recipient))) <= {NOBODY}


async def test_v15_forms_carry_the_token_of_their_session(made: World) -> None:
    """Every unsafe route, after a call with a token to the same app: none, foreign, wrong, in the address."""
    async with client_for(made.app, "token write:consultations") as program:
        await program.post("/api/v1/consultations", json={})
    async with client_for(made.app, "practitioner") as other:
        foreign = await _form_token(other)
    before = await dump(made.database, TRACES)
    one_each = {address.route: address for address in made.addresses("unsafe", ["en"])}
    pages = [one for one in one_each.values() if not one.path.startswith(("/api/", "/csp-reports", "/demo/"))]
    assert len(pages) > 50
    for key in ("lead A", "editor", "admin"):
        async with client_for(made.app, key) as client:
            own = await _form_token(client)
            for address in pages:
                for token in ("", foreign, own[:-1] + ("0" if own[-1] != "0" else "1")):
                    answer = await client.post(address.path, headers={FORM_HEADER: token})
                    assert answer.status_code in (403, 404), f"{key} {address.path}: {answer.status_code}"
                answer = await client.post(f"{address.path}?form_token={own}", headers={FORM_HEADER: ""})
                assert answer.status_code in (403, 404)
            plain = {"Content-Type": "text/plain"}
            filed = await client.post("/api/v1/consultations", content=b"{}", headers=plain)
            assert filed.status_code in (404, 415)
            cross = {"Sec-Fetch-Site": "cross-site"}
            assert (await client.post("/en/account", headers=cross)).status_code == 403
    assert await dump(made.database, TRACES) == before


async def _form_token(client: httpx.AsyncClient) -> str:
    found = re.search(r'name="form_token" value="([0-9a-f]{64,})"', (await client.get("/en/account")).text)
    assert found is not None
    return found[1]


async def test_v16_sessions_are_ours_and_change(made: World) -> None:
    """A planted session is never valid; a changed role gives a new id, and the old one is worth nothing."""
    planted = "a" * 43
    async with client_for(made.app, "visitor") as client:
        cookie = {"Cookie": f"{SESSION_COOKIE}={planted}"}
        assert (await client.get("/en/account", headers=cookie)).status_code == 404
    one = PRINCIPALS["practitioner"]
    async with client_for(made.app, "admin") as admin:
        form = {"role": "partner"}
        assert (await admin.post(f"/en/people/{one.account_id}/roles", data=form)).status_code == 303
    async with client_for(made.app, "practitioner") as client:
        answer = await client.get("/en/account")
        renewed = cookie_of(answer)
        assert answer.status_code == 200
        assert renewed
        assert renewed != one.secret
        assert (await client.get("/en/account")).status_code == 200
    async with client_for(made.app, "practitioner") as client:
        assert (await client.get("/en/account")).status_code == 404, "the old id"
    async with made.database.reading() as session:
        hashes = (await session.scalars(select(SignInSession.token_hash))).all()
    assert renewed not in hashes, "only hashes are stored"


HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><a hx-post="/en/sign-out" hx-trigger="load">'
)


async def test_v19_names_are_text(made: World) -> None:
    """What somebody calls themselves stands on the pages of others as text."""
    async with client_for(made.app, "contributor A") as client:
        form = {"name": HOSTILE, "language": "en"}
        assert (await client.post("/en/account", data=form)).status_code == 303
    for key, path in (
        ("admin", "/en/people"), ("lead A", "/en/people"), ("contributor A", "/en/account"),
        ("admin", f"/en/people/{PRINCIPALS['contributor A'].account_id}"),
    ):  # fmt: skip
        async with client_for(made.app, key) as client:
            page = (await client.get(path)).text
        assert "&lt;script&gt;" in page, path
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert '<a hx-post="/en/sign-out"' not in page


def test_safe_methods_are_these() -> None:
    """Only these are let through without a token."""
    assert {"GET", "HEAD", "OPTIONS"} == SAFE_METHODS
