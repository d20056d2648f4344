"""The rows of a comparison of practices: which there are, in which groups, and what each says."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.core.languages import LocalText
from app.core.messages import noop
from app.features.comparisons.rules.quantities import Quantity
from app.features.comparisons.views.pen import Pen
from app.features.comparisons.views.populations import population_cell
from app.features.comparisons.views.table import Cell, Line
from app.features.practices.views import CountedOutput, PracticeRecord
from app.features.wording.views import PlaceLabel

Write = Callable[[PracticeRecord, Pen], Cell]


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A question to every practice, and how a record answers it."""

    code: str
    title: str
    write: Write


@dataclass(frozen=True, slots=True)
class PracticeGroup:
    """Questions that belong together."""

    code: str
    title: str
    rows: tuple[PracticeRow, ...]


def _places(record: PracticeRecord, pen: Pen) -> Cell:
    return Cell(tuple(Line(place_words(place, pen)) for place in record.card.places))


def place_words(place: PlaceLabel, pen: Pen) -> LocalText:
    """A place with its country."""
    if place.kind == "country":
        return pen.text(place.name)
    return pen.say(noop("%(city)s, %(country)s"), city=place.name, country=place.country)


def _budget(record: PracticeRecord, pen: Pen) -> Cell:
    cost = record.card.cost
    if cost is None:
        return Cell()
    shown = f"{pen.words.number(cost.amount)} {cost.currency or ''}".rstrip()
    return pen.number(Quantity(cost.amount, cost.currency, cost.basis), shown, [record.said(cost.basis)])


def _outputs(record: PracticeRecord, pen: Pen) -> Cell:
    return Cell(
        tuple(
            Line(
                _counted(output, pen),
                _notes(
                    record.said(output.unit),
                    record.said(output.qualifier),
                    pen.text(pen.words.edtf(output.period)),
                ),
            )
            for output in record.outputs
        )
    )


def _counted(output: CountedOutput, pen: Pen) -> LocalText:
    """What was counted, with its number if there is one; in the language of the former."""
    if output.value is None:
        return output.indicator
    number = pen.words.number(output.value)
    said = pen.words.gettext(noop("%(output)s: %(number)s"), output=output.indicator.text, number=number)
    return replace(output.indicator, text=said)


def _notes(*texts: LocalText | None) -> tuple[LocalText, ...]:
    return tuple(text for text in texts if text)


def _outcomes(record: PracticeRecord, pen: Pen) -> Cell:
    return Cell(
        tuple(
            Line(
                outcome.outcome,
                _notes(
                    pen.text(pen.shelf.word("effect", outcome.direction)),
                    record.said(outcome.size),
                    record.said(outcome.method),
                ),
            )
            for outcome in record.outcomes
        )
    )


def _evidence(record: PracticeRecord, pen: Pen) -> Cell:
    card = record.card
    word = Line(pen.text(pen.shelf.word("evidence", str(card.evidence))))
    doubt = () if card.is_confirmed else (Line(pen.say(noop("Needs confirming"))),)
    return Cell((word, *doubt), level=card.evidence)


def _evaluations(record: PracticeRecord, pen: Pen) -> Cell:
    return pen.texts(record.said(evaluation["kind"]) for evaluation in record.evaluations)


def _points(record: PracticeRecord, pen: Pen) -> Cell:
    word = pen.shelf.word
    return Cell(
        tuple(
            Line(pen.text(word("transfer-point", point)), (pen.text(word("transfer-score", str(score))),))
            for point, score in record.transfer_scores.items()
        )
    )


def _rights(record: PracticeRecord, pen: Pen) -> Cell:
    return Cell((Line(pen.say(noop("Made") if record.rights_answers else noop("Not yet made"))),))


def _sources(record: PracticeRecord, pen: Pen) -> Cell:
    lines = (
        Line(
            pen.text(source["title"]),
            _notes(record.said(source["supports"])),
        )
        for source in record.provenance
    )
    return Cell(tuple(lines))


def _text(field: str) -> Write:
    return lambda record, pen: pen.texts([record.text(field)])


def _concepts(scheme: str) -> Write:
    return lambda record, pen: pen.concepts(record.concepts.get(scheme, ()))


GROUPS = (
    PracticeGroup(
        "context",
        noop("Context"),
        (
            PracticeRow("places", noop("Place"), _places),
            PracticeRow("population", noop("Population"), lambda r, pen: population_cell(r.card.places, pen)),
            PracticeRow("scale", noop("Scale"), lambda r, pen: pen.code("scale", r.scale)),
            PracticeRow(
                "stage",
                noop("Stage"),
                lambda r, pen: pen.code("stage", None if r.card.stage == "unknown" else r.card.stage),
            ),
            PracticeRow("start", noop("Start"), lambda r, pen: pen.plain(pen.words.edtf(r.card.start))),
            PracticeRow("end", noop("End"), lambda r, pen: pen.plain(pen.words.edtf(r.end))),
            PracticeRow("problem", noop("Situation before"), _text("problem")),
        ),
    ),
    PracticeGroup(
        "aims",
        noop("Aims"),
        (
            PracticeRow("themes", noop("Themes"), _concepts("theme")),
            PracticeRow("needs", noop("Needs"), _concepts("need")),
            PracticeRow("threats", noop("Concerns and threats"), _concepts("threat")),
            PracticeRow("objectives", noop("Aims in words"), _text("objectives")),
            PracticeRow("theory-of-change", noop("Why it should work"), _text("theory_of_change")),
        ),
    ),
    PracticeGroup(
        "who",
        noop("Who takes part"),
        (
            PracticeRow("lead", noop("Lead organisation"), lambda r, pen: pen.plain(r.lead_organisation)),
            PracticeRow(
                "partners", noop("Partners"), lambda r, pen: pen.plain(*(p["name"] for p in r.partners))
            ),
            PracticeRow("target-groups", noop("Target groups"), _concepts("target-group")),
            PracticeRow("actors", noop("Actors"), _concepts("actor")),
            PracticeRow("participation", noop("Part taken by the people concerned"), _text("participation")),
        ),
    ),
    PracticeGroup(
        "resources",
        noop("Resources"),
        (
            PracticeRow("budget", noop("Budget"), _budget),
            PracticeRow("staff", noop("Staff"), lambda r, pen: pen.texts([r.said(r.staff)])),
            PracticeRow("in-kind", noop("In kind"), lambda r, pen: pen.texts([r.said(r.in_kind)])),
            PracticeRow(
                "funders", noop("Funders"), lambda r, pen: pen.plain(*(p["name"] for p in r.funders))
            ),
        ),
    ),
    PracticeGroup(
        "activities",
        noop("Activities"),
        (
            PracticeRow("kind", noop("Kind of practice"), lambda r, pen: pen.code("practice-kind", r.kind)),
            PracticeRow("interventions", noop("Types of intervention"), _concepts("intervention")),
            PracticeRow("levels", noop("Levels of prevention"), _concepts("prevention-level")),
            PracticeRow("activities", noop("What is done"), _text("activities")),
        ),
    ),
    PracticeGroup(
        "results",
        noop("Results"),
        (
            PracticeRow("outputs", noop("What was counted"), _outputs),
            PracticeRow("outcomes", noop("What changed"), _outcomes),
        ),
    ),
    PracticeGroup(
        "evidence",
        noop("Evidence"),
        (
            PracticeRow("evidence", noop("Strength of evidence"), _evidence),
            PracticeRow("evidence-note", noop("Why this level of evidence"), _text("evidence_note")),
            PracticeRow("evaluations", noop("Evaluations"), _evaluations),
            PracticeRow("rights", noop("Rights review"), _rights),
        ),
    ),
    PracticeGroup(
        "transfer",
        noop("In another city"),
        (
            PracticeRow("transferability", noop("What other cities should know"), _text("transferability")),
            PracticeRow("points", noop("Eight points of transferability"), _points),
            PracticeRow("conditions", noop("What made it possible"), _text("enabling_conditions")),
            PracticeRow("difficulties", noop("Difficulties, and what failed"), _text("difficulties")),
            PracticeRow("lessons", noop("Lessons"), _text("lessons")),
            PracticeRow("sustainability", noop("How it lasts"), _text("sustainability")),
        ),
    ),
    PracticeGroup(
        "sources",
        noop("Sources"),
        (
            PracticeRow("documents", noop("Documents"), _sources),
            PracticeRow(
                "language",
                noop("Language of the sources"),
                lambda r, pen: pen.code("language", r.card.original_language),
            ),
            PracticeRow(
                "confirmed",
                noop("Last confirmed by the city"),
                lambda r, pen: pen.plain(pen.words.date(r.card.confirmed_on)),
            ),
        ),
    ),
)
