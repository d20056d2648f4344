"""Whole practices, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.languages import LANGUAGES, LocalText, MultiText, Translation
from app.features.practices.views.cards import PracticeCard, card_of, day
from app.features.publication.queries import Published
from app.features.vocabulary.views import ConceptLabel
from app.features.wording.views import PlaceLabel, Shelf


@dataclass(frozen=True, slots=True)
class CountedOutput:
    """An output with what its number means."""

    indicator: LocalText
    value: float | None
    unit: str | None
    qualifier: str | None
    period: str | None
    disaggregation: str | None


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """An outcome with the direction of its effect."""

    outcome: LocalText
    direction: str
    size: str | None
    method: str | None
    study_reference: str | None


@dataclass(frozen=True, slots=True)
class PracticeRecord:
    """A whole published practice. `texts` holds the text fields; a missing one is not reported.

    `translations` says for each text and language how the text came about; `places` has venues too.
    """

    card: PracticeCard
    kind: str | None
    scale: str | None
    end: str | None
    source_language: str
    texts: Mapping[str, LocalText]
    translations: Mapping[str, Mapping[str, Translation]]
    places: tuple[PlaceLabel, ...]
    concepts: Mapping[str, tuple[ConceptLabel, ...]]
    target_groups: tuple[tuple[ConceptLabel, str | None, str | None], ...]
    lead_organisation: str | None
    partners: tuple[Mapping[str, Any], ...]
    funders: tuple[Mapping[str, Any], ...]
    contact: str | None
    staff: str | None
    in_kind: str | None
    settings: tuple[str, ...]
    key_dates: tuple[Mapping[str, Any], ...]
    building_blocks: tuple[Mapping[str, Any], ...]
    replications: tuple[Mapping[str, Any], ...]
    nlc_links: tuple[Mapping[str, Any], ...]
    sdg_targets: tuple[str, ...]
    links: tuple[Mapping[str, Any], ...]
    outputs: tuple[CountedOutput, ...]
    outcomes: tuple[OutcomeLine, ...]
    evaluations: tuple[Mapping[str, Any], ...]
    confidence: str | None
    lessons_basis: str | None
    transferability_basis: str | None
    transfer_scores: Mapping[str, int]
    rights_answers: Mapping[str, str]
    reviews: tuple[Mapping[str, Any], ...]
    provenance: tuple[Mapping[str, Any], ...]
    licence: str | None
    consent_to_publish: bool | None
    review_due_on: date | None
    first_published_on: date
    published_on: date

    def text(self, field: str) -> LocalText | None:
        """A text field, or None where it is not reported."""
        return self.texts.get(field)

    def said(self, text: str | None) -> LocalText | None:
        """A small text that is kept in the language of the record only."""
        return LocalText(text, self.source_language, self.card.title.wanted) if text else None


def practice_record(published: Published, shelf: Shelf) -> PracticeRecord:
    """The whole of a published practice (`published.body` is its document)."""
    body = published.body
    texts = {field: shelf.text(dumped) for field, dumped in body["texts"].items()}
    homes = [p for p in body["places"] if p["role"] != "venue"]
    summary = {
        **body,
        "title": body["texts"].get("title"),
        "one_line": body["texts"].get("one_line"),
        "themes": body["concepts"].get("theme", []),
        "places": [p["place_id"] for p in homes],
        "countries": list(
            dict.fromkeys(shelf.place(p["place_id"]).country_code for p in homes),
        ),
    }
    return PracticeRecord(
        card=card_of(published, summary, shelf),
        kind=body["kind"],
        scale=body["scale"],
        end=body["end"],
        source_language=body["source_language"],
        texts={field: text for field, text in texts.items() if text},
        translations={field: _translations(dumped) for field, dumped in body["texts"].items()},
        places=tuple(shelf.place(p["place_id"], p["role"]) for p in body["places"]),
        concepts={
            scheme: shelf.vocabulary.labelled(codes, shelf.language)
            for scheme, codes in body["concepts"].items()
        },
        target_groups=tuple(
            (label, group["age_band"], group["sex_focus"])
            for group in body["target_groups"]
            for label in shelf.vocabulary.labelled([group["code"]], shelf.language)
        ),
        lead_organisation=body["lead_organisation"],
        partners=tuple(p for p in body["partners"] if p["role"] == "partner"),
        funders=tuple(p for p in body["partners"] if p["role"] == "funder"),
        contact=body["contact"],
        staff=body["staff"],
        in_kind=body["in_kind"],
        settings=tuple(body["settings"]),
        key_dates=tuple(body["key_dates"]),
        building_blocks=tuple(body["building_blocks"]),
        replications=tuple(body["replications"]),
        nlc_links=tuple(body["nlc_links"]),
        sdg_targets=tuple(body["sdg_targets"]),
        links=tuple(body["links"]),
        outputs=_outputs(body["outputs"], shelf),
        outcomes=_outcomes(body["outcomes"], shelf),
        evaluations=tuple(body["evaluations"]),
        confidence=body["confidence"],
        lessons_basis=body["lessons_basis"],
        transferability_basis=body["transferability_basis"],
        transfer_scores=body["transfer_scores"],
        rights_answers=body["rights_answers"],
        reviews=tuple(body["reviews"]),
        provenance=tuple(body["provenance"]),
        licence=body["licence"],
        consent_to_publish=body["consent_to_publish"],
        review_due_on=day(body["review_due_on"]),
        first_published_on=published.first_published_at.date(),
        published_on=published.published_at.date(),
    )


def _translations(dumped: Mapping[str, Any]) -> Mapping[str, Translation]:
    texts = MultiText.load(dumped).texts
    return {
        language: texts[language][1] if language in texts else Translation.MISSING for language in LANGUAGES
    }


def _outputs(rows: Sequence[Mapping[str, Any]], shelf: Shelf) -> tuple[CountedOutput, ...]:
    return tuple(
        CountedOutput(text, *(row[key] for key in ("value", "unit", "qualifier", "period", "disaggregation")))
        for row in rows
        if (text := shelf.text(row["indicator"]))
    )


def _outcomes(rows: Sequence[Mapping[str, Any]], shelf: Shelf) -> tuple[OutcomeLine, ...]:
    return tuple(
        OutcomeLine(text, *(row[key] for key in ("direction", "size", "method", "study_reference")))
        for row in rows
        if (text := shelf.text(row["outcome"]))
    )
