"""Answers as flat values per field name, the way forms and comparisons use them.

`{"statements": [{"text": "…"}]}` is `{"statements.0.text": ["…"]}`; yes and no are words.
"""

from collections.abc import Mapping
from typing import Any

from app.features.consultations.rules.questionnaire import Grid, SectionOf
from app.features.consultations.rules.questionnaire.questions import Rows, questions_in, rows_in

MOST_SHOWN = 60

Values = dict[str, list[str]]


def flat(data: Mapping[str, Any], prefix: str = "") -> Values:
    """Nested answers as flat values; unanswered questions are left out."""
    values: Values = {}
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            values |= flat(value, f"{name}.")
        elif isinstance(value, list | tuple):
            nested = [(str(i), one) for i, one in enumerate(value) if isinstance(one, Mapping)]
            values |= flat(dict(nested), f"{name}.")
            if plain := [as_text(one) for one in value if not isinstance(one, Mapping)]:
                values[name] = plain
        elif value is not None:
            values[name] = [as_text(value)]
    return values


def as_text(value: Any) -> str:
    """One answer as a form would send it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def row_count(rows: str, values: Values) -> int:
    """How many rows the values of a list have; hostile field names do not make many."""
    start = f"{rows}."
    positions = {name.split(".")[1] for name in values if name.startswith(start)}
    written = (int(one) + 1 for one in positions if one.isascii() and one.isdigit() and len(one) < 4)
    return min(max(written, default=0), MOST_SHOWN)


def without_blank_rows(section: SectionOf, data: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of a form without the rows in which nothing was written."""
    kept = dict(data)
    for rows in rows_in(section.parts):
        written = kept.get(rows.name)
        if isinstance(written, list):
            kept[rows.name] = [row for row in written if not is_blank(rows, row)]
    for grid in section.parts:
        if isinstance(grid, Grid) and isinstance(written := kept.get(grid.name), dict):
            kept[grid.name] = {code: answer for code, answer in written.items() if answer}
    return kept


def is_blank(rows: Rows, row: object) -> bool:
    """Whether a row says nothing beyond the answers it starts with."""
    if not isinstance(row, Mapping):
        return False
    started_with = {question.name for question in questions_in(rows.parts) if question.default}
    return not any(value for name, value in row.items() if name not in started_with)


def edited_rows(data: Mapping[str, Any], action: str, target: str) -> dict[str, Any]:
    """Answers after a row was removed or moved up; `target` is a row such as `statements.2`."""
    name, _, position = target.partition(".")
    found = data.get(name)
    rows = list(found) if isinstance(found, list) else []
    at = int(position) if position.isascii() and position.isdigit() and len(position) < 4 else -1
    if action == "remove" and 0 <= at < len(rows):
        del rows[at]
    elif action == "up" and 0 < at < len(rows):
        rows[at - 1], rows[at] = rows[at], rows[at - 1]
    return {**data, name: rows}
