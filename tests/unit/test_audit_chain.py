"""The chain of the audit log without a database: nothing in it can change unseen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.features.audit.commands import UNREADABLE, Entry, Event
from app.features.audit.rules import (
    START,
    Check,
    Damage,
    Finding,
    Head,
    Row,
    Verdict,
    canonical,
    chain_hash,
    derive_keys,
    is_signed,
    read_anchor,
    sign_head,
    stamp,
    write_anchor,
)
from tests.factories.audit import COLUMNS, KEYS, NOW, chain, damage

LENGTH = 20


def verdict(rows: Sequence[Row], head: Head | None, anchor: Head | None = None) -> Verdict:
    """What a check says."""
    check = Check(head, KEYS, anchor)
    check.read(sorted(rows, key=lambda row: row.sequence))
    return check.finish()


def found(rows: Sequence[Row], head: Head | None, anchor: Head | None = None) -> set[tuple[Damage, int]]:
    """Kinds of damage, and where each begins."""
    return {(one.damage, one.sequence) for one in verdict(rows, head, anchor).findings}


def test_a_whole_chain_is_whole() -> None:
    """Long ones, short ones, and one without rows."""
    for length in (0, 1, 2, LENGTH):
        rows, head = chain(length)
        assert verdict(rows, head) == Verdict(length, head, ())
        assert not found(rows, head, anchor=head)


@settings(max_examples=600, deadline=None)
@given(st.integers(0, 2**32), st.integers(6, LENGTH))
def test_every_damage_is_found(seed: int, length: int) -> None:
    """Whatever is done to rows and head by somebody without the key."""
    rows, head = chain(length)
    damaged = damage(Random(seed), rows, head)
    assert (damaged.rows, damaged.head) != (rows, head), damaged.deed
    assert not verdict(damaged.rows, damaged.head).is_whole, damaged.deed


@pytest.mark.parametrize("column", COLUMNS[1:])
def test_no_column_can_be_edited(column: str) -> None:
    """It is said that a row was edited, and which."""
    rows, head = chain(LENGTH)
    old = getattr(rows[7], column)
    new: Any = old + timedelta(microseconds=1) if column == "happened_at" else f"{old[:-1]}?"
    rows[7] = replace(rows[7], **{column: new})
    assert found(rows, head) == {(Damage.EDITED, 8)}


def test_damage_is_told_by_its_kind_and_place() -> None:
    """What a person reads of it."""
    rows, head = chain(LENGTH)
    assert found(rows[:4] + rows[6:], head) == {(Damage.MISSING, 5)}
    assert found(rows[2:], head) == {(Damage.MISSING, 1)}
    assert verdict(rows[:-3], head).findings == (Finding(Damage.CUT, LENGTH - 2, 3),)
    swapped = [*rows[:3], *rows[4:9], *rows[10:], replace(rows[3], sequence=10), replace(rows[9], sequence=4)]
    assert found(swapped, head) == {(Damage.OUT_OF_ORDER, 4)}
    longer, _ = chain(LENGTH + 2)
    assert verdict(longer, head).findings == (Finding(Damage.INSERTED, LENGTH + 1, 2),)
    last = replace(rows[-1], actor="nobody")
    assert found([*rows[:-1], replace(last, hash=chain_hash(last))], head) == {(Damage.REPLACED, LENGTH)}
    third = replace(rows[2], actor="nobody")
    third = replace(third, hash=chain_hash(third))
    assert found([*rows[:2], third, *rows[3:]], head) == {(Damage.REPLACED, 3)}
    assert found(rows, replace(head, signature="0" * 64)) == {(Damage.HEAD, LENGTH)}
    assert found(rows, None) == {(Damage.HEAD, LENGTH)}


def test_an_older_head_with_its_rows_is_found_by_the_anchor() -> None:
    """Signature and chain are whole; only what is kept elsewhere knows better."""
    rows, head = chain(LENGTH)
    older, older_head = chain(LENGTH - 4)
    assert verdict(older, older_head).is_whole
    assert verdict(older, older_head, anchor=head).findings == (Finding(Damage.ROLLED_BACK, LENGTH - 3, 4),)
    assert found([], START, anchor=head) == {(Damage.ROLLED_BACK, 1)}
    assert verdict(rows, head, anchor=older_head).is_whole
    other = sign_head(KEYS[0], 5, "2" * 64)
    assert found(rows, head, anchor=other) == {(Damage.ROLLED_BACK, 5)}


def test_many_broken_rows_are_counted() -> None:
    """Beyond those that are compared with each other."""
    rows, head = chain(250)
    broken = [replace(row, actor="nobody") for row in rows]
    assert verdict(broken, head).findings == (Finding(Damage.EDITED, 1, 250),)


@given(st.data())
def test_no_two_rows_have_the_same_bytes(data: st.DataObject) -> None:
    """Letters that move from one column to the next change what is hashed."""
    texts = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), min_size=8, max_size=8)
    one, other = data.draw(texts), data.draw(texts)
    rows = [Row(1, NOW, *words) for words in (one, other)]
    assert (canonical(rows[0]) == canonical(rows[1])) == (one == other)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_has_one_form(moment: datetime) -> None:
    """As PostgreSQL gives it, as SQLite keeps it, and in another zone."""
    assert stamp(moment) == stamp(moment.replace(tzinfo=None))
    assert stamp(moment) == stamp(moment.replace(tzinfo=None).isoformat(" ", "microseconds"))
    if moment.year > 1:
        assert stamp(moment) == stamp(moment.astimezone(timezone(timedelta(hours=-3))))


def test_keys() -> None:
    """Another secret signs otherwise; an earlier one is believed when it is named."""
    new, old = derive_keys(["n" * 40, "o" * 40])
    head = sign_head(old, 3, "a" * 64)
    assert is_signed(head, (new, old))
    assert not is_signed(head, (new,))
    assert not is_signed(replace(head, sequence=4), (new, old))
    assert not is_signed(replace(head, signature="é"), (new, old))
    assert not is_signed(replace(START, sequence=1), (new, old))


@pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense", '{"sequence":1,"hash":"a","signature":"b"}'])
def test_what_is_no_anchor_is_refused(text: str) -> None:
    """Also one that somebody else signed."""
    with pytest.raises(ValueError, match=r".+"):
        read_anchor(text, KEYS)


def test_an_anchor_is_read_as_written() -> None:
    """With any of the keys."""
    _, head = chain(3)
    assert read_anchor(write_anchor(head), (*derive_keys(["n" * 40]), *KEYS)) == head


@pytest.mark.parametrize("actor", ["", "a@example.org", "Amal Haddad", "token:", "10.0.0.1"])
def test_people_are_in_the_log_by_pseudonym(actor: str) -> None:
    """Neither names nor addresses of people or machines."""
    with pytest.raises(ValueError, match="pseudonym"):
        Entry(actor, Event.READ)


def test_what_is_no_id_is_not_written() -> None:
    """Addresses of requests may carry anything; codes are ours."""
    for text in ("a b", "x@y", "é", "\x00", "\ud800", "x" * 81, "<b>"):
        assert Entry("p1", Event.DENIED, object_id=text, request_id=text).object_id == UNREADABLE
    assert Entry("p1", Event.DENIED, object_id="iq-mosul").object_id == "iq-mosul"
    with pytest.raises(ValueError, match="no code"):
        Entry("p1", Event.READ, route="not a route")
