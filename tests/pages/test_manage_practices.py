"""The hub writes practices: nothing lost, nothing of others overwritten, readers follow at once."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.core.db import Database
from app.core.scope import SYSTEM
from app.features.practices.queries.managed import managed_practice
from app.models.practice import Practice
from tests.conftest import As, Client
from tests.factories.forms import FormOnPage, form_to, forms_in, in_browser

KARAK = "jo-karak-prevention-network"
LIST = "/en/manage/practices"
NEW = f"{LIST}/new"


@pytest.fixture
def editor(as_persona: As) -> Client:
    """A hub editor."""
    return in_browser(as_persona("editor"))


async def form_at(client: Client, path: str) -> FormOnPage:
    answer = await client.get(path)
    assert answer.status_code == 200
    return form_to(answer.text, path)


async def stored(database: Database, slug: str) -> Mapping[str, Any]:
    async with database.reading(SYSTEM) as session:
        return (await managed_practice(session, slug, "en")).answers


async def written_draft(editor: Client, **changes: str) -> tuple[str, httpx.Response]:
    form = await form_at(editor, NEW)
    title = {"texts__title__en": "Night walks with shopkeepers"}
    answer = await editor.post(NEW, data=form.sent(**{**title, **changes}))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].partition("?")[0], answer


@pytest.mark.parametrize("persona", ["visitor", "practitioner", "official:iq-mosul"])
async def test_only_editors_find_the_way(as_persona: As, persona: str) -> None:
    client = in_browser(as_persona(persona))
    for path in ("/en/manage/", LIST, NEW, f"{LIST}/{KARAK}", f"{LIST}/{KARAK}/preview"):
        assert (await client.get(path)).status_code == 404
    for path in (NEW, f"{LIST}/{KARAK}"):
        assert (await client.post(path, data={"do": "archive"})).status_code == 404
    assert (await client.get(f"/en/practices/{KARAK}")).status_code == 200


async def test_every_practice_comes_back_as_it_was(editor: Client, database: Database) -> None:
    async with database.reading(SYSTEM) as session:
        slugs = (await session.scalars(select(Practice.slug))).all()
    assert len(slugs) == 57
    for slug in slugs:
        before = await stored(database, slug)
        form = await form_at(editor, f"{LIST}/{slug}")
        answer = await editor.post(form.action, data=form.sent())
        assert answer.status_code == 303, (slug, answer.text)
        assert await stored(database, slug) == before


async def test_a_draft_needs_nothing_but_a_title(editor: Client, client: Client) -> None:
    form = await form_at(editor, NEW)
    refused = await editor.post(NEW, data=form.sent(texts__summary__en="A text without a title."))
    assert refused.status_code == 422
    assert "A text without a title." in refused.text
    assert 'href="#texts-title-en"' in refused.text
    path, _ = await written_draft(editor)
    assert (await client.get(path.replace("/manage", ""))).status_code == 404
    assert "Night walks" in (await editor.get(f"{path}/preview")).text


async def test_what_is_wrong_is_said_and_what_was_typed_stays(editor: Client) -> None:
    form = await form_at(editor, NEW)
    wrong = form.sent(
        texts__title__en="x" * 101,
        start="the day before yesterday",
        kind="miracle",
        provenance__0__title="A paper",
        provenance__0__url="javascript:alert(1)",
        provenance__1__publisher="Somebody",
        places__0__place_id="xx-sample-city",
        colour="red",
    )
    answer = await editor.post(NEW, data=wrong)
    assert answer.status_code == 422
    for field in ("texts-title-en", "start", "kind", "provenance-0-url", "provenance-1-title", "colour"):
        assert f'href="#{field}"' in answer.text
    again = form_to(answer.text, NEW)
    assert again.values["start"] == ["the day before yesterday"]
    assert again.values["provenance.0.url"] == ["javascript:alert(1)"]
    assert again.values["provenance.1.publisher"] == ["Somebody"]


async def test_places_and_codes_must_exist(editor: Client) -> None:
    form = await form_at(editor, NEW)
    answer = await editor.post(
        NEW,
        data=form.sent(
            texts__title__en="A title",
            places__0__place_id="xx-sample-city",
            themes=["no-such-theme"],
            target_groups__0__code="social-cohesion",
        ),
    )
    assert answer.status_code == 422
    for field in ("places-0-place_id", "themes", "target_groups-0-code"):
        assert f'href="#{field}"' in answer.text


@pytest.mark.parametrize("name", ["key_dates", "places", "partners", "target_groups", "provenance"])
async def test_rows_are_added_and_taken_away_without_losing_anything(editor: Client, name: str) -> None:
    path = f"{LIST}/{KARAK}"
    form = await form_at(editor, path)
    rows = {key.split(".")[1] for key in form.values if key.startswith(f"{name}.")}
    more = await editor.post(path, data=form.sent(f"add:{name}", texts__title__en="Typed, not saved"))
    assert more.status_code == 200
    longer = form_to(more.text, path)
    assert {key.split(".")[1] for key in longer.values if key.startswith(f"{name}.")} == {
        *rows,
        str(len(rows)),
    }
    assert longer.values["texts.title.en"] == ["Typed, not saved"]
    fewer = await editor.post(path, data=longer.sent(f"remove:{name}:{len(rows)}"))
    shorter = form_to(fewer.text, path)
    assert {key: value for key, value in shorter.values.items() if key.startswith(f"{name}.")} == {
        key: value for key, value in form.values.items() if key.startswith(f"{name}.")
    }
    assert "Typed, not saved" not in (await editor.get(path)).text


async def test_translations_go_out_of_date_and_become_good_again(editor: Client, database: Database) -> None:
    path = f"{LIST}/{KARAK}"
    form = await form_at(editor, path)
    await editor.post(path, data=form.sent(texts__title__en="A network for Karak"))
    states = (await stored(database, KARAK))["texts"]["title"]["state"]
    assert states == {"ar": "out of date", "fr": "out of date"}
    form = await form_at(editor, path)
    assert form.values["texts.title.state.fr"] == ["out of date"]
    await editor.post(path, data=form.sent(texts__title__fr="Un réseau pour Karak", texts__title__ar=""))
    title = (await stored(database, KARAK))["texts"]["title"]
    assert title == {
        "en": "A network for Karak",
        "fr": "Un réseau pour Karak",
        "state": {"fr": "human"},
    }
    untouched = (await stored(database, KARAK))["texts"]["summary"]["state"]
    assert untouched == {"ar": "machine draft", "fr": "machine draft"}


async def test_a_conflict_shows_both_and_loses_neither(editor: Client, database: Database) -> None:
    path = f"{LIST}/{KARAK}"
    form = await form_at(editor, path)
    await editor.post(path, data=form.sent(lead_organisation="First come"))
    answer = await editor.post(path, data=form.sent(lead_organisation="Late come", scale="city"))
    assert answer.status_code == 409
    assert "First come" in answer.text
    again = form_to(answer.text, path)
    assert again.values["lead_organisation"] == ["Late come"]
    assert (await stored(database, KARAK))["lead_organisation"] == "First come"
    assert (await editor.post(path, data=again.sent())).status_code == 303
    assert (await stored(database, KARAK))["lead_organisation"] == "Late come"


async def test_readers_and_search_follow_at_once(editor: Client, client: Client) -> None:
    path, public = f"{LIST}/{KARAK}", f"/en/practices/{KARAK}"
    form = await form_at(editor, path)
    await editor.post(path, data=form.sent(texts__title__en="Quillabamba network"))
    assert "Quillabamba" not in (await client.get(public)).text
    assert KARAK not in (await client.get("/en/practices?q=Quillabamba")).text
    form = await form_at(editor, path)
    assert (await editor.post(path, data=form.sent("publish"))).status_code == 303
    assert "Quillabamba" in (await client.get(public)).text
    assert KARAK in (await client.get("/en/practices?q=Quillabamba")).text
    form = await form_at(editor, path)
    await editor.post(path, data=form.sent("archive"))
    assert (await client.get(public)).status_code == 404
    assert KARAK not in (await client.get("/en/practices?q=Quillabamba")).text
    form = await form_at(editor, path)
    await editor.post(path, data=form.sent("publish"))
    assert (await client.get(public)).status_code == 200


async def test_what_is_written_here_is_published_without_gaps_only(editor: Client, client: Client) -> None:
    path, _ = await written_draft(editor)
    form = await form_at(editor, path)
    answer = await editor.post(path, data=form.sent("publish", hub_note="CANARY-NOTE"))
    assert answer.status_code == 422
    for field in ("texts-one_line-en", "start", "places", "themes", "contact", "provenance", "licence"):
        assert f'href="#{field}"' in answer.text
    assert "CANARY-NOTE" in answer.text
    whole = form.sent(
        "publish",
        texts__one_line__en="Volunteers walk with shopkeepers after dark.",
        texts__summary__en="Twice a week volunteers walk with shopkeepers.",
        texts__activities__en="Walks, and a meeting a month.",
        original_language="en",
        kind="service",
        stage="running",
        scale="neighbourhood",
        start="٢٠٢٤-٠٣",
        places__0__place_id="jo-karak",
        lead_organisation="A municipality",
        contact="CANARY-CONTACT",
        themes=["social-cohesion"],
        threats=["extremist-recruitment"],
        needs=["technical-capacity-building"],
        target_groups__0__code="youth",
        prevention_levels=["primary-prevention"],
        interventions=["community-dialogue"],
        provenance__0__title="A report",
        licence="CC BY 4.0",
        consent_to_publish="yes",
        hub_note="CANARY-NOTE",
    )
    answer = await editor.post(path, data=whole)
    assert answer.status_code == 303, answer.text
    public = await client.get(path.replace("/manage", ""))
    assert public.status_code == 200
    assert "March 2024" in public.text
    assert "CANARY" not in public.text


async def test_a_refused_consent_keeps_a_practice_in(editor: Client) -> None:
    path = f"{LIST}/{KARAK}"
    form = await form_at(editor, path)
    answer = await editor.post(path, data=form.sent("publish", consent_to_publish="no"))
    assert answer.status_code == 422
    assert 'href="#consent_to_publish"' in answer.text


async def test_imported_practices_may_have_gaps(editor: Client, client: Client) -> None:
    slug = "de-augsburg-prevention-network"
    assert (await client.get(f"/en/practices/{slug}")).status_code == 404
    form = await form_at(editor, f"{LIST}/{slug}")
    assert (await editor.post(form.action, data=form.sent("publish"))).status_code == 303
    assert "not yet made" in (await client.get(f"/en/practices/{slug}")).text.lower()


async def test_the_list_finds_titles_in_every_language(editor: Client) -> None:
    for q in ("KARAK", "الكرك", "réseau", "RÉSEAU", KARAK):
        assert KARAK in (await editor.get(LIST, params={"q": q})).text
    review = (await editor.get(LIST, params={"state": "in review"})).text
    assert "ke-mandera" in review
    assert KARAK not in review
    assert (await editor.get(LIST, params={"state": "nonsense", "page": "²"})).status_code == 200


@pytest.mark.parametrize(
    "hostile",
    [
        {"places.²³.place_id": "jo-karak"},
        {"places.0.place_id.deep": "x", "places": "flat"},
        {".".join("a" * 3000): "x"},
        {"places.999999999999.role": "home"},
        {"version": "9" * 400},
        {"version": "٣"},
        {"do": "remove:places:x"},
        {"do": "add:hub_note"},
        {"texts.title.en": "<script>alert(1)</script>\x00"},
        {"texts.title.state.fr": "original"},
    ],
    ids=str,
)
async def test_hostile_fields_are_answered(editor: Client, hostile: dict[str, str]) -> None:
    path = f"{LIST}/{KARAK}"
    form = await form_at(editor, path)
    answer = await editor.post(path, data={**form.sent(), **{name: [text] for name, text in hostile.items()}})
    assert answer.status_code in (200, 303, 409, 422)
    assert "<script>alert" not in answer.text


async def test_corrections_are_read_and_marked(editor: Client, client: Client) -> None:
    text = "La date du début est fausse."
    await in_browser(client).post(f"/fr/practices/{KARAK}/correction", data={"text": text})
    page = await editor.get("/en/manage/corrections")
    assert "La date du début est fausse." in page.text
    mark = next(form for form in forms_in(page.text) if "/corrections/" in form.action)
    assert (await editor.post(mark.action, data=mark.sent("done"))).status_code == 303
    assert "La date" not in (await editor.get("/en/manage/corrections")).text
    assert "La date" in (await editor.get("/en/manage/corrections?state=done")).text
