"""Loading the vocabulary that comes with the project; editors of the hub change synonyms."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm.attributes import flag_modified

from app.core.actor import Actor
from app.core.db import WriteSession
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.messages import noop
from app.features.publication.service import note_change
from app.features.vocabulary.commands import ImportConcept, SaveSynonyms, SynonymTerm
from app.models.vocabulary import Concept, ConceptAlias, SynonymSet

SYNONYMS = "synonyms"
"""Kind of the change that says: words mean something else now. Queries follow, no record does."""

NAMED_TWICE = noop("This is named twice")


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


async def create_synonyms(
    session: WriteSession, actor: Actor, command: SaveSynonyms, *, now: datetime
) -> UUID:
    """A new set of terms; search uses it at once."""
    _check(actor, command)
    found = SynonymSet(terms=[], note="", updated_at=now)
    session.add(found)
    return await _write(session, found, command, now=now)


async def save_synonyms(
    session: WriteSession, actor: Actor, id_: UUID, version: int, command: SaveSynonyms, *, now: datetime
) -> None:
    """Write a set of terms. Raises `Conflict` when somebody saved it since `version`."""
    _check(actor, command)
    found = await _stored(session, id_, version)
    await _write(session, found, command, now=now)


async def delete_synonyms(
    session: WriteSession, actor: Actor, id_: UUID, version: int, *, now: datetime
) -> None:
    """Take a set of terms away. Raises `Conflict` when somebody saved it since `version`."""
    if not actor.is_editor:
        raise NotFound()
    await session.delete(await _stored(session, id_, version))
    note_change(session, SYNONYMS, str(id_), now=now)
    await session.flush()


async def _stored(session: WriteSession, id_: UUID, version: int) -> SynonymSet:
    found = await session.get(SynonymSet, id_, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound()
    if found.version != version:
        raise Conflict()
    return found


def _check(actor: Actor, command: SaveSynonyms) -> None:
    if not actor.is_editor:
        raise NotFound()
    terms = [(row.language, row.text.casefold()) for row in command.terms]
    errors = [FieldError(f"terms.{i}.text", NAMED_TWICE) for i, term in enumerate(terms) if term in terms[:i]]
    if errors:
        raise Invalid(errors)


async def _write(session: WriteSession, found: SynonymSet, command: SaveSynonyms, *, now: datetime) -> UUID:
    found.terms = [row.model_dump() for row in command.terms]
    found.note = command.note or ""
    found.updated_at = now
    flag_modified(found, "updated_at")
    await session.flush()
    note_change(session, SYNONYMS, str(found.id), now=now)
    return found.id
