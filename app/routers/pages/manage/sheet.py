"""A filled-in form of the hub: what was typed, rows added and taken away, what others saved meanwhile."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.core.errors import FieldError
from app.core.languages import LANGUAGES
from app.core.messages import noop
from app.routers.pages.manage.fields import HAS_TEXTS, Field, Kind, Sections, fields_of, lists_of, names_of
from app.web.forms import Form, nested
from app.web.i18n import Translator
from app.web.labels import label

CONTROLS = frozenset({"do", "version", "source_language"})
"""Fields of every form that are no answers."""

FIELD_AND_PROBLEM = noop("%(row)s: %(problem)s")

Choices = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that somebody else saved while this form was open."""

    label: str
    stored: Sequence[str]
    typed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it is shown. `source` is the language of the record; `added` the row just added."""

    sections: Sections
    form: Form
    choices: Choices
    source: str
    version: int = 0
    added: str = ""
    is_unsaved: bool = False
    is_conflict: bool = False
    differences: tuple[Difference, ...] = field(default=())

    @property
    def languages(self) -> tuple[str, ...]:
        """The three languages, that of the record first."""
        return (self.source, *(one for one in LANGUAGES if one != self.source))

    def rows(self, name: str) -> range:
        """Positions of the rows of a list: at least one, to write into."""
        return range(max(1, count_of_rows(self.form.values, name)))

    def options(self, wanted: Field, value: str) -> Sequence[tuple[str, str]]:
        """The choices of a field; a stored answer that is no choice any more stays one."""
        offered = self.choices[wanted.options]
        if value and value not in dict(offered):
            return [*offered, (value, value)]
        return offered


def count_of_rows(values: Mapping[str, list[str]], name: str) -> int:
    """How many rows of a list were typed, by their highest number."""
    numbers = [int(found[1]) for key in values if (found := _row(name).match(key))]
    return max(numbers, default=-1) + 1


def _row(name: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(name)}\.([0-9]{{1,3}})\.")


def tidied(form: Form, sections: Sections) -> Form:
    """The form without empty rows, the others numbered anew, so that errors find their row."""
    values = {**form.values}
    for one in fields_of(sections):
        if one.kind is Kind.ROWS:
            values = _renumbered(values, one, _filled_rows(values, one))
    return replace(form, values=values)


def _filled_rows(values: Mapping[str, list[str]], rows: Field) -> list[int]:
    defaults = {inner.name: inner.default for inner in rows.fields}
    filled: set[int] = set()
    for key, typed in values.items():
        found = _row(rows.name).match(key)
        if found is None:
            continue
        default = defaults.get(key[found.end() :], "")
        if any(value.strip() not in ("", default) for value in typed):
            filled.add(int(found[1]))
    return sorted(filled)


def _renumbered(values: Mapping[str, list[str]], rows: Field, kept: Sequence[int]) -> dict[str, list[str]]:
    """Only the rows of `kept`, in that order."""
    pattern, place = _row(rows.name), {number: i for i, number in enumerate(kept)}
    after: dict[str, list[str]] = {}
    for key, typed in values.items():
        found = pattern.match(key)
        if found is None:
            after[key] = typed
        elif int(found[1]) in place:
            after[f"{rows.name}.{place[int(found[1])]}.{key[found.end() :]}"] = typed
    return after


def with_rows_changed(form: Form, sections: Sections, do: str) -> tuple[Form, str] | None:
    """The form with a row added (`add:places`) or taken away (`remove:places:2`), and the row to go to.

    None when `do` asks for neither.
    """
    action, _, rest = do.partition(":")
    name, _, number = rest.partition(":")
    rows = next((f for f in fields_of(sections) if f.name == name and f.kind is Kind.ROWS), None)
    if rows is None or action not in ("add", "remove"):
        return None
    count = max(1, count_of_rows(form.values, name))
    if action == "add":
        first = rows.fields[0]
        return Form({**form.values, f"{name}.{count}.{first.name}": [""]}), f"{name}.{count}"
    kept = [i for i in range(count) if str(i) != number]
    return Form(_renumbered(form.values, rows, kept)), name


def data_of(form: Form, sections: Sections) -> dict[str, Any]:
    """What was typed as nested data for a command."""
    answers = {name: typed for name, typed in form.values.items() if name not in CONTROLS}
    data = nested(answers, lists_of(sections))
    for name in names_of(sections, Kind.LINES):
        if isinstance(data.get(name), str):
            data[name] = [line.strip() for line in data[name].splitlines() if line.strip()]
    return data


def form_of(answers: Mapping[str, Any], sections: Sections) -> Form:
    """Stored answers as a form."""
    values: dict[str, list[str]] = {}
    _flatten(answers, "", values)
    for name in names_of(sections, Kind.LINES):
        values[name] = ["\n".join(values.get(name, ()))]
    return Form(values)


def gathered(errors: Sequence[FieldError], sections: Sections) -> list[FieldError]:
    """Errors of one answer among several, said of the field that they share."""
    shared = names_of(sections, Kind.LINES, Kind.PICKS, Kind.CHECKS)
    return [
        replace(error, field=parent) if (parent := error.field.rpartition(".")[0]) in shared else error
        for error in errors
    ]


def named_problems(sheet: Sheet, words: Translator) -> tuple[tuple[str, str], ...]:
    """What is wrong, field by field, each with the words that name its field: they stand apart from it."""
    named = []
    for name, text in sheet.form.problems:
        field_ = _field_in_words(name, sheet.sections, words)
        said = words.gettext(FIELD_AND_PROBLEM, row=field_, problem=text) if field_ else text
        named.append((name, said))
    return tuple(named)


def _field_in_words(name: str, sections: Sections, words: Translator) -> str:
    """A field by its label, with its row and language; empty for what is wrong with the form as a whole."""
    found = next((one for one in fields_of(sections) if f"{name}.".startswith(f"{one.name}.")), None)
    if found is None:
        return ""
    rest = name.removeprefix(found.name).split(".")[1:]
    said = [words.gettext(found.label)]
    if found.kind is Kind.ROWS and rest and rest[0].isdigit():
        said = [words.gettext(found.row, number=words.number(int(rest[0]) + 1))]
        inner = next((one for one in found.fields if rest[1:] and one.name == rest[1]), None)
        said += [words.gettext(inner.label)] if inner else []
    if rest and rest[-1] in LANGUAGES:
        said.append(label(words.language, "language", rest[-1]))
    return words.gettext(", ").join(said)


def _flatten(node: Any, name: str, values: dict[str, list[str]]) -> None:
    if isinstance(node, Mapping):
        for key, child in node.items():
            _flatten(child, f"{name}.{key}" if name else str(key), values)
    elif isinstance(node, list | tuple):
        if any(isinstance(child, Mapping) for child in node):
            for i, child in enumerate(node):
                _flatten(child, f"{name}.{i}", values)
        else:
            values[name] = [_typed(child) for child in node]
    elif node is not None:
        values[name] = [_typed(node)]


def _typed(value: Any) -> str:
    """A stored value as somebody would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def differences(sheet: Sheet, stored: Form) -> tuple[Difference, ...]:
    """Where what is stored now is not what was typed."""
    found: list[Difference] = []
    for one in fields_of(sheet.sections):
        here, there = _said(one, stored, sheet), _said(one, sheet.form, sheet)
        if here != there:
            found.append(Difference(one.label, here, there))
    return tuple(found)


def _said(one: Field, form: Form, sheet: Sheet, prefix: str = "") -> list[str]:
    """The answer to a field in words, one line each."""
    name = f"{prefix}{one.name}"
    if one.kind in HAS_TEXTS:
        keys = [f"{name}.{language}" for language in sheet.languages]
        states = [f"{name}.state.{language}" for language in sheet.languages]
        labels = dict(sheet.choices.get("labels:translation", ()))
        return [form.get(key).strip() for key in keys if form.get(key).strip()] + [
            labels.get(form.get(state), form.get(state))
            for state, key in zip(states, keys, strict=True)
            if form.get(state) and form.get(key).strip()
        ]
    if one.kind is Kind.ROWS:
        rows = tidied(form, sheet.sections)
        lines = [
            [text for inner in one.fields for text in _said(inner, rows, sheet, f"{name}.{i}.")]
            for i in range(count_of_rows(rows.values, name))
        ]
        return [" · ".join(line) for line in lines]
    labels = dict(sheet.choices.get(one.options, ()))
    if one.kind is Kind.LINES:
        return [line.strip() for line in form.get(name).splitlines() if line.strip()]
    if one.kind is Kind.CHECKS:
        return [text for code, text in labels.items() if code in form.all(name)]
    return [labels.get(value, value.strip()) for value in form.all(name) if value.strip()]
