"""Populations as cells: a number with its source and year, comparable only with its like."""

from collections.abc import Sequence

from app.core.languages import LocalText
from app.core.messages import noop
from app.features.comparisons.rules.quantities import Quantity
from app.features.comparisons.views.pen import Pen
from app.features.comparisons.views.table import Cell, Line
from app.features.wording.views import PlaceLabel

INHABITANTS = "inhabitants"


def population_cell(places: Sequence[PlaceLabel], pen: Pen) -> Cell:
    """Inhabitants of each place. Only where there is just one place can its number be ranked."""
    counted = [place for place in places if place.population is not None]
    if len(places) == 1 and counted:
        (place,) = counted
        return pen.number(_quantity(place), pen.words.number(place.population), [_basis(place, pen)])
    return Cell(tuple(Line(_named(place, pen), (_basis(place, pen),)) for place in counted))


def _quantity(place: PlaceLabel) -> Quantity:
    counted = f"{place.kind}, {place.population_source}, {place.population_year}"
    basis = counted if place.population_source else None
    return Quantity(place.population or 0, INHABITANTS, basis)


def _named(place: PlaceLabel, pen: Pen) -> LocalText:
    number = pen.words.number(place.population)
    return pen.say(noop("%(place)s: %(number)s"), place=place.name, number=number)


def _basis(place: PlaceLabel, pen: Pen) -> LocalText:
    """As of when, and who counted."""
    source = place.population_source
    year = str(place.population_year) if place.population_year else None
    if source and year:
        return pen.say(noop("As of %(year)s. Source: %(source)s"), year=year, source=source)
    if source:
        return pen.say(noop("Source: %(source)s; date not stated"), source=source)
    return pen.say(noop("Source and date not stated"))
