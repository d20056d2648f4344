"""Reading the vocabulary."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.text import sort_key
from app.features.vocabulary.views import Concept, SynonymSetView, Vocabulary
from app.models.vocabulary import Concept as ConceptRow
from app.models.vocabulary import ConceptAlias, SynonymSet


async def load_vocabulary(session: AsyncSession) -> Vocabulary:
    """All concepts with their preferred labels, in order: one statement."""
    rows = await session.execute(
        select(
            ConceptRow.scheme,
            ConceptRow.code,
            ConceptRow.broader_code,
            ConceptRow.label_en,
            ConceptRow.label_fr,
            ConceptRow.label_ar,
        ).order_by(ConceptRow.position)
    )
    return Vocabulary(
        {
            row.code: Concept(
                row.scheme,
                row.code,
                row.broader_code,
                {"en": row.label_en, "fr": row.label_fr, "ar": row.label_ar},
            )
            for row in rows
        }
    )


async def concept_aliases(session: AsyncSession) -> Sequence[tuple[str, str, str]]:
    """All alternative labels as (concept code, language, text)."""
    rows = await session.execute(select(ConceptAlias.concept_code, ConceptAlias.language, ConceptAlias.text))
    return [(row.concept_code, row.language, row.text) for row in rows]


async def synonym_sets(session: AsyncSession, *, q: str = "") -> list[SynonymSetView]:
    """All sets of synonyms with a term that contains `q`, by their first term."""
    rows = await session.execute(select(SynonymSet.id, SynonymSet.version, SynonymSet.terms, SynonymSet.note))
    wanted = sort_key(q.strip())
    sets = [_synonyms(*row) for row in rows]
    found = [one for one in sets if any(wanted in sort_key(text) for _, text in one.terms)]
    return sorted(found, key=lambda one: (sort_key(one.words), str(one.id)))


async def synonym_set(session: AsyncSession, id_: UUID) -> SynonymSetView:
    """One set. Raises `NotFound`."""
    found = await session.get(SynonymSet, id_)
    if found is None:
        raise NotFound()
    return _synonyms(found.id, found.version, found.terms, found.note)


def _synonyms(id_: UUID, version: int, terms: list[dict[str, str]], note: str) -> SynonymSetView:
    return SynonymSetView(id_, version, tuple((term["language"], term["text"]) for term in terms), note)
