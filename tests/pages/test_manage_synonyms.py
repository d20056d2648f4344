"""The hub edits synonyms: search follows at once."""

import pytest

from app.web.forms import TOKEN_FIELD
from tests.conftest import As, Client
from tests.factories.forms import FormOnPage, form_to, in_browser

LIST = "/en/manage/synonyms"
NEW = f"{LIST}/new"
KARAK = "jo-karak-prevention-network"


@pytest.fixture
def editor(as_persona: As) -> Client:
    """A hub editor."""
    return in_browser(as_persona("editor"))


async def form_at(client: Client, path: str) -> FormOnPage:
    answer = await client.get(path)
    assert answer.status_code == 200
    return form_to(answer.text, path)


async def two_terms(editor: Client) -> str:
    """A set in which a word nobody uses stands for Karak's network."""
    form = form_to((await editor.post(NEW, data=(await form_at(editor, NEW)).sent("add:terms"))).text, NEW)
    answer = await editor.post(
        NEW,
        data=form.sent(
            terms__0__text="zanzabu",
            terms__0__language="en",
            terms__1__text="mural",
            terms__1__language="en",
        ),
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"]).partition("?")[0]


async def found(client: Client, q: str) -> set[str]:
    """Slugs that a search finds."""
    answer = await client.get("/api/v1/practices", params={"q": q})
    return {item["slug"] for item in answer.json()["items"]}


@pytest.mark.parametrize("persona", ["visitor", "practitioner", "official:iq-mosul"])
async def test_only_editors_find_the_way(as_persona: As, persona: str) -> None:
    client = in_browser(as_persona(persona))
    assert (await client.get(LIST)).status_code == 404
    assert (await client.post(NEW, data={"terms.0.text": "x"})).status_code == 404


async def test_search_follows_an_edit_and_a_deletion(editor: Client, client: Client) -> None:
    murals = await found(client, "mural")
    assert murals
    assert not await found(client, "zanzabu")
    path = await two_terms(editor)
    assert murals <= await found(client, "zanzabu")
    form = await form_at(editor, path)
    await editor.post(path, data=form.sent(terms__0__text="qwortle"))
    assert not await found(client, "zanzabu")
    assert murals <= await found(client, "qwortle")
    form = await form_at(editor, path)
    answer = await editor.post(path, data=form.sent("delete"))
    assert answer.status_code == 303
    assert "Deleted." in (await editor.get(answer.headers["Location"])).text
    assert not await found(client, "qwortle")
    assert (await editor.get(path)).status_code == 404


async def test_what_is_no_set_is_refused(editor: Client) -> None:
    form = await form_at(editor, NEW)
    one = await editor.post(NEW, data=form.sent(terms__0__text="alone"))
    assert one.status_code == 422
    assert 'href="#terms"' in one.text
    twice = form.sent(terms__0__text="Same", terms__1__text="same", terms__1__language="ar")
    answer = await editor.post(NEW, data=twice)
    assert answer.status_code == 422
    assert 'href="#terms-1-text"' in answer.text
    tongue = form.sent(terms__0__text="a", terms__1__text="b", terms__1__language="de")
    assert (await editor.post(NEW, data=tongue)).status_code == 422


async def test_a_conflict_loses_nothing(editor: Client) -> None:
    path = await two_terms(editor)
    form = await form_at(editor, path)
    await editor.post(path, data=form.sent(note="First come"))
    for do in ("save", "delete"):
        answer = await editor.post(path, data=form.sent(do, note="Late come"))
        assert answer.status_code == 409
        assert "First come" in answer.text
        assert form_to(answer.text, path).values["note"] == ["Late come"]


async def test_every_set_comes_back_as_it_was(editor: Client) -> None:
    page = (await editor.get(LIST)).text
    paths = {part.partition('"')[0] for part in page.split('href="') if part.startswith(f"{LIST}/")} - {NEW}
    assert len(paths) >= 10
    for path in paths:
        form = await form_at(editor, path)
        assert (await editor.post(path, data=form.sent())).status_code == 303
        again = await form_at(editor, path)
        anew: dict[str, list[str]] = {"version": [], TOKEN_FIELD: []}
        assert {**again.values, **anew} == {**form.values, **anew}


async def test_sets_are_found_by_any_of_their_terms(editor: Client) -> None:
    for q in ("TRAINING", "تكوين"):
        assert "تدريب" in (await editor.get(LIST, params={"q": q})).text
