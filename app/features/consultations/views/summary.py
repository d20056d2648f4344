"""Answers in words: to check before sending, on the receipt, and where two versions differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.messages import noop
from app.features.consultations.rules.answers import Values, row_count
from app.features.consultations.rules.questionnaire import SECTIONS, Grid, Question, Rows
from app.features.consultations.rules.questionnaire.questions import questions_in
from app.features.consultations.views.reader import Reader

ROW_AND_QUESTION = noop("%(row)s: %(question)s")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question and its answer. `kind` says how to write it; no words means not answered."""

    name: str
    label: str
    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """The answers of one row, or those outside of rows (without a title)."""

    title: str | None
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """All answers of a section."""

    code: str
    title: str
    groups: tuple[AnswerGroup, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that two versions answer differently."""

    label: str
    kind: str
    stored: tuple[str, ...]
    typed: tuple[str, ...]


def summary_of(code: str, values: Values, reader: Reader, *, unanswered: bool = True) -> SectionSummary:
    """The answers of a section. Within rows only what was answered is listed."""
    section = SECTIONS[code]
    groups: list[AnswerGroup] = []
    for title, lines in _groups(code, values, reader):
        shown = tuple(line for line in lines if line.words or (unanswered and title is None))
        if shown:
            groups.append(AnswerGroup(title, shown))
    return SectionSummary(code, reader.say(section.title), tuple(groups))


def differences(code: str, stored: Values, typed: Values, reader: Reader) -> tuple[Difference, ...]:
    """What differs between what is stored now and what was typed."""
    before = {line.name: (title, line) for title, lines in _groups(code, stored, reader) for line in lines}
    after = {line.name: (title, line) for title, lines in _groups(code, typed, reader) for line in lines}
    found: list[Difference] = []
    for name in dict.fromkeys((*before, *after)):
        title, line = after.get(name) or before[name]
        old = before[name][1].words if name in before else ()
        new = after[name][1].words if name in after else ()
        if old != new:
            label = reader.say(ROW_AND_QUESTION, row=title, question=line.label) if title else line.label
            found.append(Difference(label, line.kind, old, new))
    return tuple(found)


def _groups(code: str, values: Values, reader: Reader) -> Iterator[tuple[str | None, list[AnswerLine]]]:
    """Titles of rows and their lines, in the order of the form."""
    parts = SECTIONS[code].parts
    yield None, [_line(question, "", values, reader) for question in questions_in(parts)]
    for part in parts:
        if isinstance(part, Rows):
            for position in range(row_count(part.name, values)):
                prefix = f"{part.name}.{position}."
                lines = [_line(question, prefix, values, reader) for question in questions_in(part.parts)]
                yield reader.say(part.one, number=position + 1), lines
        elif isinstance(part, Grid):
            for concept in reader.vocabulary.scheme(part.scheme):
                prefix = f"{part.name}.{concept.code}."
                lines = [_line(question, prefix, values, reader) for question in part.questions]
                yield concept.label(reader.language), lines


def _line(question: Question, prefix: str, values: Values, reader: Reader) -> AnswerLine:
    name = f"{prefix}{question.name}"
    return AnswerLine(
        name,
        reader.say(question.label),
        str(question.kind),
        reader.chosen(question, values.get(name, [])),
    )
