"""A stored practice as the fields of the snapshot form."""

from collections.abc import Mapping
from typing import Any

from app.features.wording.rules import KeptText, texts_as_answers
from app.models.practice import Practice

SCHEME_OF_FIELD = {
    "themes": "theme",
    "threats": "threat",
    "needs": "need",
    "target_groups": "target-group",
    "interventions": "intervention",
    "prevention_levels": "prevention-level",
}
"""Which concepts may be chosen in which field, in the order in which they are kept."""

TEXTS = ("title", "one_line", "summary", "activities")
"""The texts that the snapshot form asks for."""


def kept_texts(practice: Practice, field: str) -> dict[str, KeptText]:
    """A text of a practice in its languages."""
    return {
        row.language: KeptText(row.text, row.status, row.source_hash)
        for row in practice.texts
        if row.field == field
    }


def answers_of_practice(practice: Practice, scheme_of: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows of a practice whose parts are loaded; `scheme_of` maps codes to schemes."""
    codes: dict[str, list[str]] = {}
    for concept in practice.concepts:
        codes.setdefault(scheme_of[concept.concept_code], []).append(concept.concept_code)
    groups = codes.get(SCHEME_OF_FIELD["target_groups"], [])
    return {
        "texts": {field: texts_as_answers(kept_texts(practice, field)) for field in TEXTS},
        "original_language": practice.original_language,
        "kind": practice.kind,
        "stage": practice.stage,
        "scale": practice.scale,
        "start": practice.start_edtf,
        "end": practice.end_edtf,
        "key_dates": practice.key_dates,
        "places": [{"place_id": p.place_id, "role": p.role} for p in practice.places],
        "lead_organisation": practice.lead_organisation,
        "partners": [
            {"name": p.name, "role": p.role, "support_kind": p.support_kind} for p in practice.partners
        ],
        "contact": practice.contact,
        "contact_sensitivity": practice.contact_sensitivity,
        **{
            field: codes.get(scheme, [])
            for field, scheme in SCHEME_OF_FIELD.items()
            if field != "target_groups"
        },
        "target_groups": [
            {"code": c.concept_code, "age_band": c.age_band, "sex_focus": c.sex_focus}
            for c in practice.concepts
            if c.concept_code in groups
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
        "sensitivity": practice.sensitivity,
        "licence": practice.licence,
        "consent_to_publish": practice.consent_to_publish,
        "hub_note": practice.hub_note or None,
    }
