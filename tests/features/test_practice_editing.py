"""Editing practices: translations, publishing, versions, on both databases."""

import asyncio
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from app.core.actor import VISITOR, Actor
from app.core.db import Database
from app.core.errors import Conflict, Invalid, NotFound
from app.core.languages import LANGUAGES, Translation, source_hash
from app.core.scope import SYSTEM
from app.core.values import Texts
from app.features.practices.commands import SavePractice
from app.features.practices.queries.managed import managed_practice, practices_by_state
from app.features.practices.rules.completeness import NEEDED, NEEDED_TEXTS
from app.features.practices.service import create_practice, move_practice, save_practice
from app.features.publication.queries import last_change
from app.features.wording.rules import KeptText, revised
from tests.factories.people import an_actor

NOW = datetime(2026, 1, 1, tzinfo=UTC)
EDITOR = an_actor("editor")
OTHERS = (VISITOR, an_actor("practitioner"), an_actor("official:iq-mosul"))
KARAK = "jo-karak-prevention-network"
STATES = (Translation.HUMAN, Translation.REVIEWED, Translation.MACHINE_DRAFT, Translation.OUT_OF_DATE)


def titled(title: str, **more: object) -> SavePractice:
    return SavePractice.model_validate({"texts": {"title": {"en": title}}, **more})


# --- what becomes of translations ----------------------------------------------------------------


@pytest.mark.parametrize("before", STATES)
def test_an_untouched_translation_follows_its_source(before: Translation) -> None:
    kept = {"en": KeptText("A", Translation.ORIGINAL), "fr": KeptText("B", before, source_hash("A"))}
    same = revised("en", kept, Texts(en="A", fr="B", state={"fr": str(before)}))
    assert same == kept
    after = revised("en", kept, Texts(en="A2", fr="B", state={"fr": str(before)}))
    assert after["fr"] == KeptText("B", Translation.OUT_OF_DATE, source_hash("A"))


@pytest.mark.parametrize(("before", "said"), [p for p in product(STATES, STATES) if p[0] is not p[1]])
def test_what_the_editor_says_of_a_translation_holds(before: Translation, said: Translation) -> None:
    kept = {"en": KeptText("A", Translation.ORIGINAL), "fr": KeptText("B", before, source_hash("old"))}
    after = revised("en", kept, Texts(en="A", fr="B", state={"fr": str(said)}))
    assert after["fr"].status is said
    current = said is not Translation.OUT_OF_DATE
    assert after["fr"].made_from == source_hash("A" if current else "old")


@pytest.mark.parametrize("said", [None, *STATES])
def test_a_new_translation_is_never_out_of_date(said: Translation | None) -> None:
    kept = {"en": KeptText("A", Translation.ORIGINAL), "fr": KeptText("B", Translation.OUT_OF_DATE)}
    state = {"fr": str(said)} if said else {}
    after = revised("en", kept, Texts(en="A2", fr="B2", state=state))
    expected = Translation.HUMAN if said in (None, Translation.OUT_OF_DATE) else said
    assert after["fr"] == KeptText("B2", expected, source_hash("A2"))


@pytest.mark.parametrize("source", LANGUAGES)
def test_texts_taken_away_are_gone(source: str) -> None:
    kept = {str(language): KeptText("x", Translation.HUMAN) for language in LANGUAGES}
    assert revised(source, kept, Texts()) == {}


# --- writing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.key)
async def test_nobody_but_editors_writes(database: Database, actor: Actor) -> None:
    async with database.writing(SYSTEM) as session:
        with pytest.raises(NotFound):
            await create_practice(session, actor, "en", titled("A"), now=NOW)
        with pytest.raises(NotFound):
            await save_practice(session, actor, KARAK, 1, titled("A"), now=NOW)


async def test_a_draft_is_kept_to_the_hub(database: Database) -> None:
    async with database.reading(SYSTEM) as session:
        before = await last_change(session)
    async with database.writing(SYSTEM) as session:
        practice = await create_practice(session, EDITOR, "en", titled("Night walks"), now=NOW)
        assert practice.slug == "night-walks"
        assert (
            await create_practice(session, EDITOR, "en", titled("Night walks"), now=NOW)
        ).slug != "night-walks"
        arabic = SavePractice.model_validate({"texts": {"title": {"ar": "جولات ليلية"}}})
        assert (await create_practice(session, EDITOR, "ar", arabic, now=NOW)).slug == "practice"
    async with database.reading(SYSTEM) as session:
        assert (await practices_by_state(session))["draft"] == 3
        assert await last_change(session) == before


@pytest.mark.parametrize("missing", [*NEEDED, *NEEDED_TEXTS])
async def test_each_missing_answer_holds_what_is_written_here(database: Database, missing: str) -> None:
    texts = {name: {"en": "Some words"} for name in NEEDED_TEXTS}
    whole: dict[str, Any] = {
        "texts": texts,
        "original_language": "en",
        "kind": "service",
        "stage": "running",
        "scale": "city",
        "start": "2024",
        "places": [{"place_id": "jo-karak"}],
        "lead_organisation": "A city",
        "contact": "An office",
        "themes": ["social-cohesion"],
        "threats": ["extremist-recruitment"],
        "needs": ["technical-capacity-building"],
        "target_groups": [{"code": "youth"}],
        "prevention_levels": ["primary-prevention"],
        "interventions": ["community-dialogue"],
        "provenance": [{"title": "A report"}],
        "licence": "CC BY 4.0",
        "consent_to_publish": "yes",
    }
    async with database.writing(SYSTEM) as session:
        practice = await create_practice(session, EDITOR, "en", SavePractice.model_validate(whole), now=NOW)
        await move_practice(session, EDITOR, practice, "published", now=NOW)
        await move_practice(session, EDITOR, practice, "draft", now=NOW)
        if missing == "title":
            return
        gap = {**whole, "texts": {name: text for name, text in texts.items() if name != missing}}
        gap.pop(missing, None)
        version = practice.version
        await save_practice(
            session, EDITOR, practice.slug, version, SavePractice.model_validate(gap), now=NOW
        )
        with pytest.raises(Invalid) as refused:
            await move_practice(session, EDITOR, practice, "published", now=NOW)
    field = f"texts.{missing}.en" if missing in NEEDED_TEXTS else missing
    assert [error.field for error in refused.value.errors] == [field]


async def test_of_two_saves_at_once_one_is_a_conflict(database: Database) -> None:
    async with database.reading(SYSTEM) as session:
        version = (await managed_practice(session, KARAK, "en")).version

    async def save(title: str) -> str:
        async with database.writing(SYSTEM) as session:
            await save_practice(session, EDITOR, KARAK, version, titled(title), now=NOW)
        return title

    results = await asyncio.gather(*(save(f"Title {i}") for i in range(4)), return_exceptions=True)
    won = [one for one in results if isinstance(one, str)]
    assert len(won) == 1
    assert all(isinstance(one, Conflict) for one in results if not isinstance(one, str))
    async with database.reading(SYSTEM) as session:
        assert (await managed_practice(session, KARAK, "en")).answers["texts"]["title"]["en"] == won[0]


async def test_what_the_form_does_not_ask_for_stays(database: Database) -> None:
    async with database.reading(SYSTEM) as session:
        before = await managed_practice(session, KARAK, "en")
    async with database.writing(SYSTEM) as session:
        command = titled("A network")
        practice = await save_practice(session, EDITOR, KARAK, before.version, command, now=NOW)
        asked = {"title", "one_line", "summary", "activities"}
        assert {row.field for row in practice.texts} - asked >= {"problem", "evidence_note"}
        assert {row.concept_code for row in practice.concepts}  # the actors, which the form does not ask for
        assert not practice.places
