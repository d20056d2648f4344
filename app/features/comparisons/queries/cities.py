"""Reading cities to compare."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.messages import Words
from app.features.cities.queries.cards import chosen_cities
from app.features.cities.queries.portraits import city_portraits
from app.features.comparisons.rules.selection import asked_for, select_known
from app.features.comparisons.views.cities import CityComparison, city_table
from app.features.comparisons.views.pen import Pen
from app.features.wording.views import Shelf


async def compare_cities(
    session: AsyncSession, slugs: Sequence[str], shelf: Shelf, words: Words
) -> CityComparison:
    """The real cities among `slugs` side by side; at most four, the others are named."""
    asked = asked_for(slugs)
    found = {card.slug: card for card in await chosen_cities(session, asked, shelf)}
    invented = [card for card in found.values() if card.is_illustration]
    real = {slug: card for slug, card in found.items() if not card.is_illustration}
    selection = select_known([slug for slug in asked if slug in real or slug not in found], real)
    table = None
    if selection.is_enough:
        table = city_table(await city_portraits(session, selection.kept, shelf), Pen(shelf, words))
    return CityComparison(
        selection=selection,
        chosen=tuple(real[slug] for slug in selection.chosen),
        table=table,
        invented=tuple(card.place.name for card in invented),
    )
