"""Reading published figures, and counting what is published."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.features.insights.rules import FIGURE
from app.features.insights.views import FigureLine, LiveCounts, figure_line
from app.features.practices.rules.document import KIND as PRACTICE
from app.features.publication.queries import list_published
from app.features.wording.views import Shelf
from app.models.place import Place, PlaceKind
from app.models.practice import PracticePlaceRole
from app.models.published import PublishedFacet, PublishedPlace, PublishedRecord

CITIES = (PlaceKind.CITY, PlaceKind.DISTRICT)


async def key_figures(session: AsyncSession, shelf: Shelf) -> list[FigureLine]:
    """Figures as reported, in the order the hub gives them: one statement."""
    found = sorted(await list_published(session, FIGURE), key=lambda one: int(one.body["position"]))
    return [figure_line(one, shelf) for one in found]


async def live_counts(session: AsyncSession) -> LiveCounts:
    """Practices, countries and cities, counted now from published copies: one statement."""
    real = (PublishedRecord.kind == PRACTICE, PublishedRecord.is_illustration.is_(False))
    ids = select(PublishedRecord.id).where(*real)
    practices = select(func.count()).select_from(PublishedRecord).where(*real)
    countries = select(func.count(PublishedFacet.code.distinct())).where(
        PublishedFacet.facet == "country", PublishedFacet.record_id.in_(ids)
    )
    cities = (
        select(func.count(PublishedPlace.place_id.distinct()))
        .join(Place, Place.id == PublishedPlace.place_id)
        .where(
            PublishedPlace.record_id.in_(ids),
            PublishedPlace.role != str(PracticePlaceRole.VENUE),
            Place.kind.in_(CITIES),
            Place.is_illustration.is_(False),
        )
    )
    row = await session.execute(
        select(practices.scalar_subquery(), countries.scalar_subquery(), cities.scalar_subquery())
    )
    return LiveCounts(*row.one())
