"""The published copies: allow-lists, so a new column stays inside until it is named here.

`hub_note` is named nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.features.publication.commands import Publish
from app.features.support.rules import (
    ACTION_PLAN,
    NATIONAL_BODY,
    NATIONAL_STRATEGY,
    REPORTED_NEED,
    SUPPORT,
)
from app.models.hub import (
    HubRecord,
    LocalActionPlan,
    NationalBody,
    NationalStrategy,
    ReportedNeed,
    Support,
)

GIVER, RECEIVER, ABOUT = "giver", "receiver", "about"


@dataclass(frozen=True, slots=True)
class Around:
    """What a copy takes from other records, read by the service.

    `event` and `body` are slugs, None unless those records are themselves published.
    """

    sources: tuple[Mapping[str, Any], ...] = ()
    event: str | None = None
    body: str | None = None
    country: str | None = None
    is_illustration: bool = False


def copy_of_support(record: Support, around: Around) -> Publish:
    """The command that publishes support."""
    return _copy(
        SUPPORT,
        record,
        around,
        {
            "place_id": record.place_id,
            "is_giver": record.is_giver,
            "modality": record.modality_code,
            "possible_modalities": record.possible_modality_codes,
            "partners": record.partners,
            "subject": record.subject_code,
            "scope_note": record.scope_note or None,
            "event": around.event,
            "given": record.given_edtf,
        },
        facets={"modality": (record.modality_code,), "need": (record.subject_code,)},
        role=GIVER if record.is_giver else RECEIVER,
    )


def copy_of_plan(record: LocalActionPlan, around: Around) -> Publish:
    """The command that publishes a local action plan."""
    return _copy(
        ACTION_PLAN,
        record,
        around,
        {
            "title": record.title,
            "place_id": record.place_id,
            "area_count": record.area_count,
            "state": record.state,
            "adopted": record.adopted_edtf,
            "partners": record.partners,
        },
    )


def copy_of_body(record: NationalBody, around: Around) -> Publish:
    """The command that publishes a national body."""
    return _copy(
        NATIONAL_BODY,
        record,
        around,
        {
            "name": record.name,
            "abbreviation": record.abbreviation,
            "name_variants": record.name_variants,
        },
    )


def copy_of_strategy(record: NationalStrategy, around: Around) -> Publish:
    """The command that publishes a national strategy."""
    return _copy(
        NATIONAL_STRATEGY,
        record,
        around,
        {
            "name": record.name,
            "period": record.period_edtf,
            "mandate_for_cities": record.mandate_for_cities,
            "body": around.body,
        },
    )


def copy_of_need(record: ReportedNeed, around: Around) -> Publish:
    """The command that publishes a need or concern as reported."""
    return _copy(
        REPORTED_NEED,
        record,
        around,
        {
            "kind": record.kind,
            "concept": record.concept_code,
            "place_id": record.place_id,
            "event": around.event,
        },
        facets={"kind": (record.kind,), "need": (record.concept_code,)},
    )


def _copy(
    kind: str,
    record: HubRecord,
    around: Around,
    fields: dict[str, Any],
    *,
    facets: Mapping[str, tuple[str | None, ...]] | None = None,
    role: str = ABOUT,
) -> Publish:
    """A copy with what all kinds have: country, note, sources; card and document are the same."""
    body = {
        **fields,
        "country": around.country,
        "note": record.note or None,
        "sources": [dict(source) for source in around.sources],
    }
    codes = {"country": (around.country,), **(facets or {})}
    place_id = fields.get("place_id")
    return Publish(
        kind=kind,
        slug=record.slug,
        card=body,
        document=body,
        facets={facet: tuple(code for code in found if code) for facet, found in codes.items()},
        places=((place_id, role),) if place_id else (),
        starts_on=getattr(record, "given_from", None),
        ends_on=getattr(record, "given_until", None),
        is_illustration=around.is_illustration,
    )
