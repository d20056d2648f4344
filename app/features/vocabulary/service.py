"""Loading the vocabulary that comes with the project."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert

from app.core.db import WriteSession
from app.features.vocabulary.commands import ImportConcept, SynonymTerm
from app.models.vocabulary import Concept, ConceptAlias, SynonymSet


async def import_concepts(session: WriteSession, commands: Sequence[ImportConcept]) -> None:
    """Store concepts with all their labels; broader terms must come with them."""
    broader_first = sorted(enumerate(commands), key=lambda pair: pair[1].broader is not None)
    await session.execute(
        insert(Concept),
        [
            {
                "code": command.slug,
                "scheme": command.scheme,
                "broader_code": command.broader,
                "position": position,
                "label_en": command.pref_label["en"],
                "label_fr": command.pref_label["fr"],
                "label_ar": command.pref_label["ar"],
                "note_en": command.note_en,
            }
            for position, command in broader_first
        ],
    )
    aliases = [
        {"concept_code": command.slug, "language": language, "text": text}
        for command in commands
        for language, texts in command.alt_label.items()
        for text in texts
    ]
    await session.execute(insert(ConceptAlias), aliases)


async def import_synonyms(
    session: WriteSession, sets: Iterable[Sequence[SynonymTerm]], *, now: datetime
) -> None:
    """Store the synonym sets that come with the project; staff edit them later."""
    for terms in sets:
        session.add(SynonymSet(terms=[term.model_dump() for term in terms], updated_at=now))
    await session.flush()
