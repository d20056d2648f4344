"""The page of one's own account: name and language, roles, address, devices."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NoReturn
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actor import TokenScope
from app.core.credentials import LinkPurpose
from app.core.errors import Invalid, NotFound
from app.core.sensitivity import Sensitivity
from app.features.accounts.commands.people import AskForLink, SaveAccount
from app.features.accounts.queries.account import mail_of, own_account
from app.features.accounts.rules.tokens import places_of
from app.features.accounts.service.links import make_link, use_link
from app.features.accounts.service.people import change_address, save_account
from app.features.accounts.service.sessions import end_own_session, end_sessions
from app.features.accounts.views.account import AccountView
from app.web.deps import Asking, Reads, Writes, database_of
from app.web.errors import ShowAgain
from app.web.forms import Form, command_from, read_form
from app.web.htmx import see_other
from app.web.labels import label
from app.web.mail import send_mail
from app.web.reference import OnShelf
from app.web.render import page, url_of, words_of
from app.web.site import browser_hash
from app.web.throttle import secret_key, throttle_own_mail

router = APIRouter(prefix="/{lang:lang}/account", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class RoleInWords:
    """A role and the places where it holds; none: everywhere."""

    role: str
    places: tuple[str, ...]
    since: datetime
    sleeps: bool


Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TokenChoices:
    """What the form of a new token offers, as pairs of code and word: uses, steps, places of one's roles."""

    scopes: tuple[Option, ...]
    ceilings: tuple[Option, ...]
    cities: tuple[Option, ...]
    countries: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class OwnView:
    """One's own account. `bounds`: where each token is good, in words, in the order of the tokens.

    `new_codes` and `new_token` are shown this once, right after they were made.
    """

    account: AccountView
    roles: tuple[RoleInWords, ...]
    bounds: tuple[tuple[str, ...], ...]
    choices: TokenChoices
    form: Form = field(default_factory=lambda: Form({}))
    new_codes: Sequence[str] = ()
    new_token: str = ""
    said: str = ""


async def own_view(
    session: AsyncSession,
    caller: Asking,
    shelf: OnShelf,
    *,
    form: Form | None = None,
    new_codes: Sequence[str] = (),
    new_token: str = "",
    said: str = "",
) -> OwnView:
    """What the page of the caller's account shows. Raises `NotFound` when nobody is signed in."""
    held, account_id = caller.session, caller.actor.account_id
    if held is None or account_id is None:
        raise NotFound()
    account = await own_account(session, account_id, held.id, now=datetime.now(UTC))
    roles = tuple(
        RoleInWords(
            label(shelf.language, "account-role", grant.role),
            (*(shelf.place(city).name for city in grant.cities), *map(shelf.country, grant.countries)),
            grant.granted_at,
            grant.role in {str(role) for role in held.sleeping},
        )
        for grant in account.grants
    )
    values = {"name": [account.name], "language": [account.language]}
    bounds = tuple(
        (*(shelf.place(city).name for city in token.cities), *map(shelf.country, token.countries))
        for token in account.tokens
    )
    choices = token_choices(caller, shelf)
    return OwnView(account, roles, bounds, choices, form or Form(values), new_codes, new_token, said)


def token_choices(caller: Asking, shelf: OnShelf) -> TokenChoices:
    """What the caller may choose for a token."""
    area = places_of(caller.actor)
    return TokenChoices(
        tuple((str(one), shelf.word("token-scope", str(one))) for one in TokenScope),
        tuple((str(one), shelf.word("sensitivity", str(one))) for one in Sensitivity),
        tuple((id_, shelf.place(id_).name) for id_ in sorted(area.cities)),
        tuple((code, shelf.country(code)) for code in sorted(area.countries)),
    )


@router.get("", name="account")
async def account(
    request: Request, session: Reads, caller: Asking, shelf: OnShelf, said: str = ""
) -> Response:
    """One's own account."""
    return page(request, "account/own.html", await own_view(session, caller, shelf, said=said))


@router.post("", name="account.save")
async def save(request: Request, session: Writes, caller: Asking, shelf: OnShelf) -> Response:
    """Change name and language."""
    form = await read_form(request)
    try:
        command = command_from(SaveAccount, {key: form.get(key) for key in ("name", "language")})
        await save_account(session, _id(caller), command)
    except Invalid as error:
        await again(request, caller, shelf, form, error)
    return see_other(request, url_of(request, "account", query={"said": "saved"}))


@router.post("/address", name="account.address")
async def address(request: Request, session: Writes, caller: Asking, shelf: OnShelf) -> Response:
    """Ask for another address: it counts once the mail sent there was answered in this browser."""
    form = await read_form(request)
    try:
        command = command_from(AskForLink, {"email": form.get("email")})
    except Invalid as error:
        await again(request, caller, shelf, form, error)
    account_id = _id(caller)
    await throttle_own_mail(request, str(account_id))
    now = datetime.now(UTC)
    _, language = await mail_of(session, account_id)
    link = await make_link(
        session,
        LinkPurpose.ADDRESS,
        account_id,
        browser_hash(request),
        secret_key(request, "codes"),
        new_email=command.email,
        now=now,
    )
    path = url_of(request, "account.address.confirm", token=link.token)
    send_mail(
        request.app, session, command.email, language, "address-confirm",
        now=now, expires_at=link.expires_at, path=path,
    )  # fmt: skip
    return see_other(request, url_of(request, "account", query={"said": "address-sent"}))


@dataclass(frozen=True, slots=True)
class AddressView:
    """The button behind the link that went to a new address."""

    token: str


@router.get("/address/{token}", name="account.address.confirm")
async def confirm_address(request: Request, token: str) -> Response:
    """A button: opening the link alone changes nothing."""
    return page(request, "account/address.html", AddressView(token))


@router.post("/address/{token}", name="account.address.change")
async def change(request: Request, session: Writes, caller: Asking, token: str) -> Response:
    """Move the account to the new address; the old one is told."""
    now, account_id = datetime.now(UTC), _id(caller)
    used = await use_link(session, LinkPurpose.ADDRESS, token, browser_hash(request), now=now)
    if used is None or used.new_email is None or used.account_id != account_id:
        raise NotFound()
    before = await change_address(session, account_id, used.new_email, now=now)
    _, language = await mail_of(session, account_id)
    send_mail(request.app, session, before, language, "address-changed", now=now, when=now)
    return see_other(request, url_of(request, "account", query={"said": "address-changed"}))


@router.post("/devices/others/end", name="account.devices.end")
async def end_others(request: Request, session: Writes, caller: Asking) -> Response:
    """Sign all other browsers out."""
    assert caller.session is not None
    await end_sessions(session, _id(caller), but=caller.session.id, now=datetime.now(UTC))
    return see_other(request, url_of(request, "account", query={"said": "devices-ended"}))


@router.post("/devices/{id_:uuid}/end", name="account.device.end")
async def end_device(request: Request, session: Writes, caller: Asking, id_: UUID) -> Response:
    """Sign another browser out."""
    await end_own_session(session, _id(caller), id_, now=datetime.now(UTC))
    return see_other(request, url_of(request, "account", query={"said": "device-ended"}))


def _id(caller: Asking) -> UUID:
    """The caller's account. Raises `NotFound` when nobody is signed in."""
    if caller.actor.account_id is None or caller.session is None:
        raise NotFound()
    return caller.actor.account_id


async def again(request: Request, caller: Asking, shelf: OnShelf, form: Form, error: Invalid) -> NoReturn:
    """The page once more, with what is wrong and what was typed. Raises `ShowAgain`."""
    async with database_of(request).reading() as reading:
        view = await own_view(reading, caller, shelf, form=form.rejected(error, words_of(request)))
    raise ShowAgain(page(request, "account/own.html", view, status=422)) from error
