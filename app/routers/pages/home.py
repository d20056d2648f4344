"""The start page, the way to it, and the demo's change of role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from fastapi import APIRouter, Request, Response

from app.core.errors import FieldError, Invalid, NotFound
from app.core.languages import LANGUAGES, negotiate
from app.core.messages import noop
from app.features.accounts.queries.account import pseudonym_of
from app.features.accounts.rules.demo import grant_of
from app.features.accounts.service.demo import sign_in_to_demo
from app.features.accounts.service.sessions import end_session
from app.features.consultations.queries.published import public_needs
from app.features.consultations.views.listed import PublicNeed
from app.features.insights.queries import key_figures, live_counts
from app.features.insights.views import FigureLine, LiveCounts
from app.features.practices.queries import latest_practices, practices_per_place
from app.features.practices.views import PracticeCard
from app.features.support.queries import reported_needs
from app.features.support.views import NeedGroup, by_scope
from app.features.wording.views import Shelf
from app.web.auditing import note_actor
from app.web.deps import Asking, Config, Reads, Writes
from app.web.devices import device_of
from app.web.forms import read_form
from app.web.htmx import VARY, see_other
from app.web.i18n import Translator
from app.web.identity import drop_session, keep_session
from app.web.redirects import safe_next
from app.web.reference import OnShelf
from app.web.render import LANGUAGE_COOKIE, page, url_of, words_of

router = APIRouter(include_in_schema=False)

LATEST = 4
MOST_NEEDS = 12


@dataclass(frozen=True, slots=True)
class CityDot:
    """A city on the map."""

    latitude: float | None
    longitude: float | None
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The start page."""

    dots: tuple[CityDot, ...]
    latest: tuple[PracticeCard, ...]
    figures: tuple[FigureLine, ...]
    counts: LiveCounts
    today: date
    needs: tuple[PublicNeed, ...]
    reported: tuple[NeedGroup, ...]


@router.get("/", name="root")
async def root(request: Request) -> Response:
    """To the language the reader used last, else the one the browser asks for."""
    kept = request.cookies.get(LANGUAGE_COOKIE)
    language = kept if kept in LANGUAGES else negotiate(request.headers.get("Accept-Language"))
    answer = see_other(request, f"/{language}/")
    answer.headers["Vary"] = VARY
    return answer


@router.get("/{lang:lang}/", name="home")
async def home(request: Request, session: Reads, shelf: OnShelf) -> Response:
    """What Medina is and what is new in it."""
    counts = await practices_per_place(session)
    view = HomeView(
        dots=_dots(request, shelf, counts),
        latest=tuple(await latest_practices(session, shelf, limit=LATEST)),
        figures=tuple(await key_figures(session, shelf)),
        counts=await live_counts(session),
        today=datetime.now(UTC).date(),
        needs=tuple(await public_needs(session, shelf, limit=MOST_NEEDS)),
        reported=by_scope(await reported_needs(session, shelf)),
    )
    return page(request, "home/home.html", view)


@router.post("/demo/sign-in", name="demo.sign-in")
async def sign_in(request: Request, session: Writes, settings: Config, caller: Asking) -> Response:
    """Sign in to an account of the demo, or out of it as a visitor; go back to where the reader was."""
    if not settings.demo:
        raise NotFound()
    form = await read_form(request)
    persona, now = form.get("persona"), datetime.now(UTC)
    if persona != "visitor" and grant_of(persona) is None:
        raise Invalid([FieldError("persona", noop("Choose one of the answers given"))])
    if caller.session:
        await end_session(session, caller.session.id, now=now)
    if persona == "visitor":
        drop_session(request)
    else:
        token, account_id = await sign_in_to_demo(session, persona, device_of(request), now=now)
        keep_session(request, token)
        note_actor(request, await pseudonym_of(session, account_id))
    return see_other(request, safe_next(form.get("next")) or "/")


def _dots(request: Request, shelf: Shelf, counts: Mapping[str, int]) -> tuple[CityDot, ...]:
    words = words_of(request)
    return tuple(
        CityDot(
            place.latitude,
            place.longitude,
            _dot_title(words, place.name, counts[place.id]),
            url_of(request, "city", slug=place.id),
        )
        for place in map(shelf.place, sorted(counts))
        if place.kind != "country"
    )


def _dot_title(words: Translator, name: str, count: int) -> str:
    return words.ngettext("%(place)s: %(num)s practice", "%(place)s: %(num)s practices", count, place=name)
