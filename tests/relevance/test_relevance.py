"""Does a practitioner find what they need? Judged queries in three languages against the library.

The judgements were made by reading the practices, before any ranking was tuned: `right` names every
practice that somebody who asked `query` would accept.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.db import ReadSession
from app.core.languages import LANGUAGES
from app.features.search.commands.filter import PracticeFilter
from app.features.search.gateway import SearchIndex
from app.features.search.queries.indexing import slugs_after
from app.features.search.queries.meanings import load_thesaurus
from app.features.search.service import reindex

FIRST = 5
WANTED = 3
LEAST_SHARE = 0.90
MOST_BEHIND_ENGLISH = 0.03
KINDS = {"plain", "inflected", "misspelt", "regional", "place"}


@dataclass(frozen=True)
class Judgement:
    """A query and the practices that answer it."""

    language: str
    kind: str
    query: str
    right: tuple[str, ...]

    def is_met_by(self, slugs: Sequence[str]) -> bool:
        """Whether three of the first five are right; where fewer answer at all, whether all are there."""
        hits = len({*slugs[:FIRST]} & {*self.right})
        return hits >= min(WANTED, len(self.right))


JUDGEMENTS = [
    Judgement(**{**item, "right": tuple(item["right"])})
    for item in json.loads((Path(__file__).parent / "judgements.json").read_text(encoding="utf-8"))
]


def test_every_language_has_judged_queries_of_every_kind() -> None:
    for language in LANGUAGES:
        counted = Counter(one.kind for one in JUDGEMENTS if one.language == language)
        assert counted.total() >= 20
        assert {*counted} >= KINDS


async def test_queries_find_what_people_judged_right(reads: ReadSession) -> None:
    index = SearchIndex.in_memory()
    await reindex(reads, index)
    thesaurus = await load_thesaurus(reads)
    published = {*await slugs_after(reads, "", len(JUDGEMENTS))}
    met: dict[str, list[bool]] = defaultdict(list)
    missed = []
    for judgement in JUDGEMENTS:
        assert published >= {*judgement.right}
        found = index.search(PracticeFilter(q=judgement.query), thesaurus).slugs
        met[judgement.language].append(judgement.is_met_by(found))
        if not met[judgement.language][-1]:
            missed.append((judgement.query, found[:FIRST]))
    shares = {language: sum(results) / len(results) for language, results in met.items()}
    for language, share in shares.items():
        assert share >= LEAST_SHARE, (language, shares, missed)
        assert share >= shares["en"] - MOST_BEHIND_ENGLISH, (language, shares, missed)
