"""The outbox: each mail once, later when it fails, never when the change was rolled back."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.core.db import Database
from app.features.mail.commands import Letter
from app.features.mail.queries import standing
from app.features.mail.rules import KEPT, LEASE, LONGEST_WAIT, MOST_ATTEMPTS, NOBODY, SPREAD
from app.features.mail.service import deliver_due, delivering, enqueue, has_mail
from app.models.mail import OutboxMail
from tests.factories.mail import NOW, SECRET, Carrier, a_mail, outbox, put


class Refusing(Carrier):
    """Refuses recipients of one name."""

    async def send(self, letter: Letter) -> None:
        """Keep it, or refuse it."""
        await super().send(letter)
        if letter.recipient.startswith("refused"):
            raise OSError(f"550 {letter.recipient} {letter.body_text}")


class Hanging(Carrier):
    """Takes a mail and never says what became of it."""

    def __init__(self) -> None:
        super().__init__()
        self.began = asyncio.Event()

    async def send(self, letter: Letter) -> None:
        """Wait for ever."""
        await super().send(letter)
        self.began.set()
        await asyncio.Event().wait()


def _is_blank(mail: OutboxMail) -> bool:
    return (mail.subject, mail.body_text, mail.body_html) == ("", "", None)


async def test_a_mail_is_sent_once_and_then_blanked(empty_database: Database) -> None:
    """What is left says who was written to and when, not what."""
    await put(empty_database, a_mail(body_html=f"<p>{SECRET}</p>"))
    carrier = Carrier()
    assert await deliver_due(empty_database, carrier, now=NOW) == 1
    assert await deliver_due(empty_database, carrier, now=NOW + timedelta(days=1)) == 0
    (letter,) = carrier.letters
    assert SECRET in letter.body_text
    (mail,) = await outbox(empty_database)
    assert _is_blank(mail)
    assert mail.sent_at is not None
    assert (mail.recipient, mail.attempts, mail.lease_until) == ("reader@example.org", 1, None)


async def test_a_rolled_back_change_leaves_no_mail(empty_database: Database) -> None:
    """The mail is part of the transaction that it tells of."""
    carrier = Carrier()

    async def change_and_fail() -> None:
        async with empty_database.writing() as session:
            assert not has_mail(session)
            enqueue(session, a_mail(), now=NOW)
            await session.flush()
            assert has_mail(session)
            raise LookupError

    with pytest.raises(LookupError):
        await change_and_fail()
    assert await deliver_due(empty_database, carrier, now=NOW) == 0
    assert await outbox(empty_database) == []


async def test_a_mail_that_fails_waits_longer_each_time_and_is_given_up(empty_database: Database) -> None:
    """Eight attempts over hours; the error is kept as a name, without what was said."""
    await put(empty_database, a_mail(recipient="refused@example.org"))
    carrier = Refusing()
    now, waits = NOW, []
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert await deliver_due(empty_database, carrier, now=now) == 0
        (mail,) = await outbox(empty_database)
        assert (mail.attempts, mail.last_error, mail.sent_at) == (attempt, "OSError", None)
        assert (mail.failed_at is None) == (attempt < MOST_ATTEMPTS)
        if mail.failed_at is None:
            assert SECRET in mail.body_text
            waits.append(mail.due_at - now)
            assert await deliver_due(empty_database, carrier, now=mail.due_at - timedelta(seconds=1)) == 0
            now = mail.due_at
    assert len(carrier.letters) == MOST_ATTEMPTS
    assert _is_blank(mail)
    assert waits[0] < timedelta(minutes=2)
    assert waits[:5] == sorted(waits[:5])
    assert max(waits) < LONGEST_WAIT * (1 + SPREAD) + timedelta(minutes=1)
    async with empty_database.reading() as session:
        found = await standing(session)
    assert (found.waiting, found.given_up) == (0, 1)
    assert await deliver_due(empty_database, carrier, now=now + timedelta(days=2)) == 0
    assert len(carrier.letters) == MOST_ATTEMPTS


async def test_mails_that_fail_or_hang_block_no_other(empty_database: Database) -> None:
    """Ten refused ones first in the queue, then twenty good ones."""
    bad = [a_mail(recipient=f"refused-{number}@example.org") for number in range(10)]
    good = [a_mail(recipient=f"reader-{number}@example.org") for number in range(20)]
    await put(empty_database, *bad)
    await put(empty_database, *good, now=NOW + timedelta(seconds=1))
    carrier = Refusing()
    assert await deliver_due(empty_database, carrier, now=NOW + timedelta(seconds=2)) == 20
    assert len(carrier.letters) == 30


async def test_two_deliverers_at_once_send_each_mail_once(empty_database: Database, empty_url: str) -> None:
    """As two processes with connections of their own."""
    await put(empty_database, *(a_mail(recipient=f"reader-{number}@example.org") for number in range(25)))
    other = Database(empty_url)
    carrier = Carrier()
    sent = await asyncio.gather(
        *(deliver_due(database, carrier, now=NOW) for database in (empty_database, other))
    )
    await other.aclose()
    assert sum(sent) == 25
    assert len({letter.recipient for letter in carrier.letters}) == len(carrier.letters) == 25


async def test_a_process_that_ends_while_sending_leaves_the_mail_to_others(empty_database: Database) -> None:
    """Not before its lease has run out; the second copy has the same id."""
    await put(empty_database, a_mail())
    hanging = Hanging()
    task = asyncio.create_task(_deliver_and_die(empty_database, hanging))
    await hanging.began.wait()
    carrier = Carrier()
    assert await deliver_due(empty_database, carrier, now=NOW + LEASE / 2) == 0
    late = NOW + LEASE + timedelta(seconds=30)
    assert await deliver_due(empty_database, carrier, now=late) == 1
    assert carrier.letters[0].id == hanging.letters[0].id
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    (mail,) = await outbox(empty_database)
    assert mail.sent_at is not None
    assert mail.attempts == 2


async def _deliver_and_die(database: Database, hanging: Hanging) -> None:
    await deliver_due(database, hanging, now=NOW)


async def test_a_mail_that_ends_its_process_is_given_up(empty_database: Database) -> None:
    """Attempts count when they begin."""
    await put(empty_database, a_mail())
    async with empty_database.writing() as session:
        (mail,) = [await session.merge(one) for one in await outbox(empty_database)]
        mail.attempts, mail.lease_until = MOST_ATTEMPTS, NOW - timedelta(seconds=1)
    carrier = Carrier()
    assert await deliver_due(empty_database, carrier, now=NOW) == 0
    (mail,) = await outbox(empty_database)
    assert (mail.last_error, carrier.letters) == ("Lost", [])
    assert mail.failed_at is not None


async def test_a_mail_of_no_more_use_is_not_sent(empty_database: Database) -> None:
    """A link to sign in with that has expired would only puzzle its reader."""
    await put(
        empty_database,
        a_mail(recipient="a@example.org", expires_at=NOW + timedelta(minutes=10)),
        a_mail(recipient="b@example.org", expires_at=NOW + timedelta(minutes=30)),
    )
    carrier = Carrier()
    assert await deliver_due(empty_database, carrier, now=NOW + timedelta(minutes=10)) == 1
    expired, sent = await outbox(empty_database)
    assert [letter.recipient for letter in carrier.letters] == ["b@example.org"]
    assert (expired.last_error, sent.last_error) == ("Expired", "")
    assert _is_blank(expired)


async def test_a_mail_to_nobody_leaves_neither_the_house_nor_a_trace(empty_database: Database) -> None:
    """It waits, is claimed and noted like any other, and no gateway hears of it."""
    await put(empty_database, a_mail(recipient=NOBODY), a_mail())
    carrier = Carrier()
    assert await deliver_due(empty_database, carrier, now=NOW) == 2
    assert [letter.recipient for letter in carrier.letters] == ["reader@example.org"]
    assert [mail.recipient for mail in await outbox(empty_database)] == ["reader@example.org"]


async def test_what_is_left_of_mails_goes_after_a_month(empty_database: Database) -> None:
    """The outbox does not become a record of who was written to."""
    await put(empty_database, a_mail(recipient="old@example.org"))
    carrier = Carrier()
    assert await deliver_due(empty_database, carrier, now=NOW) == 1
    later = NOW + KEPT + timedelta(hours=1)
    await put(empty_database, a_mail(recipient="waits@example.org"), now=later + timedelta(days=1))
    await put(empty_database, a_mail(recipient="new@example.org"), now=later)
    assert await deliver_due(empty_database, carrier, now=later) == 1
    assert [mail.recipient for mail in await outbox(empty_database)] == [
        "new@example.org",
        "waits@example.org",
    ]


async def test_the_courier_wakes_and_at_the_end_gives_back_what_it_holds(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mails that are being sent get a moment, then their lease ends at once."""
    monkeypatch.setattr("app.features.mail.service.delivery.LAST_SECONDS", 0.05)
    hanging = Hanging()
    wake = asyncio.Event()
    async with delivering(empty_database, hanging, wake):
        await put(empty_database, a_mail(), now=datetime.now(UTC))
        wake.set()
        await asyncio.wait_for(hanging.began.wait(), 10)
    (mail,) = await outbox(empty_database)
    assert (mail.lease_until, mail.sent_at, mail.failed_at, mail.attempts) == (None, None, None, 1)
    carrier = Carrier()
    assert await deliver_due(empty_database, carrier, now=datetime.now(UTC)) == 1


async def test_the_courier_finishes_what_it_is_sending(empty_database: Database) -> None:
    """The end of the process waits for a mail that is on its way, and begins no other."""
    going = asyncio.Event()
    ending = asyncio.Event()

    class Slow(Carrier):
        async def send(self, letter: Letter) -> None:
            going.set()
            await ending.wait()
            await super().send(letter)

    carrier = Slow()
    await put(empty_database, a_mail(), now=datetime.now(UTC))

    async def end() -> None:
        async with delivering(empty_database, carrier, asyncio.Event()):
            await going.wait()
            asyncio.get_running_loop().call_soon(ending.set)

    await asyncio.wait_for(end(), 10)
    (mail,) = await outbox(empty_database)
    assert mail.sent_at is not None
    assert len(carrier.letters) == 1


async def test_the_courier_outlives_a_database_that_fails(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tries again when it is woken."""
    tries = 0
    again = asyncio.Event()

    async def fail(*_: object, **__: object) -> int:
        nonlocal tries
        tries += 1
        again.set()
        raise ConnectionError

    monkeypatch.setattr("app.features.mail.service.delivery.deliver_due", fail)
    wake = asyncio.Event()
    async with delivering(empty_database, Carrier(), wake):
        await asyncio.wait_for(again.wait(), 10)
        again.clear()
        wake.set()
        await asyncio.wait_for(again.wait(), 10)
    assert tries == 2
