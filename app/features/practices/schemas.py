"""Practices as partners receive them. No field has a default: a promise is always kept."""

from datetime import date
from typing import Any

from pydantic import BaseModel

from app.core.languages import LocalText
from app.features.practices.views import Cost, PracticeCard, PracticeRecord
from app.features.vocabulary.schemas import ConceptOut
from app.features.wording.views import PlaceLabel


class TranslationOut(BaseModel):
    """In which language a text of the answer is, and how it came about."""

    field: str
    language: str
    status: str

    @classmethod
    def of(cls, field: str, text: LocalText) -> "TranslationOut":
        """From a text and the name of its field."""
        return cls(field=field, language=text.language, status=str(text.status))


class PlaceOut(BaseModel):
    """A place by its stable id, with names in the language of the answer."""

    slug: str
    name: str
    country: str
    country_name: str
    role: str

    @classmethod
    def of(cls, place: PlaceLabel) -> "PlaceOut":
        """From a view."""
        return cls(
            slug=place.id,
            name=place.name,
            country=place.country_code,
            country_name=place.country,
            role=place.role,
        )


class CostOut(BaseModel):
    """What a practice cost, as reported."""

    amount: float
    currency: str | None
    basis: str | None

    @classmethod
    def of(cls, cost: Cost | None) -> "CostOut | None":
        """From a view; None where it is not reported."""
        return cls(amount=cost.amount, currency=cost.currency, basis=cost.basis) if cost else None


class PracticeItemOut(BaseModel):
    """A practice in a list."""

    slug: str
    title: str
    one_line: str | None
    translation: list[TranslationOut]
    themes: list[ConceptOut]
    places: list[PlaceOut]
    countries: list[str]
    evidence: int
    is_confirmed: bool
    stage: str
    start: str | None
    cost: CostOut | None
    confirmed_on: date | None
    original_language: str | None
    origin: str

    @classmethod
    def of(cls, card: PracticeCard) -> "PracticeItemOut":
        """From a card."""
        return cls(**_item(card))


def _item(card: PracticeCard) -> dict[str, Any]:
    texts = {"title": card.title, "one_line": card.one_line}
    return {
        "slug": card.slug,
        "title": card.title.text,
        "one_line": card.one_line.text if card.one_line else None,
        "translation": [TranslationOut.of(field, text) for field, text in texts.items() if text],
        "themes": [ConceptOut.of(concept) for concept in card.themes],
        "places": [PlaceOut.of(place) for place in card.places],
        "countries": [code for code, _ in card.countries],
        "evidence": card.evidence,
        "is_confirmed": card.is_confirmed,
        "stage": card.stage,
        "start": card.start,
        "cost": CostOut.of(card.cost),
        "confirmed_on": card.confirmed_on,
        "original_language": card.original_language,
        "origin": card.origin,
    }


class OutputOut(BaseModel):
    """A counted output with what its number means."""

    indicator: str
    value: float | None
    unit: str | None
    qualifier: str | None
    period: str | None
    disaggregation: str | None


class OutcomeOut(BaseModel):
    """An outcome with the direction of its effect."""

    outcome: str
    direction: str
    size: str | None
    method: str | None
    study_reference: str | None


class PartnerOut(BaseModel):
    """An organisation beside the lead; `role` is partner or funder."""

    name: str
    role: str
    support_kind: str | None


class EvaluationOut(BaseModel):
    """An evaluation that somebody made."""

    kind: str
    evaluator: str | None
    year: int | None
    url: str | None


class ProvenanceOut(BaseModel):
    """A document, and what it supports."""

    title: str
    url: str | None
    publisher: str | None
    year: int | None
    supports: str | None


class PracticeOut(PracticeItemOut):
    """A whole practice. Texts that nobody reported are null; `translation` names every text given."""

    kind: str | None
    scale: str | None
    end: str | None
    source_language: str
    summary: str | None
    problem: str | None
    objectives: str | None
    theory_of_change: str | None
    activities: str | None
    enabling_conditions: str | None
    difficulties: str | None
    lessons: str | None
    lessons_basis: str | None
    sustainability: str | None
    transferability: str | None
    transferability_basis: str | None
    participation: str | None
    rights_note: str | None
    risks: str | None
    evidence_note: str | None
    concepts: list[ConceptOut]
    lead_organisation: str | None
    partners: list[PartnerOut]
    contact: str | None
    staff: str | None
    in_kind: str | None
    settings: list[str]
    key_dates: list[dict[str, Any]]
    building_blocks: list[dict[str, Any]]
    replications: list[dict[str, Any]]
    nlc_links: list[dict[str, Any]]
    sdg_targets: list[str]
    links: list[dict[str, Any]]
    outputs: list[OutputOut]
    outcomes: list[OutcomeOut]
    evaluations: list[EvaluationOut]
    confidence: str | None
    transfer_scores: dict[str, int]
    rights_answers: dict[str, str]
    provenance: list[ProvenanceOut]
    licence: str | None
    consent_to_publish: bool | None
    review_due_on: date | None
    published_on: date

    @classmethod
    def of_record(cls, record: PracticeRecord) -> "PracticeOut":
        """From a record."""
        values = _item(record.card)
        values["translation"] = [TranslationOut.of(field, text) for field, text in record.texts.items()]
        values["places"] = [PlaceOut.of(place) for place in record.places]
        for field in TEXTS:
            text = record.text(field)
            values[field] = text.text if text else None
        for field in SAME:
            value = getattr(record, field)
            values[field] = list(value) if isinstance(value, tuple) else value
        values["concepts"] = [ConceptOut.of(c) for group in record.concepts.values() for c in group]
        values["partners"] = [PartnerOut(**p) for p in (*record.partners, *record.funders)]
        values["outputs"] = [
            OutputOut(
                indicator=o.indicator.text,
                value=o.value,
                unit=o.unit,
                qualifier=o.qualifier,
                period=o.period,
                disaggregation=o.disaggregation,
            )
            for o in record.outputs
        ]
        values["outcomes"] = [
            OutcomeOut(
                outcome=o.outcome.text,
                direction=o.direction,
                size=o.size,
                method=o.method,
                study_reference=o.study_reference,
            )
            for o in record.outcomes
        ]
        values["evaluations"] = [EvaluationOut(**e) for e in record.evaluations]
        values["provenance"] = [ProvenanceOut(**p) for p in record.provenance]
        return cls(**values)


TEXTS = (
    "summary",
    "problem",
    "objectives",
    "theory_of_change",
    "activities",
    "enabling_conditions",
    "difficulties",
    "lessons",
    "sustainability",
    "transferability",
    "participation",
    "rights_note",
    "risks",
    "evidence_note",
)
SAME = (
    "kind",
    "scale",
    "end",
    "source_language",
    "lessons_basis",
    "transferability_basis",
    "lead_organisation",
    "contact",
    "staff",
    "in_kind",
    "settings",
    "key_dates",
    "building_blocks",
    "replications",
    "nlc_links",
    "sdg_targets",
    "links",
    "confidence",
    "transfer_scores",
    "rights_answers",
    "licence",
    "consent_to_publish",
    "review_due_on",
    "published_on",
)
