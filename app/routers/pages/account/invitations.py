"""Accepting an invitation: a page that says what it offers, and the button that takes it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from app.core.credentials import Strength
from app.core.errors import NotFound
from app.features.accounts.queries.account import open_invitation
from app.features.accounts.service.invitations import accept_invitation
from app.features.accounts.views.account import InvitationOffer
from app.routers.pages.account.beginning import begin, way_on
from app.web.deps import Reads, Writes
from app.web.errors import ShowAgain
from app.web.htmx import see_other
from app.web.labels import label
from app.web.reference import OnShelf
from app.web.render import page, url_of, words_of
from app.web.site import at_better_address
from app.web.throttle import throttle_sign_in

router = APIRouter(prefix="/{lang:lang}/invitations", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What an invitation offers, in words; None when it is good for nothing (any more)."""

    token: str
    offer: InvitationOffer | None
    role: str = ""
    places: tuple[str, ...] = ()


@router.get("/{token}", name="invitation")
async def invitation(request: Request, session: Reads, shelf: OnShelf, token: str) -> Response:
    """The offer. Opening it takes nothing: mail programs open links too."""
    if elsewhere := at_better_address(request):
        return elsewhere
    offer = await open_invitation(session, token, now=datetime.now(UTC))
    if offer is None:
        return page(request, "account/invitation.html", InvitationView(token, None), status=404)
    places = (
        *(shelf.place(city).name for city in offer.cities),
        *(shelf.country(country) for country in offer.countries),
    )
    role = label(words_of(request).language, "account-role", offer.role)
    return page(request, "account/invitation.html", InvitationView(token, offer, role, places))


@router.post("/{token}", name="invitation.accept")
async def accept(request: Request, session: Writes, token: str) -> Response:
    """Take the invitation: the account is made, and this browser is signed in to it.

    Who has an account already gets the role, and signs in as always.
    """
    await throttle_sign_in(request, token)
    now = datetime.now(UTC)
    try:
        accepted = await accept_invitation(session, token, now=now)
    except NotFound as error:
        refused = page(request, "account/invitation.html", InvitationView(token, None), status=404)
        raise ShowAgain(refused) from error
    if not accepted.is_new:  # a mail of seven days that may be passed on opens no account that is there
        return see_other(request, url_of(request, "sign-in", query={"next": url_of(request, "account")}))
    await begin(request, session, accepted.account_id, Strength.EMAIL, now=now)
    return see_other(request, await way_on(request, session, accepted.account_id, Strength.EMAIL, ""))
