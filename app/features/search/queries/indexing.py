"""Published practices as the index takes them, and the sequence of publications that it follows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.languages import MultiText
from app.features.places.queries import load_gazetteer, place_aliases
from app.features.places.views import Gazetteer
from app.features.practices.rules.document import KIND
from app.features.search.commands.filter import PracticeFilter
from app.features.search.commands.indexed import IndexedPractice, Position
from app.models.place import Country, Place
from app.models.published import PublicationChange, PublishedFacet, PublishedPlace, PublishedRecord

PLACE = "place"
"""Kind of the change that says: a place has other names now."""

_LATE = 100
"""A change may become visible after so many later ones."""
_OWN_FIELDS = ("title", "one_line", "summary")
"""Text fields with a weight of their own; all others together are the body."""


@dataclass(frozen=True, slots=True)
class Names:
    """All names of places and countries, in every language and spelling."""

    gazetteer: Gazetteer
    aliases: Mapping[str, Sequence[str]]
    countries: Mapping[str, Sequence[str]]

    def of(self, place_ids: Iterable[str]) -> tuple[str, ...]:
        """The names of places, of the places they lie in and of their countries."""
        found: dict[str, None] = {}
        for place_id in place_ids:
            for one in self.gazetteer.lineage(place_id):
                place = self.gazetteer.places[one]
                found |= dict.fromkeys((*place.names.values(), *self.aliases.get(one, ())))
                found |= dict.fromkeys(self.countries.get(place.country_code, ()))
        return tuple(found)


async def load_names(session: AsyncSession) -> Names:
    """Names of all places and countries."""
    aliases: dict[str, list[str]] = {}
    for place_id, text in await place_aliases(session):
        aliases.setdefault(place_id, []).append(text)
    c = Country
    rows = await session.execute(
        select(c.code, c.short_en, c.short_fr, c.short_ar, c.name_en, c.name_fr, c.name_ar)
    )
    return Names(await load_gazetteer(session), aliases, {code: names for code, *names in rows})


async def indexed_practices(
    session: AsyncSession, slugs: Sequence[str], names: Names
) -> list[IndexedPractice]:
    """The published ones among `slugs`, illustrations left out: two statements."""
    rows = await session.execute(
        select(
            PublishedRecord.id,
            PublishedRecord.slug,
            PublishedRecord.document,
            PublishedRecord.starts_on,
            PublishedRecord.evidence,
            PublishedRecord.confirmed_on,
            PublishedRecord.first_published_at,
        ).where(
            PublishedRecord.kind == KIND,
            PublishedRecord.slug.in_(slugs),
            PublishedRecord.is_illustration.is_(False),
        )
    )
    records = rows.mappings().all()
    facets: dict[Any, dict[str, list[str]]] = {}
    for record_id, facet, code in await session.execute(
        select(PublishedFacet.record_id, PublishedFacet.facet, PublishedFacet.code).where(
            PublishedFacet.record_id.in_([record["id"] for record in records])
        )
    ):
        facets.setdefault(record_id, {}).setdefault(facet, []).append(code)
    return [_indexed(record, facets.get(record["id"], {}), names) for record in records]


def _indexed(record: RowMapping, facets: Mapping[str, Sequence[str]], names: Names) -> IndexedPractice:
    document = record["document"]
    partners = [partner["name"] for partner in document["partners"]]
    lead = document["lead_organisation"]
    return IndexedPractice(
        slug=record["slug"],
        texts=_texts(document),
        place_names=names.of(place["place_id"] for place in document["places"]),
        organisations=tuple([lead, *partners] if lead else partners),
        concepts=tuple(code for codes in document["concepts"].values() for code in codes),
        facets={facet: tuple(codes) for facet, codes in facets.items()},
        evidence=record["evidence"] or 0,
        published=record["first_published_at"].date().toordinal(),
        started=record["starts_on"].toordinal() if record["starts_on"] else None,
        confirmed=record["confirmed_on"].toordinal() if record["confirmed_on"] else None,
    )


def _texts(document: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The texts by language and index field."""
    fields = list(document["texts"].items())
    fields += [("body", output["indicator"]) for output in document["outputs"]]
    fields += [("body", outcome["outcome"]) for outcome in document["outcomes"]]
    texts: dict[str, dict[str, str]] = {}
    for field, dumped in fields:
        name = field if field in _OWN_FIELDS else "body"
        for language, (text, _) in MultiText.load(dumped).texts.items():
            of_language = texts.setdefault(language, {})
            of_language[name] = f"{of_language[name]}\n{text}" if name in of_language else text
    return texts


async def slugs_after(session: AsyncSession, slug: str, limit: int) -> Sequence[str]:
    """Slugs of published practices in order, those after `slug`."""
    rows = await session.scalars(
        select(PublishedRecord.slug)
        .where(PublishedRecord.kind == KIND, PublishedRecord.slug > slug)
        .order_by(PublishedRecord.slug)
        .limit(limit)
    )
    return rows.all()


@dataclass(frozen=True, slots=True)
class Changes:
    """New changes: practices to index anew, and how far an index has come that did."""

    slugs: tuple[str, ...]
    position: Position


async def last_position(session: AsyncSession) -> Position:
    """How far the sequence of changes goes."""
    rows = await session.execute(
        select(PublicationChange.id, PublicationChange.happened_at)
        .order_by(PublicationChange.id.desc())
        .limit(_LATE)
    )
    found = rows.all()
    if not found:
        return Position()
    return Position(found[0].id, found[0].happened_at.isoformat(), tuple(row.id for row in reversed(found)))


async def is_known(session: AsyncSession, position: Position) -> bool:
    """Whether this database has the change where an index stopped; a replaced one has not."""
    happened = await session.scalar(
        select(PublicationChange.happened_at).where(PublicationChange.id == position.sequence)
    )
    return happened is not None and happened.isoformat() == position.happened_at


async def changes_after(session: AsyncSession, position: Position, limit: int) -> Changes | None:
    """Changes that an index at `position` does not hold, or None when it holds all."""
    rows = await session.execute(
        select(
            PublicationChange.id,
            PublicationChange.kind,
            PublicationChange.slug,
            PublicationChange.happened_at,
        )
        .where(PublicationChange.id > position.sequence - _LATE)
        .order_by(PublicationChange.id)
        .limit(limit + _LATE)
    )
    known = rows.all()
    new = [row for row in known if row.id not in position.seen]
    if not new:
        return None
    slugs = {row.slug: None for row in new if row.kind == KIND}
    places = [row.slug for row in new if row.kind == PLACE]
    if places:
        slugs |= dict.fromkeys(await _slugs_about(session, places))
    last = known[-1]
    seen = tuple(row.id for row in known[-_LATE:])
    return Changes(tuple(slugs), Position(last.id, last.happened_at.isoformat(), seen))


async def _slugs_about(session: AsyncSession, place_ids: Sequence[str]) -> Sequence[str]:
    """Published practices at these places, or in places that lie directly in them."""
    inside = select(Place.id).where(Place.id.in_(place_ids) | Place.parent_id.in_(place_ids))
    rows = await session.scalars(
        select(PublishedRecord.slug)
        .join(PublishedPlace, PublishedPlace.record_id == PublishedRecord.id)
        .where(PublishedRecord.kind == KIND, PublishedPlace.place_id.in_(inside))
        .distinct()
    )
    return rows.all()


async def facet_counts(session: AsyncSession, filter_: PracticeFilter, facet: str) -> dict[str, int]:
    """The counts of a facet by SQL, its own selection left out: what the index must agree with."""
    statement = (
        select(PublishedFacet.code, func.count().label("count_of_code"))
        .join(PublishedRecord, PublishedRecord.id == PublishedFacet.record_id)
        .where(PublishedFacet.facet == facet, PublishedRecord.kind == KIND)
        .where(PublishedRecord.is_illustration.is_(False))
        .group_by(PublishedFacet.code)
    )
    for other, codes in filter_.selected().items():
        if other != facet:
            carries = select(PublishedFacet.record_id).where(
                PublishedFacet.facet == other, PublishedFacet.code.in_(codes)
            )
            statement = statement.where(PublishedRecord.id.in_(carries))
    rows = await session.execute(statement)
    return {row.code: row.count_of_code for row in rows}
