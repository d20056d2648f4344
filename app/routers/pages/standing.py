"""Pages that stand: how evidence is graded, what becomes of data, what Medina is."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from app.features.practices.rules.criteria import RIGHTS_QUESTIONS, TRANSFER_POINTS
from app.web.deps import Config
from app.web.render import page

router = APIRouter(prefix="/{lang:lang}", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The axes on which a practice is described."""

    points: tuple[str, ...] = TRANSFER_POINTS
    questions: tuple[str, ...] = RIGHTS_QUESTIONS


@dataclass(frozen=True, slots=True)
class ContactView:
    """Where the hub can be reached."""

    email: str


@router.get("/evidence", name="evidence")
async def evidence(request: Request) -> Response:
    """How we grade evidence."""
    return page(request, "about/evidence.html", EvidenceView())


@router.get("/privacy", name="privacy")
async def privacy(request: Request, settings: Config) -> Response:
    """What is kept, who sees it, and for how long."""
    return page(request, "about/privacy.html", ContactView(settings.hub_email))


@router.get("/about", name="about")
async def about(request: Request, settings: Config) -> Response:
    """What Medina is, and what it stands on."""
    return page(request, "about/medina.html", ContactView(settings.hub_email))
