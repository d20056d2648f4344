"""From a question to a Tantivy query. Queries are built, never parsed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from tantivy import Occur, Query, Schema, Searcher

from app.features.search.gateway.schema import CONCEPT, ORGANISATION, PLACE, TEXT_FIELDS, facet_field
from app.features.search.rules.edits import allowed_edits
from app.features.search.rules.interpretation import Interpretation, Run, place_forms
from app.features.search.rules.stems import languages_of
from app.features.search.rules.stopwords import STOPWORDS
from app.features.search.rules.tokens import stem_forms, word_form

_BOOSTS: Mapping[str, float] = {
    "title": 3.0,
    "one_line": 2.0,
    "summary": 1.2,
    "body": 0.6,
    PLACE: 3.0,
    ORGANISATION: 1.0,
}
_STEM = 0.8
_SYNONYM = 0.8
_CONCEPT = 2.0
_MISSPELT = 0.5
_NEIGHBOURS = 1.0
_TIE = 0.3
_PHRASE_FIELDS = ("title", "one_line", "summary")
_ENOUGH_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as queries: `strict` wants every word, `wide` most of them. `misspelt` words are in no text."""

    strict: Query
    wide: Query
    misspelt: frozenset[str]


class Questions:
    """Builds the queries for one state of the index."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def ask(self, question: Interpretation) -> Asked:
        """The queries for a question with words."""
        clauses: list[Query] = []
        misspelt: set[str] = set()
        for position, word in enumerate(question.words):
            runs = [run for run in question.runs if run.first <= position < run.end]
            if not runs and not self._is_known(word):
                misspelt.add(word)
            clauses.append(self._position(word, runs, is_misspelt=word in misspelt))
        neighbours = [(Occur.Should, query) for query in self._neighbours(question.words)]
        least = ceil(len(clauses) * _ENOUGH_WORDS)
        strict = Query.boolean_query([*((Occur.Must, clause) for clause in clauses), *neighbours])
        most = Query.boolean_query([(Occur.Should, clause) for clause in clauses], least)
        wide = Query.boolean_query([(Occur.Must, most), *neighbours])
        return Asked(strict, wide, frozenset(misspelt))

    def _position(self, word: str, runs: Sequence[Run], *, is_misspelt: bool) -> Query:
        """One word of the question: itself, or what a run that it is part of stands for."""
        ways = self._word(word)
        for run in runs:
            share = 1 / len(run)
            for concept in sorted(run.meaning.concepts):
                ways.append(self._term(CONCEPT, concept, _CONCEPT * share))
            for term in sorted(run.meaning.terms):
                ways.append(Query.boost_query(self._words(term), _SYNONYM * share))
        if is_misspelt:
            ways += self._near(word)
        return Query.disjunction_max_query(ways, _TIE)

    def _words(self, words: Iterable[str]) -> Query:
        """All of these words, anywhere."""
        clauses = [(Occur.Must, Query.disjunction_max_query(self._word(word), _TIE)) for word in words]
        return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)

    def _word(self, word: str) -> list[Query]:
        """A word in every field: as written, or by a stem; as a place name never by a stem."""
        written, stems = word_form(word), stem_forms(word, languages_of(word))
        ways = [self._term(ORGANISATION, written, _BOOSTS[ORGANISATION])]
        ways += [self._term(PLACE, form, _BOOSTS[PLACE]) for form in place_forms(word)]
        for field in TEXT_FIELDS:
            ways.append(self._term(field, written, _BOOSTS[field]))
            ways += [self._term(field, stem, _BOOSTS[field] * _STEM) for stem in stems]
        return ways

    def _near(self, word: str) -> list[Query]:
        """Words close to one that no text holds."""
        edits, written = allowed_edits(word), word_form(word)
        if not edits:
            return []
        return [
            Query.boost_query(
                Query.fuzzy_term_query(self._schema, field, written, edits), _BOOSTS[field] * _MISSPELT
            )
            for field in (*TEXT_FIELDS, PLACE, ORGANISATION)
        ]

    def _is_known(self, word: str) -> bool:
        written, stems = word_form(word), stem_forms(word, languages_of(word))
        places = ((PLACE, form) for form in place_forms(word))
        texts = ((field, form) for field in TEXT_FIELDS for form in (written, *stems))
        known = (*places, *texts, (ORGANISATION, written))
        return word in STOPWORDS or any(self._searcher.doc_freq(field, form) for field, form in known)

    def _neighbours(self, words: Sequence[str]) -> list[Query]:
        """Neighbouring words of the question that stand side by side: better, not necessary."""
        queries: list[Query] = []
        for left, right in zip(words, words[1:], strict=False):
            for language in sorted({*languages_of(left)} & {*languages_of(right)}):
                pair = [stem_forms(word, (language,))[0] for word in (left, right)]
                queries += [
                    Query.boost_query(
                        Query.phrase_query(self._schema, field, list(pair)), _BOOSTS[field] * _NEIGHBOURS
                    )
                    for field in _PHRASE_FIELDS
                ]
        return queries

    def _term(self, field: str, form: str, boost: float) -> Query:
        return Query.boost_query(Query.term_query(self._schema, field, form), boost)


def narrow(schema: Schema, text: Query | None, selected: Mapping[str, Sequence[str]]) -> Query:
    """Only practices with one of the codes of each selected facet; codes do not change the score."""
    filters = [
        Query.const_score_query(Query.term_set_query(schema, facet_field(facet), list(codes)), 0.0)
        for facet, codes in selected.items()
    ]
    parts = [*([text] if text is not None else []), *filters]
    if not parts:
        return Query.all_query()
    return Query.boolean_query([(Occur.Must, part) for part in parts])
