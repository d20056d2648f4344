"""Practices as readers see them, in one language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.lists import format_list

from app.core.languages import Language, LocalText, MultiText
from app.features.places.views import Gazetteer
from app.features.publication.queries import Published
from app.features.vocabulary.views import ConceptLabel, Vocabulary


@dataclass(frozen=True, slots=True)
class Cost:
    """What a practice cost, as reported: never converted, never compared over different bases."""

    amount: float
    currency: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class PlaceLabel:
    """A place of a practice with its name and country in the reader's language."""

    id: str
    name: str
    country_code: str
    country: str
    role: str
    population: int | None


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """A practice in a list."""

    slug: str
    title: LocalText
    one_line: LocalText | None
    themes: tuple[ConceptLabel, ...]
    places: tuple[PlaceLabel, ...]
    countries: tuple[tuple[str, str], ...]
    evidence: int
    is_confirmed: bool
    stage: str
    start: str | None
    cost: Cost | None
    confirmed_on: date | None
    original_language: str | None
    origin: str
    is_illustration: bool
    place_names: str
    country_names: str

    @property
    def population(self) -> int | None:
        """Inhabitants of the place, where the practice has just one."""
        return self.places[0].population if len(self.places) == 1 else None


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

    `languages` maps each language to how far the record is translated into it.
    """

    card: PracticeCard
    kind: str | None
    scale: str | None
    end: str | None
    source_language: str
    texts: Mapping[str, LocalText]
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
    review_due_on: date | None
    first_published_on: date
    published_on: date

    def text(self, field: str) -> LocalText | None:
        """A text field, or None where it is not reported."""
        return self.texts.get(field)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What turns stored codes into words for one reader."""

    vocabulary: Vocabulary
    gazetteer: Gazetteer
    language: Language
    word: Callable[[str, str], str]
    """The word for a code of one of our own lists: `word("stage", "running")`."""

    def listed(self, names: Sequence[str]) -> str:
        """Several names as one phrase, with the commas and the "and" of the language."""
        return str(format_list(list(names), locale=self.language)) if names else ""

    def text(self, dumped: Mapping[str, Any] | None) -> LocalText | None:
        """A dumped `MultiText` for this reader."""
        return MultiText.load(dumped).in_language(self.language)

    def place(self, place_id: str, role: str = "home") -> PlaceLabel:
        """A place with its names."""
        place = self.gazetteer.places.get(place_id)
        country = place.country_code if place else ""
        return PlaceLabel(
            place_id,
            self.gazetteer.place_name(place_id, self.language),
            country,
            self.gazetteer.country_name(country, self.language),
            role,
            place.population if place else None,
        )


def practice_card(published: Published, shelf: Shelf) -> PracticeCard:
    """The card of a published practice (`published.body` is its card)."""
    return _card(published, published.body, shelf)


def _card(published: Published, body: Mapping[str, Any], shelf: Shelf) -> PracticeCard:
    title = shelf.text(body["title"])
    places = tuple(shelf.place(place_id) for place_id in body["places"])
    countries = tuple((c, shelf.gazetteer.country_name(c, shelf.language)) for c in body["countries"])
    return PracticeCard(
        slug=published.slug,
        title=title or LocalText(published.slug, shelf.language, shelf.language),
        one_line=shelf.text(body["one_line"]),
        themes=shelf.vocabulary.labelled(body["themes"], shelf.language),
        places=places,
        countries=countries,
        evidence=body["evidence"],
        is_confirmed=body["is_confirmed"],
        stage=body["stage"],
        start=body["start"],
        cost=Cost(**body["cost"]) if body["cost"] else None,
        confirmed_on=_day(body["confirmed_on"]),
        original_language=body["original_language"],
        origin=body["origin"],
        is_illustration=published.is_illustration,
        place_names=shelf.listed([place.name for place in places]),
        country_names=shelf.listed([name for _, name in countries]),
    )


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
        card=_card(published, summary, shelf),
        kind=body["kind"],
        scale=body["scale"],
        end=body["end"],
        source_language=body["source_language"],
        texts={field: text for field, text in texts.items() if text},
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
        review_due_on=_day(body["review_due_on"]),
        first_published_on=published.first_published_at.date(),
        published_on=published.published_at.date(),
    )


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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
