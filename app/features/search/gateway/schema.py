"""The fields of the index, and how a practice becomes a document."""

import inspect
from hashlib import sha256
from pathlib import Path

from tantivy import Document, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from app.features.search import rules
from app.features.search.commands.filter import FACETS, Sort
from app.features.search.commands.indexed import IndexedPractice
from app.features.search.rules.tokens import index_forms, name_forms

TEXT_FIELDS = ("title", "one_line", "summary", "body")
SLUG, PLACE, ORGANISATION, CONCEPT = "slug", "place", "organisation", "concept"
SPACES = "spaces"

_ORDERS = (Sort.NEWEST, Sort.EVIDENCE, Sort.RECENTLY_CONFIRMED)
_LAST = 10**12


def build_schema() -> Schema:
    """All fields. Texts hold our own forms, separated by spaces; codes are kept whole."""
    builder = SchemaBuilder()
    builder.add_text_field(SLUG, stored=True, tokenizer_name="raw", index_option="basic")
    for name in (*TEXT_FIELDS, PLACE, ORGANISATION):
        builder.add_text_field(name, tokenizer_name=SPACES, index_option="position")
    builder.add_text_field(CONCEPT, tokenizer_name="raw", index_option="basic")
    for facet in FACETS:
        builder.add_text_field(facet_field(facet), fast=True, tokenizer_name="raw", index_option="basic")
    for order in _ORDERS:
        builder.add_text_field(order_field(order), fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def analyzer() -> TextAnalyzer:
    """Splits our forms at spaces and does nothing else: the analysis is ours."""
    return TextAnalyzerBuilder(Tokenizer.whitespace()).build()


def facet_field(facet: str) -> str:
    """The field that holds the codes of a facet."""
    return f"facet_{facet}"


def order_field(order: Sort) -> str:
    """The field that holds a practice's place in an order, to be sorted upwards."""
    return f"by_{order.name.lower()}"


def build_document(practice: IndexedPractice) -> Document:
    """The document of a practice."""
    document = Document()
    document.add_text(SLUG, practice.slug)
    for name in TEXT_FIELDS:
        texts = ((language, fields.get(name, "")) for language, fields in practice.texts.items())
        document.add_text(name, " ".join(index_forms(text, language) for language, text in texts))
    for name, names in ((PLACE, practice.place_names), (ORGANISATION, practice.organisations)):
        document.add_text(name, " ".join(map(name_forms, names)))
    for code in practice.concepts:
        document.add_text(CONCEPT, code)
    for facet in FACETS:
        for code in practice.facets.get(facet, ()):
            document.add_text(facet_field(facet), code)
    for order in _ORDERS:
        document.add_text(order_field(order), _order_key(practice, order))
    return document


def _order_key(practice: IndexedPractice, order: Sort) -> str:
    """A string that sorts first what comes first, down to the slug: no two practices tie."""
    keys = [practice.published, practice.started]
    if order is not Sort.NEWEST:
        keys.insert(0, practice.evidence if order is Sort.EVIDENCE else practice.confirmed)
    falling = (f"{_LAST - (-1 if key is None else key):013d}" for key in keys)
    return " ".join((*falling, practice.slug))


def version() -> str:
    """A stamp of everything that decides what the index holds; another stamp is another index."""
    folder = Path(inspect.getfile(rules)).parent
    sources = [*sorted(folder.glob("*.py")), Path(__file__)]
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
