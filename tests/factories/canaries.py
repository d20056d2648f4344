"""Canaries: words planted in every protected field, in two scripts, to see where they come out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Table, select, update

from app.core.db import WriteSession
from app.features.practices.commands import SuggestCorrection
from app.features.practices.service import suggest_correction
from app.models import Base
from tests.factories.walk import text_columns

NOW = datetime(2026, 3, 1, tzinfo=UTC)
A_PRACTICE = "iq-baghdad-cohesion-subplan"

OPEN_TABLES = frozenset(
    {
        "published_record", "published_facet", "published_place", "publication_change",
        "concept", "concept_alias", "synonym_set",
        "country", "place", "place_alias", "source", "membership", "engagement",
    }
)  # fmt: skip
"""Tables whose content everybody may read (of copies: as far as their audience goes)."""

_LATIN = re.compile(r"cnr(\d{5})x")
_ARABIC = re.compile("كناري([٠-٩]{5})س")
_TO_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(frozen=True, slots=True)
class Canary:
    """Where a canary sits. `owner` is the key of a consultation or an account, or `desk`."""

    field: str
    owner: str
    attribution: str = ""
    sensitivity: str = ""
    is_read: bool = True

    def __str__(self) -> str:
        """As it stands in lists of leaks."""
        levels = f" {self.sensitivity}/{self.attribution}" if self.attribution else ""
        return f"{self.field} of {self.owner}{levels}"


@dataclass
class Canaries:
    """All canaries of a world, by number."""

    planted: list[Canary] = field(default_factory=list)

    def new(self, canary: Canary) -> str:
        """A text with a number of its own, in Latin and in Arabic letters."""
        number = f"{len(self.planted):05d}"
        self.planted.append(canary)
        return f"cnr{number}x كناري{number.translate(_TO_ARABIC)}س"

    def address(self, canary: Canary) -> str:
        """The same as an e-mail address."""
        number = f"{len(self.planted):05d}"
        self.planted.append(canary)
        return f"cnr{number}x@example.org"

    def of(self, number: int) -> Canary:
        """The canary of a number that was found."""
        return self.planted[number]


def numbers_in(text: str) -> set[int]:
    """The numbers of the canaries in a text, however it writes its letters."""
    forms = [text]
    if "%" in text:
        forms.append(unquote(text))
    if "\\u06" in text:
        forms.append(re.sub(r"\\u([0-9a-fA-F]{4})", lambda one: chr(int(one[1], 16)), text))
    return {int(found) for form in forms for script in (_LATIN, _ARABIC) for found in script.findall(form)}


async def suggest_something(session: WriteSession) -> None:
    """Store a suggestion of a visitor, which the demo content has none of."""
    suggestion = SuggestCorrection(text="Something is missing here")
    await suggest_correction(session, A_PRACTICE, suggestion, language="en", now=NOW)


async def plant_at_desk(session: WriteSession, canaries: Canaries, but: frozenset[str]) -> None:
    """A canary in every text of every private table but those in `but`: the desk's own."""
    await suggest_something(session)
    for table in Base.metadata.sorted_tables:
        if table.name in OPEN_TABLES or table.name in but:
            continue
        words = {
            column.name: canaries.new(Canary(f"{table.name}.{column.name}", "desk"))
            for column in text_columns(table)
        }
        if words:
            await session.execute(update(table).values(words))
        await _plant_in_texts(session, table, canaries)


async def _plant_in_texts(session: WriteSession, table: Table, canaries: Canaries) -> None:
    """Plant canaries in texts that are kept in several languages."""
    columns = [column for column in table.columns if str(column.type) == "JSON"]
    if not columns or "id" not in table.c:
        return
    planted = {column.name: canaries.new(Canary(f"{table.name}.{column.name}", "desk")) for column in columns}
    for row in (await session.execute(select(table.c.id, *columns))).mappings().all():
        words = dict(_with_words(row, planted))
        if words:
            await session.execute(update(table).where(table.c.id == row["id"]).values(words))


def _with_words(row: Any, planted: dict[str, str]) -> Iterator[tuple[str, Any]]:
    for name, words in planted.items():
        if isinstance(row[name], dict) and "texts" in row[name]:
            texts = {language: [words, how] for language, (_, how) in row[name]["texts"].items()}
            yield name, {**row[name], "texts": texts}
