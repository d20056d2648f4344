"""The rules of consultations, with generated input."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Conflict
from app.core.sensitivity import Sensitivity
from app.features.consultations.commands.answers import SECTION_KINDS, Answers
from app.features.consultations.commands.requests import FileConsultation
from app.features.consultations.rules.codes import codes_used, unknown_codes
from app.features.consultations.rules.completeness import all_missing, missing_answers, not_yet
from app.features.consultations.rules.document import copies_of, record_of
from app.features.consultations.rules.questionnaire import SECTIONS, Source
from app.features.consultations.rules.questionnaire.questions import questions_in, rows_in
from app.features.consultations.rules.states import (
    check_can_discard,
    check_can_return,
    check_is_draft,
    check_was_sent,
    is_overwritten,
)
from app.features.publication.rules import AUDIENCE, Visibility, effective_visibility
from app.models.base import Attribution
from app.models.consultation import Consultation, ConsultationState, Method, Need, NeedStatus
from tests.factories.consultations import ANSWERS

TEXT, OFFICE, PERSON = "the words", "the office", "the person"
LEVELS = st.tuples(st.sampled_from(Attribution), st.sampled_from(Sensitivity))
# --- what is published ------------------------------------------------------------------------------


def need(position: int, levels: tuple[Attribution, Sensitivity], *, is_read: bool) -> Need:
    """A need as it stands in the table."""
    return Need(
        id=UUID(int=position + 1),
        position=position,
        rank=position + 1,
        text=f"{TEXT} {position}",
        language="en",
        translations={},
        attribution=levels[0],
        sensitivity=levels[1],
        office_title=OFFICE,
        person_name=PERSON,
        reviewed_at=datetime(2026, 3, 1, tzinfo=UTC) if is_read else None,
        concept_code="practitioner-training",
        status=NeedStatus.RECEIVED,
        feasibility_note="inside",
    )


def consultation(levels: tuple[Attribution, Sensitivity], **told: Any) -> Consultation:
    """A consultation as it stands in the table."""
    values: dict[str, Any] = {
        "id": UUID(int=99),
        "reference": "MED-2026-0001",
        "place_id": "iq-mosul",
        "language": "en",
        "title": "inside",
        "purpose": "inside",
        "hub_note": "inside",
        "method": Method.INTERVIEW,
        "held_edtf": "2026-02-17",
        "held_from": date(2026, 2, 17),
        "held_until": date(2026, 2, 17),
        "attribution": levels[0],
        "sensitivity": levels[1],
        "consent_given": True,
        "is_illustration": False,
    }
    return Consultation(**{**values, **told})


@given(LEVELS, st.lists(st.tuples(LEVELS, st.booleans()), max_size=5), st.booleans(), st.booleans())
def test_exactly_what_is_allowed_is_copied(
    ceiling: tuple[Attribution, Sensitivity],
    said: list[tuple[tuple[Attribution, Sensitivity], bool]],
    is_consented: bool,
    is_withdrawn: bool,
) -> None:
    """A statement is published if and only if everything allows it, with as much of its speaker."""
    whole = consultation(
        ceiling,
        consent_given=is_consented,
        consent_withdrawn_on=date(2026, 4, 1) if is_withdrawn else None,
    )
    needs = [need(position, levels, is_read=is_read) for position, (levels, is_read) in enumerate(said)]
    copies = {one.slug: one for one in copies_of((("needs", one) for one in needs), whole, "IQ")}
    for row, ((attribution, sensitivity), is_read) in zip(needs, said, strict=True):
        audience = max(ceiling[1], sensitivity, key=AUDIENCE.__getitem__)
        level = min(
            effective_visibility(audience, ceiling[0], AUDIENCE[audience]),
            effective_visibility(audience, attribution, AUDIENCE[audience]),
        )
        is_open = audience is not Sensitivity.HUB and level >= Visibility.CITY
        is_shown = is_consented and not is_withdrawn and is_read and is_open
        assert (row.id.hex in copies) == is_shown
        if is_shown:
            card = copies[row.id.hex].card
            assert (card["office_title"] == OFFICE) == (level >= Visibility.ROLE)
            assert (card["person_name"] == PERSON) == (level >= Visibility.NAMED)
            assert copies[row.id.hex].audience is audience
    record = record_of(whole, list(copies.values()), "IQ")
    assert (record is not None) == bool(copies)
    written = orjson.dumps(
        [[dict(c.document) for c in copies.values()], dict(record.document) if record else {}]
    )
    assert b"inside" not in written
    assert b"2026-02-17" not in written, "a day would name the speaker"
    assert [c.card["rank"] for c in copies.values()] == list(range(1, len(copies) + 1))


def test_illustrations_stay_illustrations() -> None:
    """The copies of an illustration say so."""
    whole = consultation((Attribution.NAMED, Sensitivity.PUBLIC), is_illustration=True)
    rows = [("needs", need(0, (Attribution.CITY, Sensitivity.PUBLIC), is_read=True))]
    copies = copies_of(rows, whole, "XX")
    record = record_of(whole, copies, "XX")
    assert record is not None
    assert all(one.is_illustration for one in (*copies, record))


# --- what is missing --------------------------------------------------------------------------------

NEEDED = [
    (section.code, question.name, question.missing)
    for section in SECTIONS.values()
    for question in questions_in(section.parts)
    if question.missing
]
NEEDED_IN_ROWS = [
    (section.code, rows.name, question.name, question.missing)
    for section in SECTIONS.values()
    for rows in rows_in(section.parts)
    for question in questions_in(rows.parts)
    if question.missing
]


@pytest.mark.parametrize(("section", "name", "message"), NEEDED)
def test_a_missing_answer_has_a_message_of_its_own(section: str, name: str, message: str) -> None:
    """What is missing is said in the words of its question."""
    empty = SECTION_KINDS[section]().model_dump()
    assert (name, message) in {(error.field, error.message) for error in missing_answers(section, empty)}


@pytest.mark.parametrize(("section", "rows", "name", "message"), NEEDED_IN_ROWS)
def test_a_missing_answer_in_a_row(section: str, rows: str, name: str, message: str) -> None:
    """The same within rows, at the place of the row."""
    said = SECTION_KINDS[section].model_validate({"discussed": "yes", rows: [{}]}).model_dump()
    errors = {error.field: error.message for error in missing_answers(section, said)}
    assert errors[f"{rows}.0.{name}"] == message


def test_complete_answers_miss_nothing() -> None:
    """The answers that other tests send are complete."""
    whole = Answers.model_validate(ANSWERS).model_dump()
    assert all_missing(whole) == []


@pytest.mark.parametrize(
    ("section", "said", "field"),
    [
        ("concerns", {"discussed": "yes"}, "statements"),
        ("concerns", {"discussed": "no", "statements": [{"text": "x"}]}, "discussed"),
        ("participants", {"basis": "exact", "who_was_missing": "x"}, "total"),
        ("participants", {"basis": "not known", "total": 3, "who_was_missing": "x"}, "total"),
        ("privacy", {"consent_given": True}, "consent_on"),
        ("needs", {"discussed": "yes", "statements": [{"attribution": "A4"}]}, "statements.0.office_title"),
        ("needs", {"discussed": "yes", "statements": [{"attribution": "A5"}]}, "statements.0.person_name"),
    ],
)
def test_answers_that_do_not_fit_together(section: str, said: dict[str, Any], field: str) -> None:
    """Contradictions are named where they can be mended."""
    plain = SECTION_KINDS[section].model_validate(said).model_dump()
    assert field in {error.field for error in missing_answers(section, plain)}


def test_what_has_happened_is_not_in_the_future() -> None:
    """A consultation cannot have been held tomorrow; open and rough dates are fine."""
    today = date(2026, 3, 1)
    kind = SECTION_KINDS["about"]
    held = {
        text: kind.model_validate({"held": text}).model_dump()
        for text in ("2026-03-02", "2026", "2026-02/..")
    }
    assert [bool(not_yet("about", said, today)) for said in held.values()] == [True, False, False]


# --- codes ------------------------------------------------------------------------------------------


@given(st.text(max_size=30))
def test_only_known_codes_can_be_chosen(code: str) -> None:
    """Any other code is an error at its place, and the same code in the list is none."""
    said = SECTION_KINDS["needs"].model_validate({"statements": [{"concept": code}]}).model_dump()
    tidy = said["statements"][0]["concept"]
    allowed = {
        (Source.CONCEPTS, "need"): frozenset({"practitioner-training"}),
        (Source.CONCEPTS, "support-modality"): frozenset[str](),
    }
    wrong = [error.field for error in unknown_codes("needs", said, allowed)]
    is_fine = tidy is None or tidy == "practitioner-training"
    assert wrong == ([] if is_fine else ["statements.0.concept"])
    known = {**allowed, (Source.CONCEPTS, "need"): frozenset({tidy})} if tidy else allowed
    assert unknown_codes("needs", said, known) == []


def test_codes_used_names_lists() -> None:
    """Each of several codes has a place of its own."""
    said = SECTION_KINDS["participants"].model_validate({"missing_groups": ["youth", "women"]}).model_dump()
    fields = [field for field, _, _ in codes_used("participants", said)]
    assert fields == ["missing_groups.0", "missing_groups.1"]


def test_unknown_fields_are_refused() -> None:
    """A typo is not swallowed, at any depth."""
    for wrong in ({"plaec": 1}, {"about": {"titel": "x"}}, {"needs": {"statements": [{"txet": "x"}]}}):
        with pytest.raises(ValueError, match="Extra inputs"):
            FileConsultation.model_validate({"place": "iq-mosul", **wrong})


# --- states -----------------------------------------------------------------------------------------


@given(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["", "a", "b"]), st.sampled_from(["", "a", "b"]))
def test_nobody_overwrites_what_was_not_seen(stored: int, based_on: int, saved_from: str, page: str) -> None:
    """A save based on an older one passes only from the page that made the newer one, never by itself."""
    args = {"stored": stored, "based_on": based_on, "saved_from": saved_from, "page": page}
    by_hand = is_overwritten(**args, is_autosave=False)  # type: ignore[arg-type]
    by_itself = is_overwritten(**args, is_autosave=True)  # type: ignore[arg-type]
    assert by_itself == (stored != based_on)
    assert by_hand == (stored != based_on and (not page or page != saved_from))


@pytest.mark.parametrize("state", ConsultationState)
def test_what_a_state_allows(state: ConsultationState) -> None:
    """Drafts belong to the city, what was sent to the hub, and nothing happens to what is archived."""

    def is_refused(check: Any, *more: Any) -> bool:
        try:
            check(state, *more)
        except Conflict:
            return True
        return False

    is_draft = state is ConsultationState.DRAFT
    is_open = state in (ConsultationState.SUBMITTED, ConsultationState.IN_REVIEW)
    assert is_refused(check_is_draft) == (not is_draft)
    assert is_refused(check_can_discard, None) == (not is_draft)
    assert is_refused(check_can_discard, "MED-2026-0001")
    assert is_refused(check_was_sent) == (not is_open and state is not ConsultationState.PUBLISHED)
    assert is_refused(check_can_return) == (not is_open)
