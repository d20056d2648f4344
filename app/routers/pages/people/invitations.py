"""Invitations: the list, a new one, taking one back."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.errors import FieldError, Invalid
from app.core.languages import LANGUAGES
from app.core.paging import Page
from app.features.accounts.commands.people import InvitePerson
from app.features.accounts.queries.people import list_invitations
from app.features.accounts.service.invitations import invite, revoke_invitation
from app.features.accounts.views.people import InvitationLine
from app.routers.pages.people.choices import RoleChoices, check_places, given, role_choices, where
from app.routers.pages.people.listing import page_number
from app.routers.pages.people.person import UNKNOWN_PLACE
from app.web.auditing import note_made
from app.web.deps import Reads, Who, Writes
from app.web.errors import ShowAgain
from app.web.forms import Form, command_from, read_form
from app.web.htmx import see_other
from app.web.i18n import translator
from app.web.mail import mail_invitation
from app.web.reference import OnShelf
from app.web.render import page, url_of, words_of
from app.web.throttle import throttle_own_mail

router = APIRouter(prefix="/{lang:lang}/people/invitations", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Line:
    """An invitation and its places in words."""

    invitation: InvitationLine
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InvitationsView:
    """One page of invitations."""

    found: Page[Line]
    said: str


@dataclass(frozen=True, slots=True)
class NewView:
    """The form of a new invitation."""

    choices: RoleChoices
    form: Form = field(default_factory=lambda: Form({}))


@router.get("", name="people.invitations")
async def invitations(
    request: Request,
    session: Reads,
    who: Who,
    shelf: OnShelf,
    said: str = "",
    number: Annotated[str, Query(alias="page")] = "1",
) -> Response:
    """Invitations that the reader may take back."""
    found = await list_invitations(session, who, number=page_number(number), now=datetime.now(UTC))
    lines = [Line(one, where(shelf, one.cities, one.countries)) for one in found.items]
    view = InvitationsView(Page(lines, found.total, found.number, found.size), said)
    return page(request, "people/invitations.html", view)


@router.get("/new", name="people.invite")
async def new(request: Request, who: Who, shelf: OnShelf) -> Response:
    """The form."""
    return page(request, "people/invite.html", NewView(role_choices(who, shelf)))


@router.post("/new", name="people.invite.send")
async def send(request: Request, session: Writes, who: Who, shelf: OnShelf) -> Response:
    """Invite somebody: a mail goes to their address, in their language."""
    form = await read_form(request)
    choices = role_choices(who, shelf)
    now = datetime.now(UTC)
    try:
        data = {**given(form), **{key: form.get(key) for key in ("email", "name", "language")}}
        command = command_from(InvitePerson, data)
        if not check_places(command, choices):
            raise Invalid([FieldError("cities", UNKNOWN_PLACE)])
        await throttle_own_mail(request, str(who.account_id))
        invited = await invite(session, who, command, now=now)
        note_made(request, invited.id)
    except Invalid as error:
        view = NewView(choices, form.rejected(error, words_of(request)))
        raise ShowAgain(page(request, "people/invite.html", view, status=422)) from error
    language = next(one for one in LANGUAGES if one == command.language)
    names = [shelf.gazetteer.place_name(city, language) for city in command.cities]
    names += [shelf.gazetteer.country_name(country, language) for country in command.countries]
    place = translator(language).gettext(", ").join(names)
    mail_invitation(request.app, session, command, invited, place=place, now=now)
    return see_other(request, url_of(request, "people.invitations", query={"said": "invited"}))


@router.post("/{id_:uuid}/revoke", name="people.invitation.revoke")
async def revoke(request: Request, session: Writes, who: Who, id_: UUID) -> Response:
    """Take an invitation back."""
    await revoke_invitation(session, who, id_, now=datetime.now(UTC))
    return see_other(request, url_of(request, "people.invitations", query={"said": "revoked"}))
