"""What holds for the reader's city: each condition with its verdict and the reason in a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.languages import LocalText
from app.core.messages import noop
from app.features.comparisons.rules.fit import Band, Overlap, Verdict, band_of, official_languages, overlap
from app.features.comparisons.views.pen import Pen
from app.features.comparisons.views.table import Cell, Line, RowGroup, aligned
from app.features.practices.views import PracticeRecord
from app.features.vocabulary.views import ConceptLabel
from app.features.wording.views import PlaceLabel


@dataclass(frozen=True, slots=True)
class CityProfile:
    """What is known of the reader's city: the place, and needs published for it or for its country."""

    place: PlaceLabel
    needs: tuple[ConceptLabel, ...]


def fit_group(records: Sequence[PracticeRecord], city: CityProfile, pen: Pen) -> RowGroup:
    """The conditions as a group of rows; the last cell of a row is what is known of the city."""
    rows = (
        aligned(
            code,
            pen.words.gettext(title),
            [judge(record, city, pen) for record in records],
            yours=describe(city, pen),
        )
        for code, title, judge, describe in _CONDITIONS
    )
    return RowGroup(
        "fit", pen.words.gettext(noop("Does it fit %(city)s?"), city=city.place.name), tuple(rows)
    )


def _judged(found: Overlap, reasons: dict[Verdict, LocalText]) -> Cell:
    return Cell((Line(reasons[found.verdict]),), verdict=found.verdict)


def _country(record: PracticeRecord, city: CityProfile, pen: Pen) -> Cell:
    names = {code: name for code, name in record.card.countries if code}
    found = overlap({city.place.country_code}, list(names))
    mine, theirs = city.place.country, pen.shelf.listed(list(names.values()))
    return _judged(
        found,
        {
            Verdict.HOLDS: pen.say(noop("It is used in %(country)s."), country=mine),
            Verdict.DOES_NOT: pen.say(
                noop("It is used in %(countries)s, not in %(country)s."), countries=theirs, country=mine
            ),
            Verdict.UNKNOWN: pen.say(noop("Its country is not reported.")),
        },
    )


def _size(record: PracticeRecord, city: CityProfile, pen: Pen) -> Cell:
    mine = _band(city.place)
    bands = [_band(place) for place in record.card.places]
    known = list(dict.fromkeys(band for band in bands if band))
    found = overlap({mine} if mine else (), known, complete=None not in bands)
    unknown = (
        pen.say(noop("The size of its places is not known, or they are no cities."))
        if mine
        else pen.say(noop("The size of %(city)s is not reported."), city=city.place.name)
    )
    return _judged(
        found,
        {
            Verdict.HOLDS: pen.say(noop("It is used in a place of the same size.")),
            Verdict.DOES_NOT: pen.say(
                noop("It is used in places of another size: %(bands)s."),
                bands=pen.shelf.listed([pen.shelf.word("population-band", band) for band in known]),
            ),
            Verdict.UNKNOWN: unknown,
        },
    )


def _language(record: PracticeRecord, city: CityProfile, pen: Pen) -> Cell:
    codes = [code for country, _ in record.card.countries for code in official_languages(country)]
    theirs = list(dict.fromkeys(codes))
    found = overlap(official_languages(city.place.country_code), theirs)
    return _judged(
        found,
        {
            Verdict.HOLDS: pen.say(
                noop("Official languages in common: %(languages)s."), languages=_languages(found.shared, pen)
            ),
            Verdict.DOES_NOT: pen.say(
                noop("Official languages there: %(languages)s."), languages=_languages(theirs, pen)
            ),
            Verdict.UNKNOWN: pen.say(noop("No official language is known for one of the countries.")),
        },
    )


def _needs(record: PracticeRecord, city: CityProfile, pen: Pen) -> Cell:
    theirs = record.concepts.get("need", ())
    found = overlap({need.code for need in city.needs}, [need.code for need in theirs])
    shared = [need.label for need in theirs if need.code in found.shared]
    unknown = (
        pen.say(noop("It names no need."))
        if city.needs
        else pen.say(noop("No need of %(city)s has been published."), city=city.place.name)
    )
    return _judged(
        found,
        {
            Verdict.HOLDS: pen.say(noop("It answers: %(needs)s."), needs=pen.shelf.listed(shared)),
            Verdict.DOES_NOT: pen.say(
                noop("It answers other needs: %(needs)s."),
                needs=pen.shelf.listed([need.label for need in theirs]),
            ),
            Verdict.UNKNOWN: unknown,
        },
    )


def _band(place: PlaceLabel) -> Band | None:
    """The size of a city; a governorate or a country has none."""
    return band_of(place.population) if place.kind in _CITIES else None


def _languages(codes: Sequence[str], pen: Pen) -> str:
    return pen.shelf.listed([pen.shelf.word("language", code) for code in codes])


def _band_of_city(city: CityProfile, pen: Pen) -> Cell:
    return pen.code("population-band", _band(city.place))


def _languages_of_city(city: CityProfile, pen: Pen) -> Cell:
    return pen.plain(_languages(official_languages(city.place.country_code), pen))


_CITIES = frozenset({"city", "district", "sub_city_area"})
_Judge = Callable[[PracticeRecord, CityProfile, Pen], Cell]
_Describe = Callable[[CityProfile, Pen], Cell]

_CONDITIONS: tuple[tuple[str, str, _Judge, _Describe], ...] = (
    ("fit-country", noop("Same country"), _country, lambda city, pen: pen.plain(city.place.country)),
    ("fit-size", noop("Similar size"), _size, _band_of_city),
    ("fit-language", noop("Official language in common"), _language, _languages_of_city),
    ("fit-needs", noop("Needs in common"), _needs, lambda city, pen: pen.concepts(city.needs)),
)
