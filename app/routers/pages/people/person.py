"""One person: roles, and the buttons that change what they may do."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.errors import FieldError, Invalid, NotFound
from app.core.messages import noop
from app.features.accounts.commands.people import GiveRole
from app.features.accounts.queries.account import mail_of
from app.features.accounts.queries.people import one_person
from app.features.accounts.service.people import (
    end_role,
    end_token_of,
    give_role_to,
    let_go,
    reinstate,
    suspend,
)
from app.features.accounts.views.people import Person
from app.routers.pages.people.choices import RoleChoices, check_places, given, role_choices, where
from app.web.deps import Reads, Who, Writes, database_of
from app.web.errors import ShowAgain
from app.web.forms import Form, command_from, read_form
from app.web.htmx import see_other
from app.web.mail import send_mail
from app.web.reference import OnShelf
from app.web.render import page, url_of, words_of

router = APIRouter(prefix="/{lang:lang}/people/{id_:uuid}", include_in_schema=False)

UNKNOWN_PLACE = noop("Choose places from the list")


@dataclass(frozen=True, slots=True)
class PersonView:
    """One account. `places`, `bounds`: where each role holds and each token is good, in words, in order."""

    person: Person
    places: tuple[tuple[str, ...], ...]
    bounds: tuple[tuple[str, ...], ...]
    choices: RoleChoices
    said: str = ""
    form: Form = field(default_factory=lambda: Form({}))


@router.get("", name="person")
async def person(
    request: Request, session: Reads, who: Who, shelf: OnShelf, id_: UUID, said: str = ""
) -> Response:
    """One person."""
    found = await one_person(session, who, id_, now=datetime.now(UTC))
    return page(request, "people/person.html", _view(found, who, shelf, said=said))


def _view(found: Person, who: Who, shelf: OnShelf, *, said: str = "", form: Form | None = None) -> PersonView:
    places = tuple(where(shelf, grant.cities, grant.countries) for grant in found.grants)
    bounds = tuple(where(shelf, token.cities, token.countries) for token in found.tokens)
    return PersonView(found, places, bounds, role_choices(who, shelf), said, form or Form({}))


@router.post("/roles", name="person.role.give")
async def give(request: Request, session: Writes, who: Who, shelf: OnShelf, id_: UUID) -> Response:
    """Give a role; the person is told by mail that something has changed."""
    form = await read_form(request)
    try:
        command = command_from(GiveRole, given(form))
        if not check_places(command, role_choices(who, shelf)):
            raise Invalid([FieldError("cities", UNKNOWN_PLACE)])
        await give_role_to(session, who, id_, command, now=datetime.now(UTC))
    except Invalid as error:
        async with database_of(request).reading() as reading:
            found = await one_person(reading, who, id_, now=datetime.now(UTC))
        if not found.may_manage:  # one's own page may be seen, but not changed
            raise NotFound() from error
        view = _view(found, who, shelf, form=form.rejected(error, words_of(request)))
        raise ShowAgain(page(request, "people/person.html", view, status=422)) from error
    return await _changed(request, session, id_, "role-given")


@router.post("/roles/{grant_id:uuid}/end", name="person.role.end")
async def end(request: Request, session: Writes, who: Who, id_: UUID, grant_id: UUID) -> Response:
    """End a role. After the last one the account may be beyond the reach of who ended it."""
    await end_role(session, who, id_, grant_id, now=datetime.now(UTC))
    changed = await _changed(request, session, id_, "role-ended")
    try:
        await one_person(session, who, id_, now=datetime.now(UTC))
    except NotFound:
        return see_other(request, url_of(request, "people"))
    return changed


@router.post("/tokens/{token_id:uuid}/end", name="person.token.end")
async def end_token(request: Request, session: Writes, who: Who, id_: UUID, token_id: UUID) -> Response:
    """End a token of this person; its next request is refused."""
    await end_token_of(session, who, id_, token_id, now=datetime.now(UTC))
    return see_other(request, url_of(request, "person", id_=id_, query={"said": "token-ended"}))


@router.post("/suspend", name="person.suspend")
async def shut_out(request: Request, session: Writes, who: Who, id_: UUID) -> Response:
    """Suspend the account; every session ends at once."""
    await suspend(session, who, id_, now=datetime.now(UTC))
    return see_other(request, url_of(request, "person", id_=id_, query={"said": "suspended"}))


@router.post("/reinstate", name="person.reinstate")
async def let_in(request: Request, session: Writes, who: Who, id_: UUID) -> Response:
    """Let somebody in again."""
    await reinstate(session, who, id_)
    return await _changed(request, session, id_, "reinstated")


@router.post("/leave", name="person.leave")
async def leave(request: Request, session: Writes, who: Who, id_: UUID) -> Response:
    """Somebody has left: roles, sessions and tokens end."""
    await let_go(session, who, id_, now=datetime.now(UTC))
    return see_other(request, url_of(request, "people"))


async def _changed(request: Request, session: Writes, id_: UUID, said: str) -> Response:
    email, language = await mail_of(session, id_)
    if not email.endswith(".invalid"):
        path = url_of(request, "account")
        send_mail(request.app, session, email, language, "role-changed", now=datetime.now(UTC), path=path)
    return see_other(request, url_of(request, "person", id_=id_, query={"said": said}))
