"""Cities as partners receive them. No field has a default: a promise is always kept."""

from pydantic import BaseModel

from app.core.languages import LocalText
from app.features.cities.views.cards import CityCard, CityResults
from app.features.cities.views.portrait import CityPortrait, Moment
from app.features.cities.views.profile import CityProfile, NetworkFact
from app.features.cities.views.records import SaidLine
from app.features.practices.schemas import PracticeItemOut
from app.features.vocabulary.schemas import ConceptOut
from app.features.wording.views import PlaceLabel


class PopulationOut(BaseModel):
    """Inhabitants with the year and the source; either is null where it is not stated."""

    value: int
    year: int | None
    source: str | None

    @classmethod
    def of(cls, place: PlaceLabel, source: str | None) -> "PopulationOut | None":
        """From a view; None where it is not reported."""
        if place.population is None:
            return None
        return cls(value=place.population, year=place.population_year, source=source)


class CityItemOut(BaseModel):
    """A city in a list. `membership`: member, former-member, engaged or not-reported.

    `published` counts what is published about the city, by kind.
    """

    slug: str
    name: str
    kind: str
    country: str
    country_name: str
    latitude: float | None
    longitude: float | None
    population: PopulationOut | None
    membership: str
    published: dict[str, int]

    @classmethod
    def of(cls, card: CityCard) -> "CityItemOut":
        """From a view."""
        place = card.place
        return cls(
            slug=card.slug,
            name=place.name,
            kind=place.kind,
            country=place.country_code,
            country_name=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
            population=PopulationOut.of(place, card.population_source),
            membership=str(card.standing),
            published=dict(card.published),
        )


class CityListOut(BaseModel):
    """One page of cities; `next` is the path of the next page, or null at the end."""

    items: list[CityItemOut]
    total: int
    next: str | None

    @classmethod
    def of(cls, found: CityResults, following: str | None) -> "CityListOut":
        """From results."""
        items = [CityItemOut.of(card) for card in found.page.items]
        return cls(items=items, total=found.page.total, next=following)


class CityTextOut(BaseModel):
    """A text, the language it is in, and how it came about there."""

    text: str
    language: str
    status: str

    @classmethod
    def of(cls, text: LocalText | None) -> "CityTextOut | None":
        """From a text; None where nobody wrote one."""
        return cls(text=text.text, language=text.language, status=str(text.status)) if text else None


class CitySourceOut(BaseModel):
    """Where something was read."""

    title: str
    url: str | None


class CityNameOut(BaseModel):
    """The name in one language, and where it comes from in words."""

    language: str
    name: str
    basis: str | None


class CityPlaceOut(BaseModel):
    """A place that the city lies in, or that lies in it."""

    slug: str
    name: str
    kind: str

    @classmethod
    def of(cls, place: PlaceLabel) -> "CityPlaceOut":
        """From a view."""
        return cls(slug=place.id, name=place.name, kind=place.kind)


class NetworkFactOut(BaseModel):
    """A dated fact (`since` is EDTF) of membership or engagement."""

    status: str
    since: str | None
    note: str | None
    source: CitySourceOut | None

    @classmethod
    def of(cls, fact: NetworkFact) -> "NetworkFactOut":
        """From a view."""
        source = CitySourceOut(title=fact.source.title, url=fact.source.url) if fact.source else None
        return cls(status=str(fact.standing), since=fact.since, note=fact.note, source=source)


class SaidOut(BaseModel):
    """A need, concern, approach, asset or gap as published. `hub_priority` is the broadest term of a need."""

    kind: str
    concept: ConceptOut | None
    hub_priority: ConceptOut | None
    text: CityTextOut | None
    priority: str | None
    rank: int | None
    status: str | None
    speaker: list[str]
    year: int | None
    consultation: str | None
    sources: list[CitySourceOut]

    @classmethod
    def of(cls, line: SaidLine) -> "SaidOut":
        """From a view."""
        return cls(
            kind=line.kind,
            concept=ConceptOut.of(line.concept) if line.concept else None,
            hub_priority=ConceptOut.of(line.hub_priority) if line.hub_priority else None,
            text=CityTextOut.of(line.text),
            priority=line.priority,
            rank=line.rank,
            status=line.status,
            speaker=list(line.speaker),
            year=line.year,
            consultation=line.consultation,
            sources=[CitySourceOut(title=one.title, url=one.url) for one in line.sources],
        )


class MomentOut(BaseModel):
    """An entry of the timeline; `date` is EDTF, `slug` the record of the kind where it has a page."""

    kind: str
    date: str
    title: CityTextOut | None
    slug: str | None

    @classmethod
    def of(cls, moment: Moment) -> "MomentOut":
        """From a view."""
        slug = moment.link[1] if moment.link else None
        return cls(kind=moment.kind, date=moment.when, title=CityTextOut.of(moment.title), slug=slug)


class CityOut(BaseModel):
    """A city and what is published about it. What nobody reported is null or an empty list.

    `country_needs` are needs and concerns published for the country as a whole.
    """

    slug: str
    name: str
    names: list[CityNameOut]
    aliases: list[str]
    kind: str
    country: str
    country_name: str
    within: CityPlaceOut | None
    areas: list[CityPlaceOut]
    latitude: float | None
    longitude: float | None
    population: PopulationOut | None
    geonames_id: str | None
    wikidata_id: str | None
    p_code: str | None
    iso_3166_2: str | None
    is_border: bool | None
    is_host: bool | None
    is_conflict_affected: bool | None
    facts_source: str | None
    membership: list[NetworkFactOut]
    engagement: list[NetworkFactOut]
    needs: list[SaidOut]
    concerns: list[SaidOut]
    approaches: list[SaidOut]
    assets: list[SaidOut]
    gaps: list[SaidOut]
    country_needs: list[SaidOut]
    practices: list[PracticeItemOut]
    timeline: list[MomentOut]
    is_illustration: bool

    @classmethod
    def of(cls, city: CityPortrait) -> "CityOut":
        """From a view."""
        profile = city.profile
        return cls(
            **_place(profile),
            membership=[NetworkFactOut.of(fact) for fact in profile.memberships],
            engagement=[NetworkFactOut.of(fact) for fact in profile.engagements],
            needs=[SaidOut.of(line) for line in city.needs],
            concerns=[SaidOut.of(line) for line in city.concerns],
            approaches=[SaidOut.of(line) for line in city.approaches],
            assets=[SaidOut.of(line) for line in city.assets],
            gaps=[SaidOut.of(line) for line in city.gaps],
            country_needs=[SaidOut.of(line) for line in city.said_of_country],
            practices=[PracticeItemOut.of(card) for card in city.practices],
            timeline=[MomentOut.of(moment) for moment in city.timeline],
            is_illustration=profile.is_illustration,
        )


def _place(profile: CityProfile) -> dict[str, object]:
    """The fields of the place itself."""
    place = profile.place
    return {
        "slug": profile.slug,
        "name": place.name,
        "names": [
            CityNameOut(language=name.language, name=name.text, basis=name.basis) for name in profile.names
        ],
        "aliases": list(profile.aliases),
        "kind": place.kind,
        "country": place.country_code,
        "country_name": place.country,
        "within": CityPlaceOut.of(profile.parent) if profile.parent else None,
        "areas": [CityPlaceOut.of(part) for part in profile.parts],
        "latitude": place.latitude,
        "longitude": place.longitude,
        "population": PopulationOut.of(place, profile.population_source),
        "geonames_id": profile.ids["geonames"],
        "wikidata_id": profile.ids["wikidata"],
        "p_code": profile.ids["p-code"],
        "iso_3166_2": profile.ids["iso-3166-2"],
        "is_border": profile.is_border,
        "is_host": profile.is_host,
        "is_conflict_affected": profile.is_conflict_affected,
        "facts_source": profile.facts_source,
    }
