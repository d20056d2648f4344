"""Entries of the audit log, and every kind of damage that somebody with the database can do to them."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from app.features.audit.commands import Entry, Event, Outcome
from app.features.audit.rules import START, Head, Row, chain_hash, derive_keys, extend, sign_head

NOW = datetime(2026, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)
SECRET = "tests-only-tests-only-tests-only-tests-only"
KEYS = derive_keys([SECRET])
COLUMNS = tuple(asdict(Row(0, "", "", "", "", "", "", "", "", "")))
"""The columns of a row, in order."""

_EVENTS = tuple(Event)


def entry(number: int) -> Entry:
    """An entry that differs from its neighbours in every column."""
    return Entry(
        actor=f"p{number % 7}",
        event=_EVENTS[number % len(_EVENTS)],
        route=f"route.{number % 5}",
        object_kind=("consultation", "practice")[number % 2],
        object_id=f"id-{number % 11}",
        outcome=tuple(Outcome)[number % 2],
        request_id=f"{number:016x}",
    )


def chain(length: int, head: Head = START) -> tuple[list[Row], Head]:
    """A whole chain and its signed head, without a database."""
    written = [entry(number) for number in range(length)]
    rows = extend(
        head,
        [
            Row(
                0,
                NOW + timedelta(seconds=number),
                one.actor,
                str(one.event),
                one.route,
                one.object_kind,
                one.object_id,
                str(one.outcome),
                one.request_id,
                "",
            )
            for number, one in enumerate(written)
        ],
    )
    return rows, sign_head(KEYS[0], rows[-1].sequence, rows[-1].hash) if rows else head


@dataclass(frozen=True)
class Damaged:
    """The rows and the head after somebody was at them, and what they did."""

    rows: list[Row]
    head: Head
    deed: str


Deed = Callable[[Random, list[Row], Head], tuple[list[Row], Head]]


def _edit(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    at, column = random.randrange(len(rows)), random.choice(COLUMNS[1:])
    old = getattr(rows[at], column)
    new: Any = old + timedelta(microseconds=1) if isinstance(old, datetime) else _other(random, old)
    rows[at] = replace(rows[at], **{column: new})
    return rows, head


def _other(random: Random, text: str) -> str:
    """A text of at most the same length that differs in a letter, or lacks one."""
    at = random.randrange(len(text))
    return text[:at] + random.choice(("", "z")) + text[at + 1 :]


def _edit_and_hash(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    """The row is whole in itself again; those after it are not touched."""
    at = random.randrange(len(rows))
    rows[at] = _hashed(replace(rows[at], actor="nobody"))
    return rows, head


def _rewrite(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    """Everything from a row on is chained anew, the head too; only its signature cannot be made."""
    at = random.randrange(len(rows))
    changed = [replace(rows[at], actor="nobody"), *rows[at + 1 :]]
    before = Head(rows[at].sequence - 1, rows[at].previous_hash, "")
    rows[at:] = extend(before, changed)
    return rows, random.choice((head, replace(head, hash=rows[-1].hash)))


def _delete(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    at = random.randrange(len(rows) - 1)
    del rows[at : at + random.randint(1, min(3, len(rows) - 1 - at))]
    return rows, head


def _delete_and_close(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    """A row goes, and those after it take its place."""
    at = random.randrange(len(rows) - 1)
    del rows[at]
    rows[at:] = [replace(row, sequence=row.sequence - 1) for row in rows[at:]]
    return rows, head


def _swap(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    one, other = sorted(random.sample(range(len(rows)), 2))
    first, second = rows[one], rows[other]
    rows[one] = replace(second, sequence=first.sequence)
    rows[other] = replace(first, sequence=second.sequence)
    return rows, head


def _insert(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    """A row that follows the one before by all rules; those after it move on."""
    at = random.randrange(len(rows))
    before = rows[at].sequence - 1
    new = _hashed(replace(rows[at], actor="nobody", sequence=before + 1))
    rows[at:] = [new, *(replace(row, sequence=row.sequence + 1) for row in rows[at:])]
    return rows, head


def _append(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    """A row after the last one, with or without a head that says so."""
    new = extend(Head(rows[-1].sequence, rows[-1].hash, ""), [replace(rows[0], actor="nobody")])
    moved = replace(head, sequence=new[-1].sequence, hash=new[-1].hash)
    return [*rows, *new], random.choice((head, moved))


def _put_before(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    """A row with a number from before the first."""
    return [_hashed(replace(rows[0], sequence=-random.randrange(5))), *rows], head


def _cut(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    """The last rows go, with or without a head that says so."""
    kept = rows[: len(rows) - random.randint(1, 5)]
    moved = replace(head, sequence=kept[-1].sequence, hash=kept[-1].hash)
    return kept, random.choice((head, moved))


def _touch_head(random: Random, rows: list[Row], head: Head) -> tuple[list[Row], Head]:
    changed = replace(head, signature=_other(random, head.signature))
    return rows, random.choice((changed, replace(head, sequence=head.sequence + 1)))


def _hashed(row: Row) -> Row:
    return replace(row, hash=chain_hash(row))


DEEDS: tuple[Deed, ...] = (
    _edit,
    _edit_and_hash,
    _rewrite,
    _delete,
    _delete_and_close,
    _swap,
    _insert,
    _append,
    _put_before,
    _cut,
    _touch_head,
)


def damage(random: Random, rows: Sequence[Row], head: Head) -> Damaged:
    """Something is done to the rows, the head, or both; the key is not known to whoever does it."""
    deed = random.choice(DEEDS)
    return Damaged(*deed(random, list(rows), head), deed.__name__.strip("_"))
