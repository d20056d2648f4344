"""Answers of consultations in forms: read, shown, sent again; rows added, moved and removed."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.features.consultations.commands.answers import SECTION_KINDS, Answers
from app.features.consultations.rules.answers import MOST_SHOWN, edited_rows, flat, row_count
from app.features.consultations.rules.questionnaire import MANY_NAMES
from app.web.forms import nested

WORDS = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip())
)


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    """Answers to some questions of every kind."""
    statements = st.lists(
        st.fixed_dictionaries(
            {"text": WORDS},
            optional={
                "concept": st.sampled_from(["hate-speech", "polarisation"]),
                "severity": st.integers(1, 5),
                "is_driver": st.booleans(),
                "affected_groups": st.lists(st.sampled_from(["youth", "women"]), min_size=1, unique=True),
            },
        ),
        max_size=12,
    )
    return {
        "about": draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "title": WORDS,
                    "round_number": st.integers(0, 99),
                    "had_interpreter": st.booleans(),
                    "languages_used": st.lists(st.sampled_from(["ar", "ckb", "fr"]), min_size=1, unique=True),
                },
            )
        ),
        "concerns": {"statements": draw(statements)},
        "national": {"dimensions": {"nlc-trust": {"score": draw(st.integers(1, 5))}}},
    }


@given(answers())
def test_what_a_form_shows_is_what_it_sends(data: dict[str, Any]) -> None:
    """Answers, written flat as form fields and read again, are the same answers."""
    whole = Answers.model_validate(data)
    for name, kind in SECTION_KINDS.items():
        section = getattr(whole, name)
        sent = nested(flat(section.model_dump(mode="json")), MANY_NAMES)
        assert kind.model_validate(sent) == section


@given(st.integers(0, 1_000_000), st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "0123456789"]))
def test_numbers_in_any_digits(number: int, digits: str) -> None:
    """People may write numbers in the digits of their language."""
    typed = str(number).translate(str.maketrans("0123456789", digits))
    assert Answers.model_validate({"participants": {"total": typed}}).participants.total == number


@given(
    st.dictionaries(st.text(max_size=20).map(lambda rest: f"statements.{rest}"), st.just(["x"]), max_size=9)
)
def test_hostile_field_names_make_few_rows(values: dict[str, list[str]]) -> None:
    """No field name makes a page of a million rows, or fails."""
    assert 0 <= row_count("statements", values) <= MOST_SHOWN
    nested(values, MANY_NAMES)


@given(st.lists(st.integers(), max_size=8), st.integers(-2, 10), st.sampled_from(["up", "remove", "other"]))
def test_rows_are_moved_or_removed_never_lost(rows: list[int], at: int, action: str) -> None:
    """Moving keeps every row; removing takes exactly the one that was meant."""
    data = {"statements": [{"text": str(row)} for row in rows]}
    after = edited_rows(data, action, f"statements.{at}")["statements"]
    kept, before = Counter(row["text"] for row in after), Counter(map(str, rows))
    if action == "remove" and 0 <= at < len(rows):
        assert after == [row for position, row in enumerate(data["statements"]) if position != at]
    else:
        assert kept == before
