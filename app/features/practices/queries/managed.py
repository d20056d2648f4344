"""Practices as the hub works on them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import contains_words
from app.core.languages import Language, LocalText, MultiText
from app.core.paging import PAGE_SIZE, Page
from app.features.places.queries import load_gazetteer
from app.features.practices.queries.stored import stored_practice
from app.features.practices.rules.answers import answers_of_practice
from app.features.practices.rules.document import KIND, publication_of, texts_of
from app.features.practices.views import PracticeRecord, practice_record
from app.features.practices.views.managed import ManagedLine, ManagedPractice, Suggestion
from app.features.publication.commands import Publish
from app.features.publication.queries import Published
from app.features.vocabulary.queries import load_vocabulary
from app.features.wording.views import Shelf
from app.models.base import Publication
from app.models.practice import CorrectionSuggestion, Practice, PracticeText
from app.models.published import PublishedRecord


async def publication_as_stored(session: AsyncSession, practice: Practice) -> Publish:
    """The copy that readers would get of a practice whose parts are loaded, as it is now."""
    vocabulary, gazetteer = await load_vocabulary(session), await load_gazetteer(session)
    lineage = {
        p.place_id: [one for one in gazetteer.lineage(p.place_id) if gazetteer.places[one].kind != "country"]
        for p in practice.places
    }
    return publication_of(
        practice,
        scheme_of={code: concept.scheme for code, concept in vocabulary.concepts.items()},
        country_of={id_: place.country_code for id_, place in gazetteer.places.items()},
        lineage=lineage,
    )


async def preview_of(session: AsyncSession, slug: str, shelf: Shelf) -> PracticeRecord:
    """A practice as readers would see it if it were published now. Raises `NotFound`."""
    practice = await stored_practice(session, slug)
    copy = await publication_as_stored(session, practice)
    first = practice.first_published_at or practice.updated_at
    return practice_record(
        Published(
            KIND,
            slug,
            dict(copy.document),
            copy.starts_on,
            copy.is_illustration,
            copy.audience,
            first,
            practice.updated_at,
        ),
        shelf,
    )


async def managed_practice(session: AsyncSession, slug: str, language: Language) -> ManagedPractice:
    """A practice to edit. Raises `NotFound`."""
    practice = await stored_practice(session, slug)
    vocabulary = await load_vocabulary(session)
    scheme_of = {code: concept.scheme for code, concept in vocabulary.concepts.items()}
    published_at = await session.scalar(
        select(PublishedRecord.published_at).where(PublishedRecord.kind == KIND, PublishedRecord.slug == slug)
    )
    title = texts_of(practice).get("title", MultiText.load(None)).in_language(language)
    return ManagedPractice(
        slug=practice.slug,
        title=title or LocalText(practice.slug, language, language),
        version=practice.version,
        publication=str(practice.publication),
        origin=str(practice.origin),
        source_language=practice.source_language,
        updated_at=practice.updated_at,
        is_ahead=published_at is not None and practice.updated_at > published_at,
        has_rights_review=bool(practice.rights_answers),
        answers=answers_of_practice(practice, scheme_of),
    )


async def practices_by_state(session: AsyncSession) -> Mapping[str, int]:
    """How many practices there are in each state of publication."""
    rows = await session.execute(
        select(Practice.publication, func.count().label("number")).group_by(Practice.publication)
    )
    return {str(row.publication): row.number for row in rows}


async def managed_practices(
    session: AsyncSession, language: Language, *, q: str = "", state: str = "", number: int = 1
) -> Page[ManagedLine]:
    """One page of the practices in a state whose title or address has the words of `q`, last edited first."""
    conditions: list[ColumnElement[bool]] = []
    if state:
        conditions.append(Practice.publication == Publication(state))
    if q.strip():
        titled = select(PracticeText.practice_id).where(
            PracticeText.field == "title", contains_words(PracticeText.text, q)
        )
        conditions.append(or_(Practice.id.in_(titled), contains_words(Practice.slug, q)))
    total = await session.scalar(select(func.count()).select_from(Practice).where(*conditions)) or 0
    found = await session.execute(
        select(
            Practice.id,
            Practice.slug,
            Practice.publication,
            Practice.origin,
            Practice.source_language,
            Practice.updated_at,
            PublishedRecord.published_at,
        )
        .outerjoin(PublishedRecord, (PublishedRecord.kind == KIND) & (PublishedRecord.slug == Practice.slug))
        .where(*conditions)
        .order_by(Practice.updated_at.desc(), Practice.slug)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = found.all()
    titles = await _titles(session, [row.slug for row in rows], language)
    lines = [
        ManagedLine(
            row.slug,
            titles[row.slug],
            str(row.publication),
            str(row.origin),
            row.updated_at,
            row.published_at is not None and row.updated_at > row.published_at,
        )
        for row in rows
    ]
    return Page(lines, total, number, PAGE_SIZE)


async def _titles(session: AsyncSession, slugs: Sequence[str], language: Language) -> dict[str, LocalText]:
    rows = await session.execute(
        select(
            Practice.slug,
            Practice.source_language,
            PracticeText.language,
            PracticeText.text,
            PracticeText.status,
        )
        .join(PracticeText, PracticeText.practice_id == Practice.id)
        .where(Practice.slug.in_(slugs), PracticeText.field == "title")
    )
    texts: dict[str, MultiText] = {}
    for row in rows:
        known = texts.get(row.slug, MultiText(row.source_language, {}))
        texts[row.slug] = MultiText(known.source, {**known.texts, row.language: (row.text, row.status)})
    found = {slug: text.in_language(language) for slug, text in texts.items()}
    return {slug: found.get(slug) or LocalText(slug, language, language) for slug in slugs}


async def count_of_suggestions(session: AsyncSession) -> int:
    """How many suggestions wait."""
    waiting = select(func.count()).select_from(CorrectionSuggestion)
    return await session.scalar(waiting.where(CorrectionSuggestion.handled_at.is_(None))) or 0


async def suggestions(
    session: AsyncSession, language: Language, *, handled: bool = False, number: int = 1
) -> Page[Suggestion]:
    """One page of what readers suggest: what waits, oldest first, or what is done, newest first."""
    done = CorrectionSuggestion.handled_at
    wanted = done.is_not(None) if handled else done.is_(None)
    total = await session.scalar(select(func.count()).select_from(CorrectionSuggestion).where(wanted))
    found = await session.execute(
        select(
            CorrectionSuggestion.id,
            CorrectionSuggestion.slug,
            CorrectionSuggestion.text,
            CorrectionSuggestion.language,
            CorrectionSuggestion.suggested_at,
            CorrectionSuggestion.handled_at,
        )
        .where(wanted)
        .order_by(done.desc() if handled else CorrectionSuggestion.suggested_at, CorrectionSuggestion.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = found.all()
    titles = await _titles(session, [row.slug for row in rows], language)
    items = [
        Suggestion(
            row.id, row.slug, titles[row.slug], row.text, row.language, row.suggested_at, row.handled_at
        )
        for row in rows
    ]
    return Page(items, total or 0, number, PAGE_SIZE)
