"""A published consultation in the words of one reader."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.languages import LocalText
from app.features.consultations.rules.document import STATEMENT_KINDS
from app.features.consultations.views.listed import PublicConsultation, PublicStatement
from app.features.consultations.views.reader import Reader


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement. `speaker` is empty where only the city is named; `audience`: who may read it."""

    text: LocalText | None
    concept: str | None
    speaker: tuple[str, ...]
    priority: str | None
    status: str | None
    audience: str


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """All statements of a kind."""

    kind: str
    title: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class PublicView:
    """Everything that is public of a consultation."""

    reference: str | None
    year: int | None
    method: str | None
    groups: tuple[StatementGroup, ...]


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A published consultation in a list. `counts` are pairs (kind in words, number)."""

    id: str
    place: str
    country: str
    reference: str | None
    year: int | None
    method: str | None
    counts: tuple[tuple[str, int], ...]
    is_illustration: bool


def public_view(found: PublicConsultation, reader: Reader) -> PublicView:
    """The page of a published consultation."""
    return PublicView(
        found.reference,
        found.year,
        reader.word("method", found.method) if found.method else None,
        groups_of(found.statements, reader),
    )


def groups_of(statements: Iterable[PublicStatement], reader: Reader) -> tuple[StatementGroup, ...]:
    """Statements by kind, needs in the order of the city."""
    every = tuple(statements)
    groups = []
    for kind in STATEMENT_KINDS:
        mine = sorted((one for one in every if one.kind == kind), key=lambda one: one.rank or 0)
        if mine:
            title = reader.word("consultation-statement", kind)
            groups.append(StatementGroup(kind, title, tuple(_statement(one, reader) for one in mine)))
    return tuple(groups)


def _statement(one: PublicStatement, reader: Reader) -> StatementView:
    return StatementView(
        one.text.in_language(reader.language),
        reader.vocabulary.label(one.concept, reader.language) if one.concept else None,
        tuple(part for part in (one.person_name, one.office_title) if part),
        reader.word("priority", one.priority) if one.priority else None,
        reader.word("need-status", one.status) if one.status else None,
        one.audience,
    )


def public_line(found: PublicConsultation, reader: Reader) -> PublicLine:
    """An entry of the list of published consultations."""
    return PublicLine(
        str(found.id),
        reader.place(found.place_id),
        reader.country_of(found.place_id),
        found.reference,
        found.year,
        reader.word("method", found.method) if found.method else None,
        tuple(
            (reader.word("consultation-statement", kind), found.counts[kind])
            for kind in STATEMENT_KINDS
            if found.counts.get(kind)
        ),
        found.is_illustration,
    )
