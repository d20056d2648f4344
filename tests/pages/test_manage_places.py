"""The hub describes places: every name is kept, readers and search follow at once."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from app.core.db import Database
from app.core.scope import SYSTEM
from app.features.places.queries import managed_place
from app.models.place import Place
from tests.conftest import As, Client
from tests.factories.forms import FormOnPage, form_to, in_browser

LIST = "/en/manage/places"
NEW = f"{LIST}/new"
KARAK = f"{LIST}/jo-karak"


@pytest.fixture
def editor(as_persona: As) -> Client:
    """A hub editor."""
    return in_browser(as_persona("editor"))


async def form_at(client: Client, path: str) -> FormOnPage:
    answer = await client.get(path)
    assert answer.status_code == 200
    return form_to(answer.text, path)


async def stored(database: Database, id_: str) -> Mapping[str, Any]:
    async with database.reading(SYSTEM) as session:
        return (await managed_place(session, id_, "en")).answers


async def test_every_place_comes_back_as_it_was(editor: Client, database: Database) -> None:
    async with database.reading(SYSTEM) as session:
        ids = (await session.scalars(select(Place.id).where(Place.is_illustration.is_(False)))).all()
    assert len(ids) > 90
    for id_ in ids:
        before = await stored(database, id_)
        form = await form_at(editor, f"{LIST}/{id_}")
        answer = await editor.post(form.action, data=form.sent())
        assert answer.status_code == 303, (id_, answer.text)
        assert await stored(database, id_) == before


async def test_the_invented_city_is_not_edited(editor: Client) -> None:
    assert (await editor.get(f"{LIST}/xx-sample-city")).status_code == 404
    assert (await editor.post(f"{LIST}/xx-sample-city", data={"do": "save"})).status_code == 404
    assert "places/xx-sample-city" not in (await editor.get(f"{LIST}?q=sample")).text


async def test_another_name_is_read_and_found_at_once(editor: Client, client: Client) -> None:
    form = await form_at(editor, KARAK)
    sent = form.sent(names__en="Kerak of Moab", aliases="Kyriakoupolis\n  الكرك القديمة \n\nKyriakoupolis")
    assert (await editor.post(KARAK, data=sent)).status_code == 303
    for q in ("Kyriakoupolis", "Moab"):
        assert "jo-karak-prevention-network" in (await client.get(f"/en/practices?q={q}")).text
    assert "Kerak of Moab" in (await client.get("/en/practices/jo-karak-prevention-network")).text
    again = await form_at(editor, KARAK)
    assert again.values["aliases"] == ["Kyriakoupolis\nالكرك القديمة"]


async def test_where_a_place_lies_is_followed_by_the_filters(editor: Client, client: Client) -> None:
    form = await form_at(editor, NEW)
    sent = form.sent(
        names__ar="محافظة الكرك",
        names__fr="Gouvernorat de Karak",
        names__en="Karak Governorate",
        country="JO",
        kind="governorate_or_region",
    )
    answer = await editor.post(NEW, data=sent)
    assert answer.status_code == 303, answer.text
    assert "/jo-karak-governorate?" in answer.headers["Location"]
    library = "/en/practices?city=jo-karak-governorate"
    assert "jo-karak-prevention-network" not in (await client.get(library)).text
    form = await form_at(editor, KARAK)
    await editor.post(KARAK, data=form.sent(parent="jo-karak-governorate"))
    assert "jo-karak-prevention-network" in (await client.get(library)).text
    assert "jo-karak-prevention-network" in (await client.get("/en/practices?city=jo-karak")).text
    form = await form_at(editor, f"{LIST}/jo-karak-governorate")
    answer = await editor.post(form.action, data=form.sent(parent="jo-karak"))
    assert answer.status_code == 422
    form = await form_at(editor, KARAK)
    await editor.post(KARAK, data=form.sent(parent=""))
    assert "jo-karak-prevention-network" not in (await client.get(library)).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("names.fr", ""),
        ("latitude", "91"),
        ("longitude", "east"),
        ("population", "many"),
        ("population", "-3"),
        ("population_year", "20023"),
        ("wikidata_id", "83387"),
        ("iso_3166_2", "Karak"),
        ("parent", "lb-tripoli"),
        ("parent", "nowhere"),
        ("parent", "jo-karak"),
        ("kind", "village"),
        ("is_border", "perhaps"),
        ("memberships.0.since", "yesterday"),
        ("engagements.0.source_key", "NOBODY"),
    ],
)
async def test_what_cannot_be_is_refused_and_kept(editor: Client, field: str, value: str) -> None:
    form = await form_at(editor, KARAK)
    changes = {field: [value]}
    if field.startswith("memberships"):
        changes["memberships.0.status"] = ["member"]
    answer = await editor.post(KARAK, data={**form.sent(), **changes})
    assert answer.status_code == 422, answer.text
    assert f'href="#{field.replace(".", "-")}"' in answer.text
    if field != "is_border":  # three buttons, and none of them is wrong
        assert form_to(answer.text, KARAK).values[field] == [value]


async def test_numbers_and_facts_need_a_source(editor: Client) -> None:
    form = await form_at(editor, KARAK)
    answer = await editor.post(KARAK, data=form.sent(population="٣٤٬٠٠٠", population_source=""))
    assert 'href="#population_source"' in answer.text
    answer = await editor.post(KARAK, data=form.sent(is_border="no"))
    assert 'href="#facts_source"' in answer.text
    sent = form.sent(
        population="٣٤٬٠٠٠",
        population_source="Census",
        is_border="no",
        facts_source="Census",
        latitude="٣١٫٢",
    )
    assert (await editor.post(KARAK, data=sent)).status_code == 303
    again = await form_at(editor, KARAK)
    assert again.values["population"] == ["34000"]
    assert again.values["is_border"] == ["no"]
    assert again.values["latitude"] == ["31.2"]


async def test_facts_of_the_network_are_dated_and_sourced(editor: Client, client: Client) -> None:
    new = "/en/manage/sources/new"
    form = await form_at(editor, new)
    answer = await editor.post(new, data=form.sent(title="A letter", url="https://example.org/letter"))
    assert answer.status_code == 303
    assert "/A-LETTER?" in answer.headers["Location"]
    form = await form_at(editor, KARAK)
    sent = form.sent(
        memberships__0__status="member",
        memberships__0__since="2024-05",
        memberships__0__source_key="A-LETTER",
        engagements__0__since="2023",
    )
    assert (await editor.post(KARAK, data=sent)).status_code == 303
    public = (await client.get("/en/cities/jo-karak")).text
    assert "May 2024" in public
    assert "A letter" in public


async def test_a_conflict_loses_nothing(editor: Client, database: Database) -> None:
    form = await form_at(editor, KARAK)
    await editor.post(KARAK, data=form.sent(p_code="JO0001"))
    answer = await editor.post(KARAK, data=form.sent(p_code="JO0002"))
    assert answer.status_code == 409
    assert "JO0001" in answer.text
    assert form_to(answer.text, KARAK).values["p_code"] == ["JO0002"]
    assert (await stored(database, "jo-karak"))["p_code"] == "JO0001"


async def test_two_places_of_one_name_stay_two(editor: Client) -> None:
    sent = (await form_at(editor, NEW)).sent(
        names__ar="طرابلس", names__fr="Tripoli", names__en="Tripoli", country="LB"
    )
    ids = [(await editor.post(NEW, data=sent)).headers["Location"].partition("?")[0] for _ in range(2)]
    assert len(set(ids)) == 2
    found = (await editor.get(f"{LIST}?q=tripoli")).text
    for path in (*ids, f"{LIST}/ly-tripoli"):
        assert path in found
    wrong = await editor.post(NEW, data={**sent, "country": ["XX"]})
    assert wrong.status_code == 422
