"""Reading the vocabulary."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.features.vocabulary.views import Concept, Vocabulary
from app.models.vocabulary import Concept as ConceptRow
from app.models.vocabulary import ConceptAlias


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
