"""The chain: what of a row is hashed, how its head is signed, and what is wrong with a run of rows."""

import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import orjson

START_HASH = "0" * 64
"""What the first row follows."""

_FORMAT = "medina-audit-1"
_KEY_LABEL = b"medina: signs the head of the audit log, 1"
_MOST_COMPARED = 100
"""So many damaged rows are compared with each other's numbers to tell moved ones from edited ones."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: number and hash of its last row, and their signature."""

    sequence: int
    hash: str
    signature: str


START = Head(0, START_HASH, "")
"""The head of a chain without rows; there was no key when it was made."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as stored. `happened_at` is text where a database without dates keeps it so."""

    sequence: int
    happened_at: datetime | str
    actor: str
    event: str
    route: str
    object_kind: str
    object_id: str
    outcome: str
    request_id: str
    previous_hash: str
    hash: str = ""


class Damage(StrEnum):
    """What can be wrong with a chain."""

    EDITED = "edited"
    MISSING = "missing"
    OUT_OF_ORDER = "out of order"
    INSERTED = "inserted"
    REPLACED = "replaced"
    CUT = "cut at the end"
    HEAD = "head not signed"
    ROLLED_BACK = "rolled back"


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind of damage: the number of the row where it begins, and how many rows show it."""

    damage: Damage
    sequence: int
    count: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole chain found. `head` is None where it is missing."""

    rows: int
    head: Head | None
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was touched."""
        return not self.findings


def derive_keys(secrets: Iterable[str]) -> tuple[bytes, ...]:
    """The keys of the log from the secrets of the app, in the same order: the first one signs."""
    return tuple(hmac.digest(secret.encode(), _KEY_LABEL, "sha256") for secret in secrets)


def stamp(moment: datetime | str) -> str:
    """A moment in one form only: UTC, to the microsecond. Text that is no moment stays as it is.

    Raises TypeError for what is neither.
    """
    if not isinstance(moment, datetime | str):
        raise TypeError("A moment is a date and time")
    try:
        known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        known = known.astimezone(UTC) if known.tzinfo else known.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return str(moment)
    return known.isoformat(timespec="microseconds")


def canonical(row: Row) -> bytes:
    """Everything a row says but its own hash, as the JSON of one list: no two rows share it.

    Raises TypeError for a value that no row of ours has.
    """
    return orjson.dumps(
        [
            _FORMAT,
            row.previous_hash,
            row.sequence,
            stamp(row.happened_at),
            row.actor,
            row.event,
            row.route,
            row.object_kind,
            row.object_id,
            row.outcome,
            row.request_id,
        ]
    )


def chain_hash(row: Row) -> str:
    """SHA-256 of a row and, through it, of all rows before. Raises TypeError like `canonical`."""
    return sha256(canonical(row)).hexdigest()


def sign_head(key: bytes, sequence: int, hash_: str) -> Head:
    """The head of a chain, signed (HMAC-SHA256): whoever has only the database cannot make one."""
    signed = orjson.dumps([_FORMAT, sequence, hash_])
    return Head(sequence, hash_, hmac.digest(key, signed, "sha256").hex())


def is_signed(head: Head, keys: Sequence[bytes]) -> bool:
    """Whether one of the keys signed the head; that of an empty chain needs no signature."""
    given = head.signature.encode("utf-8", "replace")
    made = (sign_head(key, head.sequence, head.hash).signature.encode() for key in keys)
    return head == START or any(hmac.compare_digest(given, one) for one in made)


def extend(head: Head, rows: Iterable[Row]) -> list[Row]:
    """The rows with their numbers and hashes, as they follow `head`."""
    chained: list[Row] = []
    sequence, previous = head.sequence, head.hash
    for row in rows:
        sequence += 1
        linked = replace(row, sequence=sequence, previous_hash=previous)
        previous = chain_hash(linked)
        chained.append(replace(linked, hash=previous))
    return chained


def write_anchor(head: Head) -> str:
    """A head as a line of text, to be kept elsewhere."""
    return orjson.dumps(asdict(head)).decode() + "\n"


def read_anchor(text: str, keys: Sequence[bytes]) -> Head:
    """A head that `write_anchor` wrote. Raises ValueError when it is none, or none of ours."""
    found: Any = orjson.loads(text)
    try:
        head = Head(**found)
        is_ours = isinstance(head.sequence, int) and is_signed(head, keys)
    except (TypeError, AttributeError) as error:
        raise ValueError("This is no anchor") from error
    if not is_ours:
        raise ValueError("This anchor was not signed by this installation")
    return head


class Check:
    """Reads all rows of a chain by their number, then says what is wrong.

    Nothing found means: the rows are those that were written up to the signed head, every letter of
    them. An older head that was put back with its rows is found by `anchor`, a later head kept elsewhere.
    """

    def __init__(self, head: Head | None, keys: Sequence[bytes], anchor: Head | None = None) -> None:
        self._head = head
        self._end = head.sequence if head is not None and is_signed(head, keys) else None
        self._anchor = anchor
        self._next = 1
        self._link: str | None = START_HASH
        self._rows = 0
        self._broken: list[Row] = []
        self._first: dict[Damage, int] = {}
        self._count: Counter[Damage] = Counter()

    def read(self, rows: Iterable[Row]) -> None:
        """Take the next rows, in the order of their numbers."""
        for row in rows:
            self._rows += 1
            if row.sequence < 1 or (self._end is not None and row.sequence > self._end):
                self._note(Damage.INSERTED, row.sequence)
                continue
            if row.sequence > self._next:
                self._note(Damage.MISSING, self._next, row.sequence - self._next)
                self._link = None
            self._read(row)
            self._next = row.sequence + 1
            anchor = self._anchor
            if anchor is not None and row.sequence == anchor.sequence and row.hash != anchor.hash:
                self._note(Damage.ROLLED_BACK, row.sequence)

    def _read(self, row: Row) -> None:
        if not _holds(row, row.sequence):
            self._link = None  # which of its hashes is wrong is not known
            if len(self._broken) < _MOST_COMPARED:
                self._broken.append(row)
            else:
                self._note(_kind_of(row, ()), row.sequence)
            return
        if self._link not in (None, row.previous_hash):
            # The row is whole and follows another one: the one before was written anew.
            self._note(Damage.REPLACED, max(1, row.sequence - 1))
        self._link = row.hash

    def finish(self) -> Verdict:
        """What was found, by the number where it begins."""
        numbers = [row.sequence for row in self._broken]
        for row in self._broken:
            self._note(_kind_of(row, numbers), row.sequence)
        last = self._next - 1
        if self._head is None or self._end is None:
            self._note(Damage.HEAD, last)
        elif last < self._end:
            self._note(Damage.CUT, self._next, self._end - last)
        elif self._link not in (None, self._head.hash):
            self._note(Damage.REPLACED, last)
        if self._anchor is not None and self._anchor.sequence > last:
            self._note(Damage.ROLLED_BACK, self._next, self._anchor.sequence - last)
        found = (Finding(damage, self._first[damage], count) for damage, count in self._count.items())
        return Verdict(self._rows, self._head, tuple(sorted(found, key=lambda one: one.sequence)))

    def _note(self, damage: Damage, sequence: int, count: int = 1) -> None:
        self._first[damage] = min(sequence, self._first.get(damage, sequence))
        self._count[damage] += count


def _holds(row: Row, sequence: int) -> bool:
    """Whether the hash of a row is that of what it says, had it the number `sequence`."""
    try:
        return chain_hash(row if row.sequence == sequence else replace(row, sequence=sequence)) == row.hash
    except TypeError:  # no text, or none that is Unicode
        return False


def _kind_of(row: Row, numbers: Iterable[int]) -> Damage:
    """Whether a damaged row was moved from another number, or edited."""
    places = (row.sequence - 1, row.sequence + 1, *numbers)
    return Damage.OUT_OF_ORDER if any(_holds(row, number) for number in places) else Damage.EDITED
