"""Somebody's session ends while they write: what they typed comes back, and can be sent again."""

import pytest
from fastapi import FastAPI

from app.core.languages import LANGUAGES
from tests.conftest import As, client_of
from tests.factories.accounts import Browser
from tests.factories.forms import form_to
from tests.factories.people import DOOR

TEXT = "كلام طويل\nعن أحياء المدينة <b>"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_was_typed_is_given_back_and_sent_again(app: FastAPI, language: str) -> None:
    async with client_of(app) as client:
        browser = Browser(client)
        await browser.get("/en/")
        await browser.post(DOOR, {"persona": "official:iq-mosul"})
        await browser.get(f"/{language}/consultations")
        started = await browser.post(f"/{language}/consultations/new")
        path = f"{started.headers['location']}/needs"
        form = form_to((await browser.get(path)).text, path)
        await browser.post(f"/{language}/sign-out")
        assert not browser.session

        typed = {**form.values, "statements.0.text": [TEXT], "action": ["later"]}
        typed.pop("form_token")
        refused = await browser.post(path, typed)
        assert refused.status_code == 404
        again = form_to(refused.text, path)
        assert again.values["statements.0.text"] == [TEXT]

        await browser.post(DOOR, {"persona": "official:iq-mosul"})
        sent = await browser.post(path, again.values)
        assert sent.status_code == 303
        assert "كلام طويل" in (await browser.get(path)).text


async def test_it_tells_nothing_about_what_there_is(app: FastAPI, as_persona: As) -> None:
    """The same page for what does not exist; none for those who are signed in and may not."""
    async with client_of(app) as client:
        browser = Browser(client)
        await browser.get("/en/")
        for path in (
            "/en/manage/practices/iq-baghdad-cohesion-subplan",
            "/en/manage/practices/none",
            "/en/x",
        ):
            refused = await browser.post(path, {"title": "some words"})
            assert (refused.status_code, "not lost" in refused.text) == (404, True)
        assert "not lost" not in (await browser.get("/en/x")).text
        await browser.post(DOOR, {"persona": "practitioner"})
        await browser.get("/en/")
        refused = await browser.post("/en/manage/practices/none", {"title": "some words"})
        assert (refused.status_code, "not lost" in refused.text) == (404, False)
