"""From a question to a Tantivy query. Queries are built, never parsed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tantivy import Occur, Query, Schema, Searcher

from app.features.search.gateway.schema import CONCEPT, ORGANISATION, PLACE, TEXT_FIELDS, facet_field
from app.features.search.rules.edits import allowed_edits
from app.features.search.rules.interpretation import Interpretation, Run, place_forms
from app.features.search.rules.stems import languages_of, stems
from app.features.search.rules.thesaurus import Key
from app.features.search.rules.tokens import STEM, WORD, stem_forms, word_form

_BOOSTS: Mapping[str, float] = {
    "title": 3.0,
    "one_line": 2.0,
    "summary": 1.2,
    "body": 0.6,
    PLACE: 3.0,
    ORGANISATION: 1.0,
}
_STEM = 0.9
_SYNONYM = 0.6
_CONCEPT = 2.0
_RELATED = 1.0
_MISSPELT = 0.5
_NEIGHBOURS = 0.5
_EVERY_WORD = 1000.0
_NAME_SHARE = 1 / 3
_TIE = 0.2
_PHRASE_FIELDS = ("title", "one_line", "summary")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as queries: `strict` wants every word; `wide` most of them, but puts those first."""

    strict: Query
    wide: Query


class Questions:
    """Builds the queries for one state of the index; what no practice holds is left out of them."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def unknown(self, question: Interpretation) -> tuple[int, ...]:
        """Positions of words that no practice holds and that stand for nothing else."""
        return tuple(
            i for i, word in enumerate(question.words) if not question.at(i) and not self._word(word)
        )

    def ask(self, question: Interpretation) -> Asked:
        """The queries for a question with words."""
        clauses = [self._position(question, i) for i in range(len(question.words))]
        better = [(Occur.Should, query) for query in self._neighbours(question.words)]
        strict = Query.boolean_query([*((Occur.Must, clause) for clause in clauses), *better])
        least = max(1, len(clauses) * 2 // 3)
        most = Query.boolean_query([(Occur.Should, clause) for clause in clauses], least)
        places = [(Occur.Must, place) for i in range(len(clauses)) if (place := self._place(question, i))]
        better.append((Occur.Should, Query.const_score_query(strict, _EVERY_WORD)))
        return Asked(strict, Query.boolean_query([(Occur.Must, most), *places, *better]))

    def _place(self, question: Interpretation, position: int) -> Query | None:
        """The places that a word names, where it is mostly met as a name: "Iraqi", but not "municipality"."""
        words = {question.words[position]}
        words |= {term[0] for run in question.at(position) for term in run.meaning.terms if len(term) == 1}
        forms = sorted({form for word in words for form in place_forms(word)})
        named = max(self._searcher.doc_freq(PLACE, form) for form in forms)
        told = max(self._searcher.doc_freq(field, form) for field in TEXT_FIELDS for form in forms)
        if not named or named < told * _NAME_SHARE:
            return None
        names = Query.term_set_query(self._schema, PLACE, forms)
        return Query.const_score_query(names, 0.0)

    def _position(self, question: Interpretation, position: int) -> Query:
        """One word of a question, or what it stands for, alone or with its neighbours."""
        ways = self._word(question.words[position])
        ways += [way for run in question.at(position) for way in self._meaning(run)]
        if position in question.misspelt:
            ways += self._near(question.misspelt[position])
        return Query.disjunction_max_query(ways, _TIE)

    def _word(self, word: str) -> list[Query]:
        """A word in every field: as written, or by a stem; as a proper name never by a stem."""
        written, stems = word_form(word), stem_forms(word, languages_of(word))
        found = [self._term(ORGANISATION, written, _BOOSTS[ORGANISATION])]
        found += [self._term(PLACE, form, _BOOSTS[PLACE]) for form in place_forms(word)]
        for field in TEXT_FIELDS:
            found.append(self._term(field, written, _BOOSTS[field]))
            found += [self._term(field, stem, _BOOSTS[field] * _STEM) for stem in stems]
        return [way for ways in found for way in ways]

    def _meaning(self, run: Run) -> list[Query]:
        """What a run of words stands for; each of its words gets a share of the score."""
        share, meaning = 1 / len(run), run.meaning
        found = [self._term(CONCEPT, code, _CONCEPT * share) for code in sorted(meaning.concepts)]
        found += [self._term(CONCEPT, code, _RELATED * share) for code in sorted(meaning.related)]
        found += [self._synonym(term, _SYNONYM * share) for term in sorted(meaning.terms)]
        return [way for ways in found for way in ways]

    def _synonym(self, term: Key, boost: float) -> list[Query]:
        """A synonym in the texts, several words side by side; one word also as a proper name."""
        if len(term) == 1:
            found = [self._term(field, STEM + term[0], _BOOSTS[field] * boost) for field in TEXT_FIELDS]
            found.append(self._term(PLACE, WORD + term[0], _BOOSTS[PLACE] * boost))
            return [way for ways in found for way in ways]
        return [way for field in TEXT_FIELDS for way in self._phrase(field, term, _BOOSTS[field] * boost)]

    def _near(self, word: str) -> list[Query]:
        """Words close to one that no practice holds."""
        edits, written = allowed_edits(word), word_form(word)
        return [
            Query.boost_query(
                Query.fuzzy_term_query(self._schema, field, written, edits), _BOOSTS[field] * _MISSPELT
            )
            for field in (*TEXT_FIELDS, PLACE, ORGANISATION)
            if edits
        ]

    def _neighbours(self, words: Sequence[str]) -> list[Query]:
        """Neighbouring words of the question that stand side by side: better, not necessary."""
        found: list[Query] = []
        for left, right in pairwise(words):
            for language in sorted({*languages_of(left)} & {*languages_of(right)}):
                pair = stems(left, language)[0], stems(right, language)[0]
                for field in _PHRASE_FIELDS:
                    found += self._phrase(field, pair, _BOOSTS[field] * _NEIGHBOURS)
        return found

    def _term(self, field: str, form: str, boost: float) -> list[Query]:
        if not self._searcher.doc_freq(field, form):
            return []
        return [Query.boost_query(Query.term_query(self._schema, field, form), boost)]

    def _phrase(self, field: str, term: Key, boost: float) -> list[Query]:
        forms = [STEM + stem for stem in term]
        if not all(self._searcher.doc_freq(field, form) for form in forms):
            return []
        return [Query.boost_query(Query.phrase_query(self._schema, field, list(forms)), boost)]


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
