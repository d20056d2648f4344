"""Needs, concerns, approaches, assets and gaps as published: by a city itself or by a source."""

from dataclasses import dataclass

from app.core.languages import LocalText
from app.features.places.views import SourceLine, source_lines
from app.features.publication.queries import Published
from app.features.vocabulary.views import ConceptLabel
from app.features.wording.views import Shelf


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A need, concern, approach, asset or gap. `consultation` is the id of the one it was said in.

    `hub_priority` is the broadest term of a need; `speaker` is empty where only the city is named.
    """

    kind: str
    slug: str
    concept: ConceptLabel | None
    hub_priority: ConceptLabel | None
    text: LocalText | None
    priority: str | None
    rank: int | None
    status: str | None
    speaker: tuple[str, ...]
    year: int | None
    consultation: str | None
    note: str | None
    sources: tuple[SourceLine, ...]
    audience: str


def said_line(published: Published, shelf: Shelf) -> SaidLine:
    """A published statement of a consultation, or a need or concern as a source reports it."""
    body = published.body
    concept = _concept(body.get("concept"), shelf)
    is_need = body["kind"] == "need" and concept is not None
    return SaidLine(
        kind=body["kind"],
        slug=published.slug,
        concept=concept,
        hub_priority=_concept(shelf.vocabulary.top(concept.code), shelf) if is_need and concept else None,
        text=shelf.text(body.get("text")),
        priority=body.get("priority"),
        rank=body.get("rank"),
        status=body.get("status"),
        speaker=tuple(part for part in (body.get("person_name"), body.get("office_title")) if part),
        year=body.get("year"),
        consultation=body.get("consultation"),
        note=body.get("note"),
        sources=source_lines(body.get("sources", ())),
        audience=str(published.audience),
    )


def _concept(code: str | None, shelf: Shelf) -> ConceptLabel | None:
    found = shelf.vocabulary.labelled([code], shelf.language) if code else ()
    return found[0] if found else None
