"""What the hub has done, in the shape of its own account: figures, needs, support, voices, contact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from fastapi import APIRouter, Request, Response

from app.features.engagement.queries import representations, statements
from app.features.engagement.views import RepresentationLine, StatementLine
from app.features.insights.queries import key_figures, live_counts
from app.features.insights.views import FigureLine, LiveCounts
from app.features.practices.rules.document import FACET_OF_SCHEME
from app.features.support.queries import action_plans, national_framework, reported_needs, support_for
from app.features.support.views import (
    ActionPlan,
    NationalFramework,
    NeedGroup,
    ReportedNeed,
    SupportLine,
    by_scope,
)
from app.web.deps import Config, Reads
from app.web.reference import OnShelf
from app.web.render import page, url_of

router = APIRouter(prefix="/{lang:lang}", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class ImpactView:
    """The page. `library` leads from a concept to practices about it, where the library filters by it."""

    figures: tuple[FigureLine, ...]
    counts: LiveCounts
    today: date
    needs: tuple[NeedGroup, ...]
    library: Mapping[str, str]
    support: tuple[SupportLine, ...]
    heard: tuple[RepresentationLine, ...]
    voices: tuple[StatementLine, ...]
    plans: tuple[ActionPlan, ...]
    frameworks: tuple[NationalFramework, ...]
    contact: str
    hub_email: str


@router.get("/impact", name="impact")
async def impact(request: Request, session: Reads, shelf: OnShelf, config: Config) -> Response:
    """The hub's record: only what is published, never illustrations."""
    needs = await reported_needs(session, shelf)
    view = ImpactView(
        figures=tuple(await key_figures(session, shelf)),
        counts=await live_counts(session),
        today=datetime.now(UTC).date(),
        needs=by_scope(needs),
        library=_library(request, needs),
        support=tuple(await support_for(session, shelf)),
        heard=await representations(session, shelf),
        voices=await statements(session, shelf),
        plans=tuple(await action_plans(session, shelf)),
        frameworks=tuple(await national_framework(session, shelf)),
        contact=config.hub_contact,
        hub_email=config.hub_email,
    )
    return page(request, "impact/impact.html", view)


def _library(request: Request, needs: list[ReportedNeed]) -> Mapping[str, str]:
    return {
        need.concept.code: url_of(
            request, "practices", query={FACET_OF_SCHEME[need.concept.scheme]: need.concept.code}
        )
        for need in needs
        if need.concept.scheme in FACET_OF_SCHEME
    }
