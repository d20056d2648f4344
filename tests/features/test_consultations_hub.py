"""What the hub does with consultations, on both databases: read, publish, follow up, archive."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from app.core.actor import VISITOR
from app.core.db import Database, ReadSession
from app.core.errors import Conflict, Invalid, NotFound
from app.core.scope import SYSTEM, Scope
from app.core.sensitivity import Sensitivity
from app.features.consultations.commands.requests import (
    ConsultationFilter,
    FileConsultation,
    ReturnConsultation,
    ReviewStatement,
    SetNeedStatus,
    WriteHubNote,
)
from app.features.consultations.queries.published import list_public_consultations, public_consultation
from app.features.consultations.queries.stored import stored_consultation
from app.features.consultations.rules.document import KIND, STATEMENT_KINDS
from app.features.consultations.service.intake import file_consultation, withdraw_consent
from app.features.consultations.service.publishing import (
    archive_consultation,
    publish_for_hub,
    return_consultation,
    review_statement,
    set_need_status,
    statements_of,
    take_into_review,
    write_hub_note,
)
from app.features.publication.queries import list_published, page_of_published
from app.models.consultation import Consent, Consultation, ConsultationState, Need, NeedStatus
from app.models.place import Membership
from app.models.published import PublicationChange, PublishedFacet, PublishedPlace, PublishedRecord
from tests.factories.consultations import ANSWERS, CANARY
from tests.factories.people import an_actor

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
MOSUL = an_actor("official:iq-mosul")
EDITOR = an_actor("editor")


@pytest.fixture
async def sent(database: Database) -> UUID:
    """The id of a consultation that its city has sent."""
    command = FileConsultation.model_validate({"place": "iq-mosul", **ANSWERS})
    async with database.writing(SYSTEM) as session:
        return (await file_consultation(session, MOSUL, command, "en", now=NOW)).id


async def statement_ids(database: Database, id_: UUID) -> dict[str, UUID]:
    """The ids of all statements by their place in the answers."""
    async with database.reading(SYSTEM) as session:
        found = await stored_consultation(session, EDITOR, id_)
        counted: dict[str, int] = {}
        ids: dict[str, UUID] = {}
        for section, statement in statements_of(found):
            position = counted[section] = counted.get(section, -1) + 1
            ids[f"{section}.{position}"] = statement.id
        return ids


async def read_all(database: Database, id_: UUID, **translations: str) -> None:
    """The hub has read every statement."""
    command = ReviewStatement.model_validate({"is_reviewed": True, "translations": translations})
    for statement_id in (await statement_ids(database, id_)).values():
        async with database.writing(SYSTEM) as session:
            await review_statement(session, EDITOR, id_, statement_id, command, now=NOW)


async def publish(database: Database, id_: UUID) -> None:
    """The hub publishes."""
    async with database.writing(SYSTEM) as session:
        await publish_for_hub(session, EDITOR, id_, now=NOW)


async def copies(session: ReadSession, kind: str) -> list[dict[str, Any]]:
    """Published copies of real records of a kind."""
    return [one.body for one in await list_published(session, kind)]


async def state_of(database: Database, id_: UUID) -> ConsultationState:
    """How far a consultation is."""
    async with database.reading(SYSTEM) as session:
        return (await session.scalars(select(Consultation.state).where(Consultation.id == id_))).one()


async def test_reading_and_publishing(database: Database, sent: UUID) -> None:
    """Nothing leaves before it was read; then exactly what city and level allow."""
    async with database.writing(SYSTEM) as session:
        await take_into_review(session, EDITOR, sent, now=NOW)
    assert await state_of(database, sent) is ConsultationState.IN_REVIEW
    await publish(database, sent)
    async with database.reading() as session:
        with pytest.raises(NotFound):
            await public_consultation(session, sent)
    await read_all(database, sent, fr="En français")
    async with database.reading() as session:
        public = await public_consultation(session, sent)
        assert [(one.kind, one.attribution) for one in public.statements] == [
            ("approach", "city"),
            ("need", "role"),
        ]
        (need,) = await copies(session, "need")
        assert need["text"]["texts"] == {
            "en": ["Train frontline workers", "original"],
            "fr": ["En français", "human"],
        }
        assert (need["office_title"], need["person_name"]) == ("Head of social affairs", None)
        assert (need["status"], need["year"]) == ("received", 2026)
        assert [one.rank for one in public.statements if one.kind == "need"] == [1]
        for kind in ("concern", "gap", "asset"):
            assert await copies(session, kind) == []
        listed = await list_public_consultations(session, ConsultationFilter(country="IQ"))
        assert [(one.id, dict(one.counts)["need"]) for one in listed.items] == [(sent, 1)]
    async with database.reading(Scope(is_network=True)) as session:
        inner = await public_consultation(session, sent)
        needs = [(one.rank, one.attribution, one.audience) for one in inner.statements if one.kind == "need"]
        assert [rank for rank, _, _ in needs] == [1, 2], "numbered anew for each reader"
        assert {audience for _, _, audience in needs} == {"public", "network"}


async def test_nothing_private_in_any_copy(database: Database, sent: UUID) -> None:
    """No private word stands anywhere in the published tables."""
    async with database.writing(SYSTEM) as session:
        await write_hub_note(session, EDITOR, sent, WriteHubNote(note=f"A note {CANARY}"), now=NOW)
        await session.execute(update(Consultation).values(return_note=CANARY, spotlight={"en": CANARY}))
    await read_all(database, sent)
    await publish(database, sent)
    async with database.reading(SYSTEM) as session:
        rows = await session.execute(select(PublishedRecord.card, PublishedRecord.document))
        assert not [row for row in rows if CANARY in str(row)]


async def test_copies_follow(database: Database, sent: UUID) -> None:
    """What became of a need shows at once; a statement no longer read goes; archiving takes all."""
    await read_all(database, sent)
    await publish(database, sent)
    ids = await statement_ids(database, sent)
    async with database.writing(SYSTEM) as session:
        command = SetNeedStatus(status=NeedStatus.IN_SUPPORT)
        await set_need_status(session, EDITOR, sent, ids["needs.1"], command, now=NOW)
    async with database.reading() as session:
        assert [need["status"] for need in await copies(session, "need")] == ["in support"]
    async with database.writing(SYSTEM) as session:
        command_ = ReviewStatement(is_reviewed=False)
        await review_statement(session, EDITOR, sent, ids["needs.1"], command_, now=NOW)
    async with database.reading() as session:
        assert await copies(session, "need") == []
        assert len((await public_consultation(session, sent)).statements) == 1
    async with database.writing(SYSTEM) as session:
        await archive_consultation(session, EDITOR, sent, now=NOW)
    async with database.reading() as session:
        for kind in (KIND, *STATEMENT_KINDS):
            assert await copies(session, kind) == []
    async with database.writing(SYSTEM) as session:
        with pytest.raises(Conflict):
            await publish_for_hub(session, EDITOR, sent, now=NOW)


async def test_words_that_may_name_somebody_are_looked_at_twice(database: Database, sent: UUID) -> None:
    """Ticking the box alone is not enough, saying that one has looked is. Translations count, too."""
    ids = await statement_ids(database, sent)
    named = "Call him on 0770 123 4567"
    async with database.writing(SYSTEM) as session:
        (await session.get_one(Need, ids["needs.0"])).text = named
    for key, translations in (("needs.0", {}), ("needs.1", {"fr": named})):
        once = ReviewStatement.model_validate({"is_reviewed": True, "translations": translations})
        with pytest.raises(Invalid) as refused:
            async with database.writing(SYSTEM) as session:
                await review_statement(session, EDITOR, sent, ids[key], once, now=NOW)
        assert [error.field for error in refused.value.errors] == ["warning_seen"]
        twice = once.model_copy(update={"is_warning_seen": True})
        async with database.writing(SYSTEM) as session:
            await review_statement(session, EDITOR, sent, ids[key], twice, now=NOW)
        async with database.reading(SYSTEM) as session:
            assert (await session.get_one(Need, ids[key])).reviewed_at == NOW


async def test_work_on_what_is_hidden_leaves_no_trace(database: Database, sent: UUID) -> None:
    """No copy gets another date and nothing is in the sequence of changes while all copies say the same."""
    await read_all(database, sent)
    ids = await statement_ids(database, sent)
    async with database.writing(SYSTEM) as session:
        (await session.get_one(Need, ids["needs.1"])).sensitivity = Sensitivity.HUB
    await publish(database, sent)

    async def told() -> list[tuple[str, str, datetime]]:
        async with database.reading(SYSTEM) as session:
            columns = (PublishedRecord.kind, PublishedRecord.slug, PublishedRecord.published_at)
            rows = await session.execute(select(*columns).order_by(*columns))
            changes = await session.scalar(select(func.count()).select_from(PublicationChange))
            return [(row.kind, row.slug, row.published_at) for row in rows] + [(str(changes), "", NOW)]

    before = await told()
    async with database.writing(SYSTEM) as session:
        command = SetNeedStatus(status=NeedStatus.MET)
        await set_need_status(session, EDITOR, sent, ids["needs.1"], command, now=NOW + timedelta(hours=1))
    assert await told() == before


async def check_readable_by_few(database: Database, id_: UUID) -> None:
    """The record of consent is for the city and the hub."""
    for scope, count in ((MOSUL.scope, 1), (EDITOR.scope, 1), (Scope(is_network=True), 0), (Scope(), 0)):
        async with database.reading(scope) as session:
            found = await session.scalars(select(Consent.id).where(Consent.consultation_id == id_))
            assert len(found.all()) == count


async def test_withdrawn_consent(database: Database, sent: UUID) -> None:
    """A city takes its consent back: everything goes at once and cannot be published again."""
    await read_all(database, sent)
    await publish(database, sent)
    async with database.writing(SYSTEM) as session:
        await withdraw_consent(session, MOSUL, sent, now=NOW)
    assert await state_of(database, sent) is ConsultationState.IN_REVIEW
    async with database.reading() as session:
        for kind in (KIND, *STATEMENT_KINDS):
            assert await copies(session, kind) == []
    async with database.reading(SYSTEM) as session:
        record = (await session.scalars(select(Consent).where(Consent.consultation_id == sent))).one()
        assert (record.purpose, record.withdrawn_at, record.withdrawn_by) == ("publication", NOW, MOSUL.key)
        await check_readable_by_few(database, sent)
    async with database.writing(SYSTEM) as session:
        with pytest.raises(Conflict):
            await publish_for_hub(session, EDITOR, sent, now=NOW)
    ids = await statement_ids(database, sent)
    async with database.writing(SYSTEM) as session:
        command = SetNeedStatus(status=NeedStatus.MET)
        await set_need_status(session, EDITOR, sent, ids["needs.0"], command, now=NOW)


async def test_only_the_hub(database: Database, sent: UUID) -> None:
    """For anybody else the work of the hub does not exist, not even for the city itself."""
    ids = await statement_ids(database, sent)
    for actor in (MOSUL, VISITOR, an_actor("practitioner"), an_actor("official:iq-baghdad")):
        async with database.writing(SYSTEM) as session:
            for refused in (
                take_into_review(session, actor, sent, now=NOW),
                return_consultation(session, actor, sent, ReturnConsultation(note="x"), now=NOW),
                write_hub_note(session, actor, sent, WriteHubNote(note="x"), now=NOW),
                publish_for_hub(session, actor, sent, now=NOW),
                archive_consultation(session, actor, sent, now=NOW),
                review_statement(
                    session, actor, sent, ids["needs.0"], ReviewStatement(is_reviewed=True), now=NOW
                ),
            ):
                with pytest.raises(NotFound):
                    await refused
    assert await state_of(database, sent) is ConsultationState.SUBMITTED


async def test_given_back_only_before_publication(database: Database, sent: UUID) -> None:
    """What is published is archived, not given back."""
    await read_all(database, sent)
    await publish(database, sent)
    async with database.writing(SYSTEM) as session:
        with pytest.raises(Conflict):
            await return_consultation(session, EDITOR, sent, ReturnConsultation(note="x"), now=NOW)


async def test_illustrations_stand_apart(reads: ReadSession) -> None:
    """Three complete consultations of an invented city, in three languages, never among real records."""
    assert (await list_public_consultations(reads, ConsultationFilter())).total == 0
    found = await list_public_consultations(reads, ConsultationFilter(illustrations=True))
    assert [one.language for one in found.items] == ["en", "fr", "ar"]
    assert all(one.is_illustration and one.place_id == "xx-sample-city" for one in found.items)
    for one in found.items:
        whole = await public_consultation(reads, one.id)
        assert {statement.kind for statement in whole.statements} == {"approach", "asset", "need"}
        assert all(set(statement.text.texts) == {"ar", "fr", "en"} for statement in whole.statements)
    for kind in (KIND, *STATEMENT_KINDS):
        assert (await page_of_published(reads, kind)).total == 0
    about = select(PublishedPlace.record_id).where(PublishedPlace.place_id == "xx-sample-city")
    in_country = select(PublishedFacet.record_id).where(
        PublishedFacet.facet == "country", PublishedFacet.code == "XX"
    )
    real = await reads.scalars(
        select(PublishedRecord.slug).where(
            PublishedRecord.id.in_(about) | PublishedRecord.id.in_(in_country),
            PublishedRecord.is_illustration.is_(False),
        )
    )
    assert real.all() == []
    assert (
        await reads.scalars(select(Membership).where(Membership.place_id == "xx-sample-city"))
    ).all() == []
