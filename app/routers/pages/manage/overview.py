"""What waits for the hub, and the ways to everything it edits."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from app.features.consultations.queries.lists import count_by_state
from app.features.practices.queries.managed import count_of_suggestions, practices_by_state
from app.features.records.queries import drafts_by_kind
from app.routers.pages.manage.hub_kinds import HUB_KINDS
from app.web.deps import Reads, Who
from app.web.render import page, url_of, words_of

router = APIRouter(prefix="/{lang:lang}/manage", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits, or a place where something is edited, in finished words."""

    label: str
    href: str
    status: str
    done: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class OverviewView:
    """What waits, and what can be edited."""

    waiting: tuple[Waiting, ...]
    records: tuple[Waiting, ...]


@router.get("/", name="manage")
async def overview(request: Request, session: Reads, actor: Who) -> Response:
    """The hub's start page."""
    words = words_of(request)
    practices = await practices_by_state(session)
    consultations = await count_by_state(session, actor)
    drafts = await drafts_by_kind(session)
    sent = {str(state): number for state, number in consultations.items()}

    def waiting(text: str, number: int, href: str) -> Waiting:
        said = words.ngettext("%(num)s waits", "%(num)s wait", number) if number else words.gettext("Nothing")
        return Waiting(text, href, said, not number)

    def practices_in(state: str) -> str:
        return url_of(request, "manage.practices", query={"state": state})

    def consultations_in(state: str) -> str:
        return url_of(request, "consultations", query={"state": state})

    view = OverviewView(
        waiting=(
            waiting(
                words.gettext("Consultations that cities have sent"),
                sent.get("submitted", 0),
                consultations_in("submitted"),
            ),
            waiting(
                words.gettext("Consultations being read"),
                sent.get("in review", 0),
                consultations_in("in review"),
            ),
            waiting(
                words.gettext("Practices sent to the hub"),
                practices.get("submitted", 0),
                practices_in("submitted"),
            ),
            waiting(
                words.gettext("Practices in review"), practices.get("in review", 0), practices_in("in review")
            ),
            waiting(words.gettext("Drafts of practices"), practices.get("draft", 0), practices_in("draft")),
            waiting(
                words.gettext("Corrections that readers suggest"),
                await count_of_suggestions(session),
                url_of(request, "manage.corrections"),
            ),
            *(
                waiting(
                    words.gettext("Drafts: %(list)s", list=words.gettext(of.title)),
                    drafts[of.code],
                    url_of(request, "manage.records", kind=kind, query={"state": "draft"}),
                )
                for kind, of in HUB_KINDS.items()
                if drafts[of.code]
            ),
        ),
        records=(
            _way(
                request,
                words.gettext("Practices"),
                "manage.practices",
                words.gettext("Write, publish and archive good practices."),
            ),
            *(
                _way(request, words.gettext(of.title), "manage.records", words.gettext(of.lede), kind=kind)
                for kind, of in HUB_KINDS.items()
            ),
            _way(
                request,
                words.gettext("Places"),
                "manage.places",
                words.gettext("Names, position, population and part in the network."),
            ),
            _way(
                request,
                words.gettext("Sources"),
                "manage.sources",
                words.gettext("Documents that facts are read in. Records name them by key."),
            ),
            _way(
                request,
                words.gettext("Synonyms"),
                "manage.synonyms",
                words.gettext("Terms that find each other in search, in and across the three languages."),
            ),
        ),
    )
    return page(request, "manage/overview.html", view)


def _way(request: Request, text: str, route: str, hint: str, **params: Any) -> Waiting:
    return Waiting(text, url_of(request, route, **params), "", True, hint)
