"""Support, plans, national bodies and strategies, and reported needs, in one reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.languages import LocalText
from app.features.places.views import SourceLine, source_lines
from app.features.publication.queries import Published
from app.features.vocabulary.views import ConceptLabel
from app.features.wording.views import PlaceLabel, Shelf


@dataclass(frozen=True, slots=True)
class EventMention:
    """A published event that a record names. `held` is EDTF."""

    slug: str
    title: LocalText
    held: str


@dataclass(frozen=True, slots=True)
class Where:
    """The scope of a record: a place, a country, or (neither) the whole region."""

    place: PlaceLabel | None
    country_code: str | None
    country: str | None

    @property
    def scope(self) -> str:
        """`city`, `country` or `region`."""
        if self.place is not None:
            return "city"
        return "country" if self.country_code else "region"


@dataclass(frozen=True, slots=True)
class SupportLine:
    """Help that a city got or gave.

    Where `possible_modalities` is not empty the source does not say which it was; `modality` is
    then the hub's reading, or None.
    """

    slug: str
    where: Where
    is_giver: bool
    modality: ConceptLabel | None
    possible_modalities: tuple[ConceptLabel, ...]
    partners: tuple[str, ...]
    partner_names: str
    subject: ConceptLabel | None
    scope_note: LocalText | None
    event: EventMention | None
    given: str | None
    note: str | None
    sources: tuple[SourceLine, ...]
    possible_words: str


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """A local action plan; `area_count` where the source counts areas without naming them."""

    slug: str
    title: LocalText
    where: Where
    area_count: int | None
    state: str | None
    adopted: str | None
    partners: tuple[str, ...]
    partner_names: str
    note: str | None
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class NationalBody:
    """A national body for prevention."""

    slug: str
    name: LocalText
    abbreviation: str | None
    name_variants: tuple[str, ...]
    country_code: str
    note: str | None
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class NationalStrategy:
    """A national strategy; `mandate_for_cities` is None where no source says."""

    slug: str
    name: LocalText
    country_code: str
    period: str | None
    mandate_for_cities: bool | None
    body: str | None
    note: str | None
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class NationalFramework:
    """What a country has, as far as it is reported."""

    country_code: str
    country: str
    bodies: tuple[NationalBody, ...]
    strategies: tuple[NationalStrategy, ...]


@dataclass(frozen=True, slots=True)
class ReportedNeed:
    """A need or concern as a source reports it, at the scope the source gives."""

    slug: str
    kind: str
    concept: ConceptLabel
    where: Where
    event: EventMention | None
    note: str | None
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """All that is reported at one scope, with the sources of it."""

    where: Where
    needs: tuple[ReportedNeed, ...]
    concerns: tuple[ReportedNeed, ...]
    events: tuple[EventMention, ...]
    sources: tuple[SourceLine, ...]


def by_scope(needs: Sequence[ReportedNeed]) -> tuple[NeedGroup, ...]:
    """Reported needs put together by place, country or region, in the order they come in."""
    groups: dict[Where, list[ReportedNeed]] = {}
    for need in needs:
        groups.setdefault(need.where, []).append(need)
    return tuple(
        NeedGroup(
            where,
            tuple(need for need in found if need.kind == "need"),
            tuple(need for need in found if need.kind != "need"),
            tuple(dict.fromkeys(need.event for need in found if need.event)),
            tuple(dict.fromkeys(source for need in found for source in need.sources)),
        )
        for where, found in groups.items()
    )


Mentions = Mapping[str, EventMention]


def event_mention(published: Published, shelf: Shelf) -> EventMention | None:
    """How records name an event (`published.body` is its card)."""
    title = shelf.text(published.body["title"])
    return EventMention(published.slug, title, published.body["held"]) if title else None


def support_line(published: Published, mentions: Mentions, shelf: Shelf) -> SupportLine:
    """Published support."""
    body = published.body
    possible = shelf.vocabulary.labelled(body["possible_modalities"], shelf.language)
    return SupportLine(
        slug=published.slug,
        where=_where(body, shelf),
        is_giver=body["is_giver"],
        modality=_concept(body["modality"], shelf),
        possible_modalities=possible,
        partners=tuple(body["partners"]),
        partner_names=shelf.listed(body["partners"]),
        subject=_concept(body["subject"], shelf),
        scope_note=shelf.text(body["scope_note"]),
        event=mentions.get(body["event"] or ""),
        given=body["given"],
        note=body["note"],
        sources=source_lines(body["sources"]),
        possible_words=shelf.either([concept.label for concept in possible]),
    )


def action_plan(published: Published, shelf: Shelf) -> ActionPlan:
    """A published local action plan."""
    body = published.body
    return ActionPlan(
        slug=published.slug,
        title=_name(published, body["title"], shelf),
        where=_where(body, shelf),
        area_count=body["area_count"],
        state=body["state"],
        adopted=body["adopted"],
        partners=tuple(body["partners"]),
        partner_names=shelf.listed(body["partners"]),
        note=body["note"],
        sources=source_lines(body["sources"]),
    )


def national_body(published: Published, shelf: Shelf) -> NationalBody:
    """A published national body."""
    body = published.body
    return NationalBody(
        slug=published.slug,
        name=_name(published, body["name"], shelf),
        abbreviation=body["abbreviation"],
        name_variants=tuple(body["name_variants"]),
        country_code=body["country"],
        note=body["note"],
        sources=source_lines(body["sources"]),
    )


def national_strategy(published: Published, shelf: Shelf) -> NationalStrategy:
    """A published national strategy."""
    body = published.body
    return NationalStrategy(
        slug=published.slug,
        name=_name(published, body["name"], shelf),
        country_code=body["country"],
        period=body["period"],
        mandate_for_cities=body["mandate_for_cities"],
        body=body["body"],
        note=body["note"],
        sources=source_lines(body["sources"]),
    )


def reported_need(published: Published, mentions: Mentions, shelf: Shelf) -> ReportedNeed | None:
    """A published need or concern; None when its concept no longer exists."""
    body = published.body
    concept = _concept(body["concept"], shelf)
    if concept is None:
        return None
    return ReportedNeed(
        slug=published.slug,
        kind=body["kind"],
        concept=concept,
        where=_where(body, shelf),
        event=mentions.get(body["event"] or ""),
        note=body["note"],
        sources=source_lines(body["sources"]),
    )


def _where(body: Mapping[str, Any], shelf: Shelf) -> Where:
    place = shelf.place(body["place_id"], "about") if body["place_id"] else None
    code = body["country"]
    return Where(place, code, shelf.gazetteer.country_name(code, shelf.language) if code else None)


def _concept(code: str | None, shelf: Shelf) -> ConceptLabel | None:
    found = shelf.vocabulary.labelled([code] if code else [], shelf.language)
    return found[0] if found else None


def _name(published: Published, dumped: Mapping[str, Any], shelf: Shelf) -> LocalText:
    return shelf.text(dumped) or LocalText(published.slug, shelf.language, shelf.language)
