"""The rows of a comparison of cities: which there are, in which groups, and what each says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.core.languages import LocalText
from app.core.messages import noop
from app.features.cities.rules.standing import Standing
from app.features.cities.views.portrait import CityPortrait
from app.features.cities.views.profile import NetworkFact
from app.features.cities.views.records import SaidLine
from app.features.comparisons.rules.fit import band_of, official_languages
from app.features.comparisons.views.pen import Pen
from app.features.comparisons.views.populations import population_cell
from app.features.comparisons.views.table import Cell, Line
from app.features.practices.views import PracticeCard
from app.features.support.views import SupportLine
from app.features.wording.views import Shelf

Write = Callable[[CityPortrait, Pen], Cell]


@dataclass(frozen=True, slots=True)
class CityRow:
    """A question to every city. The title is a marked message, or finished where `is_said` is set."""

    code: str
    title: str
    write: Write
    is_said: bool = False

    def in_words(self, pen: Pen) -> str:
        """The title for the reader."""
        return self.title if self.is_said else pen.words.gettext(self.title)


@dataclass(frozen=True, slots=True)
class CityGroup:
    """Questions that belong together."""

    code: str
    title: str
    rows: tuple[CityRow, ...]


def groups_of_cities(shelf: Shelf) -> tuple[CityGroup, ...]:
    """All groups. Needs have a row for each of the hub's priorities, so that like stands beside like."""
    tops = [need.code for need in shelf.vocabulary.scheme("need") if need.broader is None]
    needs = [
        CityRow(f"needs-{code}", shelf.vocabulary.label(code, shelf.language), _needs_under(code), True)
        for code in tops
    ]
    needs.append(CityRow("needs-other", noop("Other needs"), _needs_beside(tops)))
    return (
        CityGroup("portrait", noop("Portrait"), _PORTRAIT),
        CityGroup("network", noop("Part in the network"), _NETWORK),
        CityGroup("needs", noop("Needs by priority of the hub"), tuple(needs)),
        CityGroup("responses", noop("Concerns and how the city responds"), _RESPONSES),
        CityGroup("practices", noop("Practices"), _PRACTICES),
        CityGroup("engagement", noop("Work with the hub"), _ENGAGEMENT),
    )


def _kind(city: CityPortrait, pen: Pen) -> Cell:
    return pen.code("place-kind", city.profile.place.kind)


def _population(city: CityPortrait, pen: Pen) -> Cell:
    return population_cell(
        [replace(city.profile.place, population_source=city.profile.population_source)], pen
    )


def _size(city: CityPortrait, pen: Pen) -> Cell:
    """A governorate has no size among cities."""
    kind = city.profile.place.kind
    band = band_of(city.profile.place.population) if kind != "governorate_or_region" else None
    return pen.code("population-band", band)


def _languages(city: CityPortrait, pen: Pen) -> Cell:
    codes = official_languages(city.profile.place.country_code)
    return pen.plain(*(pen.shelf.word("language", code) for code in codes))


def _fact(code: str) -> Write:
    def write(city: CityPortrait, pen: Pen) -> Cell:
        stated = city.profile.place_facts[code]
        if stated is None:
            return Cell()
        answer = pen.say(noop("Yes")) if stated else pen.say(noop("No"))
        source = city.profile.facts_source
        return Cell((Line(answer, (pen.text(source),) if source else ()),))

    return write


def _dated(facts: Sequence[NetworkFact], pen: Pen) -> Cell:
    return Cell(tuple(Line(_standing(fact.standing, pen), _notes(fact, pen)) for fact in facts))


def _standing(standing: Standing, pen: Pen) -> LocalText:
    return pen.text(pen.shelf.word("membership", standing))


def _notes(fact: NetworkFact, pen: Pen) -> tuple[LocalText, ...]:
    when = pen.say(noop("Date not stated"))
    if fact.since:
        began = noop("Began some time within %(date)s") if "/" in fact.since else noop("Since: %(date)s")
        when = pen.say(began, date=pen.words.edtf(fact.since))
    return (when, pen.say(noop("Source: %(source)s"), source=fact.source.title)) if fact.source else (when,)


def _membership(city: CityPortrait, pen: Pen) -> Cell:
    return _dated(city.profile.memberships, pen)


def _engagement(city: CityPortrait, pen: Pen) -> Cell:
    return _dated(city.profile.engagements, pen)


def _needs_under(top: str) -> Write:
    def write(city: CityPortrait, pen: Pen) -> Cell:
        return _said([one for one in city.needs if one.hub_priority and one.hub_priority.code == top], pen)

    return write


def _needs_beside(tops: Sequence[str]) -> Write:
    def write(city: CityPortrait, pen: Pen) -> Cell:
        return _said(
            [one for one in city.needs if not one.hub_priority or one.hub_priority.code not in tops], pen
        )

    return write


def _said(lines: Sequence[SaidLine], pen: Pen) -> Cell:
    """What was said: the concept with the words as small print, or the words alone."""
    written = []
    for line in lines:
        notes: list[LocalText] = []
        if line.priority:
            word = pen.shelf.word("priority", line.priority)
            notes.append(pen.say(noop("Priority: %(priority)s"), priority=word))
        if line.year:
            notes.append(pen.say(noop("From a consultation of %(year)s"), year=str(line.year)))
        notes += [pen.say(noop("Source: %(source)s"), source=source.title) for source in line.sources]
        if line.concept and line.text:
            notes.insert(0, line.text)
        text = pen.text(line.concept.label) if line.concept else line.text
        if text:
            written.append(Line(text, tuple(notes)))
    return Cell(tuple(written))


def _concerns(city: CityPortrait, pen: Pen) -> Cell:
    return _said(city.concerns, pen)


def _approaches(city: CityPortrait, pen: Pen) -> Cell:
    return _said(city.approaches, pen)


def _assets(city: CityPortrait, pen: Pen) -> Cell:
    return _said(city.assets, pen)


def _gaps(city: CityPortrait, pen: Pen) -> Cell:
    return _said(city.gaps, pen)


def _practices(city: CityPortrait, pen: Pen) -> Cell:
    return Cell(tuple(_practice(card, pen) for card in city.practices))


def _practice(card: PracticeCard, pen: Pen) -> Line:
    level = pen.shelf.word("evidence", str(card.evidence))
    notes = (pen.say(noop("Evidence: %(level)s"), level=level),)
    return Line(card.title, notes, ("practice", card.slug))


def _themes(city: CityPortrait, pen: Pen) -> Cell:
    return pen.concepts(list(dict.fromkeys(theme for card in city.practices for theme in card.themes)))


def _events(city: CityPortrait, pen: Pen) -> Cell:
    return Cell(
        tuple(
            Line(event.title, (pen.text(pen.words.edtf(event.held)),), ("event", event.slug))
            for event in city.events
        )
    )


def _heard(city: CityPortrait, pen: Pen) -> Cell:
    return Cell(
        tuple(
            Line(one.event.title, (pen.text(pen.words.edtf(one.event.held)),), ("event", one.event.slug))
            for one in city.heard
            if one.event
        )
    )


def _voices(city: CityPortrait, pen: Pen) -> Cell:
    return pen.texts(one.paraphrase for one in city.voices)


def _support(city: CityPortrait, pen: Pen) -> Cell:
    return Cell(tuple(_supported(line, pen) for line in city.support))


def _supported(line: SupportLine, pen: Pen) -> Line:
    """What it was about; as small print which kind of help, given or received, when."""
    what = line.subject.label if line.subject else None
    modality = line.modality.label if line.modality else line.possible_words
    text = pen.text(what or modality or pen.words.gettext(noop("Support")))
    notes = [pen.say(noop("Given by the city")) if line.is_giver else pen.say(noop("Received by the city"))]
    if what and modality:
        notes.append(pen.text(modality))
    if line.given:
        notes.append(pen.text(pen.words.edtf(line.given)))
    return Line(text, tuple(notes))


def _plans(city: CityPortrait, pen: Pen) -> Cell:
    return pen.texts(plan.title for plan in city.plans)


_PORTRAIT = (
    CityRow("country", noop("Country"), lambda city, pen: pen.plain(city.profile.place.country)),
    CityRow("kind", noop("Kind of place"), _kind),
    CityRow("population", noop("Population"), _population),
    CityRow("size", noop("Size"), _size),
    CityRow("languages", noop("Official languages of the country"), _languages),
    CityRow("border", noop("Border city"), _fact("border")),
    CityRow("host", noop("Hosts displaced people"), _fact("host")),
    CityRow("conflict-affected", noop("Affected by conflict"), _fact("conflict-affected")),
)
_NETWORK = (
    CityRow("membership", noop("Membership"), _membership),
    CityRow("engagement", noop("Engagement"), _engagement),
)
_RESPONSES = (
    CityRow("concerns", noop("Concerns and threats"), _concerns),
    CityRow("approaches", noop("What it does already"), _approaches),
    CityRow("assets", noop("What it can build on"), _assets),
    CityRow("gaps", noop("What it lacks"), _gaps),
)
_PRACTICES = (
    CityRow("themes", noop("Themes"), _themes),
    CityRow("practices", noop("Practices"), _practices),
)
_ENGAGEMENT = (
    CityRow("events", noop("Events"), _events),
    CityRow("heard", noop("Heard at others’ events"), _heard),
    CityRow("voices", noop("Voices"), _voices),
    CityRow("support", noop("Support"), _support),
    CityRow("plans", noop("Local action plans"), _plans),
)
