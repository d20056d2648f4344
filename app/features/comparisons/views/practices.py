"""Practices side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.languages import Translation
from app.features.comparisons.rules.selection import Selection
from app.features.comparisons.views.fit import CityProfile, fit_group
from app.features.comparisons.views.pen import Pen
from app.features.comparisons.views.populations import population_cell
from app.features.comparisons.views.practice_rows import GROUPS, PracticeGroup, place_words
from app.features.comparisons.views.table import SILENT, Cell, Column, Line, RowGroup, Table, aligned
from app.features.practices.views import PracticeCard, PracticeRecord


@dataclass(frozen=True, slots=True)
class PracticeComparison:
    """What was asked for and the table of it, if there is enough to compare.

    `chosen` are the cards of all practices asked for that exist, those beyond the limit last.
    `unknown_city`: an id that was asked for and is no city.
    """

    selection: Selection
    chosen: tuple[PracticeCard, ...]
    table: Table | None
    city: CityProfile | None
    unknown_city: str | None = None

    @property
    def kept(self) -> tuple[PracticeCard, ...]:
        """The practices that are compared."""
        return self.chosen[: len(self.selection.kept)]

    @property
    def over(self) -> tuple[PracticeCard, ...]:
        """The practices for which there was no room."""
        return self.chosen[len(self.selection.kept) :]


def practice_table(records: Sequence[PracticeRecord], city: CityProfile | None, pen: Pen) -> Table:
    """The whole table. With a city it has a column for it, and a group on what holds there."""
    columns = [
        Column(
            code=record.card.slug,
            title=record.card.title,
            link=("practice", record.card.slug),
            themes=record.card.themes,
            note=_unreviewed(record, pen),
        )
        for record in records
    ]
    groups = [_group(group, records, city, pen) for group in GROUPS]
    if city is not None:
        columns.append(Column(city.place.id, pen.text(city.place.name), is_yours=True))
        groups.insert(0, fit_group(records, city, pen))
    return Table(tuple(columns), tuple(groups))


def _group(
    group: PracticeGroup, records: Sequence[PracticeRecord], city: CityProfile | None, pen: Pen
) -> RowGroup:
    rows = (
        aligned(
            row.code,
            pen.words.gettext(row.title),
            [row.write(record, pen) for record in records],
            yours=_of_city(row.code, city, pen) if city is not None else None,
        )
        for row in group.rows
    )
    return RowGroup(group.code, pen.words.gettext(group.title), tuple(rows))


def _of_city(code: str, city: CityProfile, pen: Pen) -> Cell:
    """What the reader's city has to say in a row about practices."""
    if code == "places":
        return Cell((Line(place_words(city.place, pen)),))
    if code == "population":
        return population_cell([city.place], pen)
    if code == "needs":
        return pen.concepts(city.needs)
    return SILENT


def _unreviewed(record: PracticeRecord, pen: Pen) -> str | None:
    """A word of warning over a column with texts that nobody has reviewed in this language."""
    if any(
        text.status is Translation.MACHINE_DRAFT and not text.is_fallback for text in record.texts.values()
    ):
        return pen.shelf.word("translation", Translation.MACHINE_DRAFT)
    return None
