"""Support as partners receive it. No field has a default: a promise is always kept."""

from typing import Any

from pydantic import BaseModel

from app.core.languages import LocalText
from app.core.paging import Page
from app.features.places.views import SourceLine
from app.features.support.views import EventMention, SupportLine, Where
from app.features.vocabulary.schemas import ConceptOut


class SourceOut(BaseModel):
    """Where a fact was read; `url` is null for what is not on the web."""

    key: str
    title: str
    url: str | None

    @classmethod
    def of(cls, source: SourceLine) -> "SourceOut":
        """From a view."""
        return cls(**source.dump())


class HubTextOut(BaseModel):
    """A text, the language it is in, and how it came about there."""

    text: str
    language: str
    status: str

    @classmethod
    def of(cls, text: LocalText | None) -> "HubTextOut | None":
        """From a view; None where nobody wrote it."""
        return cls(text=text.text, language=text.language, status=str(text.status)) if text else None


class ScopeOut(BaseModel):
    """What a record is about: `scope` is city, country or region; what is wider is null."""

    scope: str
    city: str | None
    city_name: str | None
    country: str | None
    country_name: str | None

    @classmethod
    def of(cls, where: Where) -> "ScopeOut":
        """From a view."""
        return cls(
            scope=where.scope,
            city=where.place.id if where.place else None,
            city_name=where.place.name if where.place else None,
            country=where.country_code,
            country_name=where.country,
        )


class MentionOut(BaseModel):
    """An event that a record names; `held` is EDTF."""

    slug: str
    title: HubTextOut | None
    held: str

    @classmethod
    def of(cls, event: EventMention | None) -> "MentionOut | None":
        """From a view; None where no event is named."""
        return cls(slug=event.slug, title=HubTextOut.of(event.title), held=event.held) if event else None


class SupportItemOut(BaseModel):
    """Help that a city got, or gave (`is_giver`).

    Where `possible_modalities` is not empty the sources do not say which it was; `modality` is then
    the hub's reading, or null. `given` is EDTF.
    """

    slug: str
    about: ScopeOut
    is_giver: bool
    modality: ConceptOut | None
    possible_modalities: list[ConceptOut]
    subject: ConceptOut | None
    partners: list[str]
    reach: HubTextOut | None
    event: MentionOut | None
    given: str | None
    note: str | None
    sources: list[SourceOut]

    @classmethod
    def of(cls, line: SupportLine) -> "SupportItemOut":
        """From a view."""
        return cls(
            slug=line.slug,
            about=ScopeOut.of(line.where),
            is_giver=line.is_giver,
            modality=ConceptOut.of(line.modality) if line.modality else None,
            possible_modalities=[ConceptOut.of(concept) for concept in line.possible_modalities],
            subject=ConceptOut.of(line.subject) if line.subject else None,
            partners=list(line.partners),
            reach=HubTextOut.of(line.scope_note),
            event=MentionOut.of(line.event),
            given=line.given,
            note=line.note,
            sources=[SourceOut.of(source) for source in line.sources],
        )


class SupportListOut(BaseModel):
    """One page of support; `next` is the path of the next page, or null at the end."""

    items: list[SupportItemOut]
    total: int
    next: str | None

    @classmethod
    def of(cls, page: Page[Any], following: str | None) -> "SupportListOut":
        """From a page of views."""
        return cls(items=[SupportItemOut.of(line) for line in page.items], total=page.total, next=following)
