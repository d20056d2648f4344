"""The published copy of a practice: an allow-list, so a new column stays inside until it is named here."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.languages import MultiText
from app.core.sensitivity import Sensitivity
from app.features.publication.commands import Publish
from app.models.practice import Practice, PracticePlaceRole

KIND = "practice"

FACET_OF_SCHEME: Mapping[str, str] = {
    "theme": "theme",
    "threat": "threat",
    "need": "need",
    "target-group": "target_group",
    "intervention": "intervention",
    "prevention-level": "prevention_level",
}
SCHEME_OF_FACET = {facet: scheme for scheme, facet in FACET_OF_SCHEME.items()}


def texts_of(practice: Practice) -> dict[str, MultiText]:
    """The text fields of a practice, each in its languages."""
    found: dict[str, dict[str, Any]] = {}
    for row in practice.texts:
        found.setdefault(row.field, {})[row.language] = (row.text, row.status)
    return {field: MultiText(practice.source_language, texts) for field, texts in found.items()}


def publication_of(
    practice: Practice,
    *,
    scheme_of: Mapping[str, str],
    country_of: Mapping[str, str],
    lineage: Mapping[str, Iterable[str]],
) -> Publish:
    """The command that publishes `practice`.

    `scheme_of` maps concept codes to schemes, `country_of` place ids to countries, `lineage`
    place ids to the places they lie in (themselves included; countries left out).
    """
    homes = [p.place_id for p in practice.places if p.role is not PracticePlaceRole.VENUE]
    codes: dict[str, list[str]] = {}
    for concept in practice.concepts:
        codes.setdefault(scheme_of[concept.concept_code], []).append(concept.concept_code)
    texts = texts_of(practice)
    countries = list(dict.fromkeys(country_of[place_id] for place_id in homes))
    facets = {facet: tuple(codes.get(scheme, ())) for scheme, facet in FACET_OF_SCHEME.items()}
    facets |= {
        "country": tuple(countries),
        "city": tuple(dict.fromkeys(one for place_id in homes for one in lineage[place_id])),
        "evidence": (str(practice.evidence_level),),
        "year": (str(practice.start_from.year),) if practice.start_from else (),
        "language": (practice.original_language,) if practice.original_language else (),
    }
    return Publish(
        kind=KIND,
        slug=practice.slug,
        card=_card(practice, texts, codes, homes, countries),
        document=_document(practice, texts, codes),
        facets=facets,
        places=tuple((p.place_id, str(p.role)) for p in practice.places),
        starts_on=practice.start_from,
        ends_on=practice.end_until,
        evidence=practice.evidence_level,
        confirmed_on=practice.last_confirmed_on,
    )


def _card(
    practice: Practice,
    texts: Mapping[str, MultiText],
    codes: Mapping[str, list[str]],
    homes: list[str],
    countries: list[str],
) -> dict[str, Any]:
    """What lists show of a practice."""
    return {
        "title": texts.get("title", MultiText.load(None)).dump(),
        "one_line": texts.get("one_line", MultiText.load(None)).dump(),
        "themes": codes.get("theme", []),
        "places": homes,
        "countries": countries,
        "evidence": practice.evidence_level,
        "is_confirmed": practice.owner_confirmed,
        "stage": str(practice.stage),
        "start": practice.start_edtf,
        "cost": _cost(practice),
        "confirmed_on": _day(practice.last_confirmed_on),
        "original_language": practice.original_language,
        "origin": str(practice.origin),
    }


def _document(
    practice: Practice, texts: Mapping[str, MultiText], codes: Mapping[str, list[str]]
) -> dict[str, Any]:
    """The whole record, field by field."""
    contact_is_public = practice.contact_sensitivity is Sensitivity.PUBLIC
    return {
        "origin": str(practice.origin),
        "source_language": practice.source_language,
        "original_language": practice.original_language,
        "kind": str(practice.kind) if practice.kind else None,
        "stage": str(practice.stage),
        "scale": str(practice.scale) if practice.scale else None,
        "start": practice.start_edtf,
        "end": practice.end_edtf,
        "texts": {field: text.dump() for field, text in texts.items()},
        "concepts": dict(codes),
        "target_groups": [
            {"code": c.concept_code, "age_band": c.age_band, "sex_focus": c.sex_focus}
            for c in practice.concepts
            if c.concept_code in codes.get("target-group", ())
        ],
        "places": [{"place_id": p.place_id, "role": str(p.role)} for p in practice.places],
        "lead_organisation": practice.lead_organisation,
        "partners": [
            {
                "name": p.name,
                "role": str(p.role),
                "support_kind": str(p.support_kind) if p.support_kind else None,
            }
            for p in practice.partners
        ],
        "contact": practice.contact if contact_is_public else None,
        "staff": practice.staff,
        "cost": _cost(practice),
        "in_kind": practice.in_kind,
        "settings": practice.settings,
        "key_dates": practice.key_dates,
        "building_blocks": practice.building_blocks,
        "replications": practice.replications,
        "nlc_links": practice.nlc_links,
        "sdg_targets": practice.sdg_targets,
        "links": practice.links,
        "outputs": [
            {
                "indicator": o.indicator,
                "value": o.value,
                "unit": o.unit,
                "qualifier": o.qualifier,
                "period": o.period,
                "disaggregation": o.disaggregation,
            }
            for o in practice.outputs
        ],
        "outcomes": [
            {
                "outcome": o.outcome,
                "direction": str(o.direction),
                "size": o.size,
                "method": o.method,
                "study_reference": o.study_reference,
            }
            for o in practice.outcomes
        ],
        "evaluations": [
            {"kind": e.kind, "evaluator": e.evaluator, "year": e.year, "url": e.url}
            for e in practice.evaluations
        ],
        "evidence": practice.evidence_level,
        "is_confirmed": practice.owner_confirmed,
        "confidence": practice.confidence,
        "lessons_basis": practice.lessons_basis,
        "transferability_basis": practice.transferability_basis,
        "transfer_scores": {s.point: s.score for s in practice.transfer_scores},
        "rights_answers": {a.question: str(a.answer) for a in practice.rights_answers},
        "reviews": [
            {
                "axis": r.axis,
                "level": r.level,
                "reviewer_role": r.reviewer_role,
                "reviewed_on": _day(r.reviewed_on),
            }
            for r in practice.reviews
        ],
        "provenance": [
            {
                "title": s.title,
                "url": s.url,
                "publisher": s.publisher,
                "year": s.year,
                "supports": s.supports,
            }
            for s in practice.provenance
        ],
        "licence": practice.licence,
        "consent_to_publish": practice.consent_to_publish,
        "confirmed_on": _day(practice.last_confirmed_on),
        "review_due_on": _day(practice.review_due_on),
    }


def _cost(practice: Practice) -> dict[str, Any] | None:
    if practice.cost_amount is None:
        return None
    return {
        "amount": practice.cost_amount,
        "currency": practice.cost_currency,
        "basis": practice.cost_basis,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
