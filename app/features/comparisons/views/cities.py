"""Cities side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.features.cities.views.cards import CityCard
from app.features.cities.views.portrait import CityPortrait
from app.features.comparisons.rules.selection import Selection
from app.features.comparisons.views.city_rows import groups_of_cities
from app.features.comparisons.views.pen import Pen
from app.features.comparisons.views.table import Column, RowGroup, Table, aligned


@dataclass(frozen=True, slots=True)
class CityComparison:
    """What was asked for and the table of it, if there is enough to compare.

    `chosen` are the cards of all real cities asked for, those beyond the limit last; `invented` names
    the illustrations asked for, which are never compared with real cities.
    """

    selection: Selection
    chosen: tuple[CityCard, ...]
    table: Table | None
    invented: tuple[str, ...]

    @property
    def over(self) -> tuple[CityCard, ...]:
        """The cities for which there was no room."""
        return self.chosen[len(self.selection.kept) :]


def city_table(portraits: Sequence[CityPortrait], pen: Pen) -> Table:
    """The whole table."""
    columns = tuple(
        Column(code=one.slug, title=pen.text(one.profile.place.name), link=("city", one.slug))
        for one in portraits
    )
    groups = tuple(
        RowGroup(
            group.code,
            pen.words.gettext(group.title),
            tuple(
                aligned(row.code, row.in_words(pen), [row.write(one, pen) for one in portraits])
                for row in group.rows
            ),
        )
        for group in groups_of_cities(pen.shelf)
    )
    return Table(columns, groups)
