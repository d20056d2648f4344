"""What a city can choose from its own surroundings: places, earlier consultations, events, practices."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.languages import Language, MultiText
from app.core.text import sort_key
from app.features.consultations.rules.codes import Allowed
from app.features.consultations.rules.questionnaire import Source
from app.features.consultations.views.reader import Offers, Option
from app.features.places.views import Gazetteer
from app.features.vocabulary.views import Vocabulary
from app.models.consultation import Consultation
from app.models.published import PublishedFacet, PublishedRecord

MOST_OFFERED = 100


async def load_offers(
    session: AsyncSession, place_id: str, gazetteer: Gazetteer, language: Language, *, but: str | None = None
) -> Offers:
    """Places of the same country, the city's earlier consultations, the hub's events, practices nearby.

    `but` is the reference of the consultation itself, which did not come before itself.
    """
    place = gazetteer.places.get(place_id)
    country = place.country_code if place else ""
    return {
        "places": _places(place_id, country, gazetteer, language),
        "previous": tuple(one for one in await _previous(session, place_id) if one.code != but),
        "events": await _events(session, country, language),
        "practices": await _practices(session, country, language),
    }


def _places(place_id: str, country: str, gazetteer: Gazetteer, language: Language) -> tuple[Option, ...]:
    near = [
        place
        for place in gazetteer.places.values()
        if place.country_code == country and place.kind != "country" and place.id != place_id
    ]
    options = [Option(place.id, place.name(language)) for place in near]
    return tuple(sorted(options, key=lambda option: sort_key(option.label)))


async def _previous(session: AsyncSession, place_id: str) -> tuple[Option, ...]:
    rows = await session.execute(
        select(Consultation.reference, Consultation.title)
        .where(Consultation.place_id == place_id, Consultation.reference.is_not(None))
        .order_by(Consultation.submitted_at.desc())
        .limit(MOST_OFFERED)
    )
    return tuple(Option(row.reference, f"{row.reference} {row.title or ''}".strip()) for row in rows)


async def _events(session: AsyncSession, country: str, language: Language) -> tuple[Option, ...]:
    """Published events of the country, and those that took place in none."""
    somewhere = select(PublishedFacet.record_id).where(PublishedFacet.facet == "country")
    here = somewhere.where(PublishedFacet.code == country)
    rows = await session.execute(
        select(PublishedRecord.slug, PublishedRecord.card)
        .where(
            PublishedRecord.kind == "event",
            PublishedRecord.is_illustration.is_(False),
            PublishedRecord.id.in_(here) | PublishedRecord.id.not_in(somewhere),
        )
        .order_by(PublishedRecord.starts_on.desc().nulls_last(), PublishedRecord.slug)
        .limit(MOST_OFFERED)
    )
    return tuple(_titled(row.slug, row.card["title"], language) for row in rows)


async def _practices(session: AsyncSession, country: str, language: Language) -> tuple[Option, ...]:
    nearby = select(PublishedFacet.record_id).where(
        PublishedFacet.facet == "country", PublishedFacet.code == country
    )
    rows = await session.execute(
        select(PublishedRecord.slug, PublishedRecord.card)
        .where(PublishedRecord.kind == "practice", PublishedRecord.id.in_(nearby))
        .order_by(PublishedRecord.slug)
        .limit(MOST_OFFERED)
    )
    return tuple(_titled(row.slug, row.card["title"], language) for row in rows)


def _titled(code: str, title: dict[str, object], language: Language) -> Option:
    text = MultiText.load(title).in_language(language)
    return Option(code, text.text if text else code)


async def allowed_codes(
    session: AsyncSession,
    place_id: str,
    used: Collection[tuple[Source, str, str]],
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
) -> Allowed:
    """What can be chosen, for the lists in use. `used` has (source, list, code).

    The form offers what is near; here any published practice or event will do.
    """
    allowed: dict[tuple[Source, str], frozenset[str]] = {
        (Source.CONCEPTS, scheme): frozenset(concept.code for concept in vocabulary.scheme(scheme))
        for scheme in {concept.scheme for concept in vocabulary.concepts.values()}
    }
    here = gazetteer.places.get(place_id)
    is_invented = here is not None and here.is_illustration
    allowed[Source.OFFERED, "places"] = frozenset(
        place.id
        for place in gazetteer.places.values()
        if place.kind != "country" and place.id != place_id and place.is_illustration == is_invented
    )
    existing = {
        "previous": select(Consultation.reference).where(Consultation.place_id == place_id),
        "events": select(PublishedRecord.slug).where(PublishedRecord.kind == "event"),
        "practices": select(PublishedRecord.slug).where(PublishedRecord.kind == "practice"),
    }
    columns = {
        "previous": Consultation.reference,
        "events": PublishedRecord.slug,
        "practices": PublishedRecord.slug,
    }
    for name, statement in existing.items():
        codes = [code for source, of, code in used if source is Source.OFFERED and of == name]
        found = await session.scalars(statement.where(columns[name].in_(codes))) if codes else ()
        allowed[Source.OFFERED, name] = frozenset(code for code in found if code)
    return allowed
