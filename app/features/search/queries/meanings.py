"""The thesaurus from the database: labels of concepts and the synonyms that staff edit."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.features.search.rules.thesaurus import Term, Thesaurus
from app.features.vocabulary.queries import concept_aliases, load_vocabulary
from app.models.vocabulary import SynonymSet


async def load_thesaurus(session: AsyncSession) -> Thesaurus:
    """All labels and synonyms: three statements."""
    vocabulary = await load_vocabulary(session)
    labels = {
        code: [Term(language, text) for language, text in concept.labels.items()]
        for code, concept in vocabulary.concepts.items()
    }
    aliases: dict[str, list[Term]] = {}
    for code, language, text in await concept_aliases(session):
        aliases.setdefault(code, []).append(Term(language, text))
    groups = await session.scalars(select(SynonymSet.terms))
    synonyms = [[Term(term["language"], term["text"]) for term in group] for group in groups]
    return Thesaurus(labels, aliases, synonyms)
