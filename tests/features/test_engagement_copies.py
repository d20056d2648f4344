"""Copies that name each other follow one another, and never show what nobody has published."""

from datetime import timedelta

from app.core.db import WriteSession
from app.features.engagement.commands import RecordRepresentation
from app.features.engagement.queries import event_by_slug
from app.features.engagement.service import (
    archive_event,
    archive_representation,
    change_event,
    change_representation,
    change_statement,
    publish_event,
    publish_representation,
    publish_statement,
    record_event,
    record_representation,
    record_statement,
)
from app.features.publication.queries import published_document
from app.models.hub import Event
from tests.features.test_engagement import NOW, event, said, shelf

LATER, STILL_LATER = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


async def _published_event(session: WriteSession, slug: str = "test-workshop") -> Event:
    recorded = await record_event(session, event(slug=slug), now=NOW)
    await publish_event(session, recorded, now=NOW)
    return recorded


def heard(**changes: object) -> RecordRepresentation:
    """Oujda at the workshop."""
    values = {"slug": "test-heard", "event": "test-workshop", "place_id": "ma-oujda", **changes}
    return RecordRepresentation.model_validate(values)


async def _cities(session: WriteSession, slug: str) -> list[str]:
    record = await event_by_slug(session, slug, await shelf(session))
    return [place.id for place in record.card.represented]


async def test_an_edited_statement_is_not_published_by_its_event(writes: WriteSession) -> None:
    recorded = await _published_event(writes)
    careful = await record_statement(writes, said(attribution="A3"), now=NOW)
    await publish_statement(writes, careful, now=NOW)
    looser = said(attribution="A5", paraphrase={"en": "Something nobody has looked at yet."})
    await change_statement(writes, looser, version=careful.version, now=LATER)
    renamed = event(title={"en": "Another title", "ar": "عنوان"})
    await change_event(writes, renamed, version=recorded.version, now=LATER)
    await publish_event(writes, recorded, now=STILL_LATER)
    copy = await published_document(writes, "statement", "test-statement")
    assert copy is not None
    assert copy.body["shown"] == "city"
    assert copy.body["person"] is None
    assert copy.body["paraphrase"]["texts"]["en"][0] == "Says that the plan helped."
    assert copy.body["event"]["title"]["texts"]["en"][0] == "Another title"
    await archive_event(writes, recorded, now=STILL_LATER)
    copy = await published_document(writes, "statement", "test-statement")
    assert copy is not None
    assert copy.body["event"] is None


async def test_an_edited_event_is_not_published_by_a_city_heard_there(writes: WriteSession) -> None:
    recorded = await _published_event(writes)
    await change_event(writes, event(title={"en": "Not decided"}), version=recorded.version, now=LATER)
    await publish_representation(writes, await record_representation(writes, heard(), now=LATER), now=LATER)
    record = await event_by_slug(writes, "test-workshop", await shelf(writes))
    assert record.card.title.text == "A workshop"
    assert [place.id for place in record.card.represented] == ["ma-oujda"]


async def test_a_city_moves_to_another_event_when_that_is_published(writes: WriteSession) -> None:
    await _published_event(writes)
    other = await _published_event(writes, "test-other")
    moved = await record_representation(writes, heard(), now=NOW)
    await publish_representation(writes, moved, now=NOW)
    await change_representation(writes, heard(event="test-other"), version=moved.version, now=LATER)
    await publish_event(writes, other, now=LATER)
    assert (await _cities(writes, "test-workshop"), await _cities(writes, "test-other")) == (["ma-oujda"], [])
    await publish_representation(writes, moved, now=STILL_LATER)
    assert (await _cities(writes, "test-workshop"), await _cities(writes, "test-other")) == ([], ["ma-oujda"])


async def test_a_city_that_was_moved_and_archived_is_named_nowhere(writes: WriteSession) -> None:
    await _published_event(writes)
    await _published_event(writes, "test-other")
    moved = await record_representation(writes, heard(), now=NOW)
    await publish_representation(writes, moved, now=NOW)
    await change_representation(writes, heard(event="test-other"), version=moved.version, now=LATER)
    await archive_representation(writes, moved, now=LATER)
    assert await _cities(writes, "test-workshop") == await _cities(writes, "test-other") == []
