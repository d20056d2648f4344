"""A section of the form with what was typed into it and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.core.messages import noop
from app.features.consultations.rules.answers import Values, row_count
from app.features.consultations.rules.questionnaire import SECTIONS, Grid, Question, Rows, SectionOf
from app.features.consultations.rules.questionnaire.questions import Fold, Part
from app.features.consultations.views.reader import Option, Reader

NOWHERE = "form"
"""Where errors link that no field of the page shows: the form itself."""

QUESTION_AND_PROBLEM = noop("%(question)s %(problem)s")
ROW_AND_PROBLEM = noop("%(row)s: %(problem)s")

Errors = Mapping[str, str]
"""What is wrong, by field, as finished texts."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A question with its answer. `kind` says which control it needs."""

    name: str
    kind: str
    label: str
    hint: str | None
    options: tuple[Option, ...]
    values: tuple[str, ...]
    error: str | None
    is_optional: bool
    is_inline: bool
    has_default: bool
    unit: str | None
    part: str = "field"

    @property
    def value(self) -> str:
        """The answer of a field with one answer."""
        return self.values[-1] if self.values else ""


@dataclass(frozen=True, slots=True)
class FoldView:
    """Questions behind a line that opens them; open when they are answered or wrong."""

    title: str
    fields: tuple[FieldView, ...]
    is_open: bool
    part: str = "fold"


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a list. `is_new` tells the row that was just added, `is_filled` one that says something."""

    name: str
    title: str
    parts: tuple["FieldView | FoldView", ...]
    is_first: bool
    is_new: bool
    is_filled: bool


@dataclass(frozen=True, slots=True)
class RowsView:
    """A list of rows."""

    name: str
    title: str | None
    hint: str | None
    add: str
    error: str | None
    rows: tuple[RowView, ...]
    can_move: bool
    part: str = "rows"

    @property
    def is_written(self) -> bool:
        """Whether a row says something, or something is wrong with the list."""
        return bool(self.error) or any(row.is_filled for row in self.rows)


@dataclass(frozen=True, slots=True)
class GridView:
    """The same questions for each concept of a scheme."""

    title: str
    hint: str
    rows: tuple[tuple[str, tuple[FieldView, ...]], ...]
    part: str = "grid"


PartView = FieldView | FoldView | RowsView | GridView


@dataclass(frozen=True, slots=True)
class FormView:
    """One page of the form. `problems` are pairs (field, text) that link to fields of this page."""

    code: str
    title: str
    intro: str
    parts: tuple[PartView, ...]
    problems: tuple[tuple[str, str], ...]
    has_statements: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What was typed and what is wrong, for one reader."""

    values: Values
    errors: Errors
    reader: Reader
    added: str | None

    def field(self, question: Question, prefix: str = "", row: str = "") -> FieldView:
        """A question with what was typed and what is wrong with it."""
        name = f"{prefix}{question.name}"
        typed = self.values.get(name) or ([question.default] if question.default else [])
        say = self.reader.say
        return FieldView(
            name=name,
            kind=str(question.kind),
            label=say(question.label),
            hint=say(question.hint) if question.hint else None,
            options=self.reader.options(question, [code for code in typed if code]),
            values=tuple(typed),
            error=self._problem(question, self.errors.get(name), row),
            is_optional=not question.missing and not question.default,
            is_inline=question.is_inline,
            has_default=bool(question.default),
            unit=say(question.unit) if question.unit else None,
        )

    def _problem(self, question: Question, text: str | None, row: str) -> str | None:
        """What is wrong, in words that name the question and its row: they stand in the summary, too."""
        say = self.reader.say
        if not text:
            return None
        if not question.missing or text != say(question.missing):
            text = say(QUESTION_AND_PROBLEM, question=say(question.label), problem=text)
        return say(ROW_AND_PROBLEM, row=row, problem=text) if row else text

    def simple(self, part: Part, prefix: str = "", row: str = "") -> FieldView | FoldView:
        """A question, or questions behind a line that opens them."""
        if isinstance(part, Question):
            return self.field(part, prefix, row)
        assert isinstance(part, Fold)
        fields = tuple(self.field(question, prefix, row) for question in part.questions)
        is_told = any(self.values.get(f.name) and not f.has_default for f in fields)
        is_wrong = any(f.error for f in fields)
        return FoldView(self.reader.say(part.title), fields, is_told or is_wrong)

    def rows(self, rows: Rows, *, is_statements: bool) -> RowsView:
        """A list of rows; one of statements always offers one."""
        count = max(self._count(rows), 1 if is_statements else 0)
        return RowsView(
            name=rows.name,
            title=self.reader.say(rows.title) if rows.title else None,
            hint=self.reader.say(rows.hint) if rows.hint else None,
            add=self.reader.say(rows.add),
            error=self.errors.get(rows.name),
            rows=tuple(self._row(rows, position, count) for position in range(count)),
            can_move=rows.has_order,
        )

    def _count(self, rows: Rows) -> int:
        """How many rows were typed; one more when a blank one was asked for."""
        return row_count(rows.name, self.values) + (1 if self.added == rows.name else 0)

    def _row(self, rows: Rows, position: int, count: int) -> RowView:
        prefix = f"{rows.name}.{position}."
        title = self.reader.say(rows.one, number=position + 1)
        return RowView(
            name=f"{rows.name}.{position}",
            title=title,
            parts=tuple(self.simple(part, prefix, title) for part in rows.parts),
            is_first=position == 0,
            is_new=self.added == rows.name and position == count - 1,
            is_filled=any(name.startswith(prefix) for name in self.values),
        )

    def grid(self, grid: Grid) -> GridView:
        """The same questions for each concept of a scheme."""
        concepts = self.reader.vocabulary.scheme(grid.scheme)
        rows = []
        for concept in concepts:
            label, prefix = concept.label(self.reader.language), f"{grid.name}.{concept.code}."
            rows.append((label, tuple(self.field(question, prefix, label) for question in grid.questions)))
        return GridView(self.reader.say(grid.title), self.reader.say(grid.hint), tuple(rows))

    def part(self, part: Part, section: SectionOf) -> PartView:
        """A part of the page, whatever it is."""
        if isinstance(part, Rows):
            return self.rows(part, is_statements=section.has_statements)
        if isinstance(part, Grid):
            return self.grid(part)
        return self.simple(part)


def section_form(
    code: str, values: Values, errors: Errors, reader: Reader, *, added: str | None = None
) -> FormView:
    """The form of a section. `added` names the list that just got a blank row at its end."""
    section = SECTIONS[code]
    wrong = _by_field(errors)
    sheet = _Sheet(values, wrong, reader, added)
    parts = tuple(sheet.part(part, section) for part in section.parts)
    shown = dict(_problems(parts))
    elsewhere = tuple((NOWHERE, text) for name, text in wrong.items() if name not in shown)
    return FormView(
        code,
        reader.say(section.title),
        reader.say(section.intro),
        parts,
        (*((name, text) for name, text in shown.items() if text), *elsewhere),
        section.has_statements,
    )


def _by_field(errors: Errors) -> dict[str, str]:
    """Errors by the field that shows them: that of one answer among many belongs to its question."""
    found: dict[str, str] = {}
    for name, text in errors.items():
        parent, _, last = name.rpartition(".")
        found.setdefault(parent if parent and last.isdigit() else name, text)
    return found


def _problems(parts: Sequence[PartView]) -> Iterator[tuple[str, str | None]]:
    """All fields of the page in its order, with what is wrong with each."""
    for part in parts:
        if isinstance(part, FieldView):
            yield part.name, part.error
        elif isinstance(part, FoldView):
            yield from _problems(part.fields)
        elif isinstance(part, RowsView):
            yield part.name, part.error
            for row in part.rows:
                yield from _problems(row.parts)
        else:
            for _, fields in part.rows:
                yield from _problems(fields)
