"""Outside demo mode everybody is a visitor, whatever they say."""

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.web.security import SESSION_COOKIE
from tests.conftest import client_of, running, settings_for
from tests.databases import Templates
from tests.factories.people import cookie_of

SECRET = "a-secret-of-a-server-that-is-no-demonstration"


async def test_personas_are_not_believed(
    filled_url: str, engine: str, templates: Templates, tmp_path: Path
) -> None:
    """The form of the demo gives no role; there is no switch on the page."""
    shutil.copytree(templates.folder / f"index-{engine}", tmp_path / "index")
    settings = settings_for(filled_url, tmp_path / "index", demo=False, secret_key=SECRET)
    async with running(settings) as app, client_of(app) as client:
        assert (await client.get("/en/manage/")).status_code == 404
        assert (await client.get("/en/consultations/new")).status_code == 200
        same = {"Sec-Fetch-Site": "same-origin"}
        assert (await client.post("/en/consultations/new", headers=same)).status_code == 404
        data = {"persona": "editor", "next": "/en/"}
        changed = await client.post("/demo/sign-in", data=data, headers=same)
        assert changed.status_code == 404
        assert SESSION_COOKIE not in changed.headers.get("set-cookie", "")
        page = (await client.get("/en/")).text
        assert 'name="persona"' not in page


@pytest.mark.parametrize("secret", ["", "short", "demo-only-not-a-secret"])
def test_a_weak_secret_is_refused(tmp_path: Path, secret: str) -> None:
    """A server that is no demonstration does not start with a secret that others can guess."""
    with pytest.raises(ValidationError):
        settings_for("sqlite:///x.db", tmp_path, demo=False, secret_key=secret)
    if secret:  # no earlier secret is named by leaving the list empty
        with pytest.raises(ValidationError):
            settings_for(
                "sqlite:///x.db", tmp_path, demo=False, secret_key=SECRET, previous_secret_keys=secret
            )


async def test_the_demo_changes_roles_and_stays_on_this_site(
    filled_url: str, engine: str, templates: Templates, tmp_path: Path
) -> None:
    """Signing in with one click; `next` leads nowhere else."""
    shutil.copytree(templates.folder / f"index-{engine}", tmp_path / "index")
    async with running(settings_for(filled_url, tmp_path / "index")) as app, client_of(app) as client:
        same = {"Sec-Fetch-Site": "same-origin"}
        for wanted, given in (
            ("/ar/manage/", "/ar/manage/"),
            ("//elsewhere.example/", "/"),
            ("/\\elsewhere.example", "/"),
            ("https://elsewhere.example/", "/"),
        ):
            data = {"persona": "editor", "next": wanted}
            answer = await client.post("/demo/sign-in", data=data, headers=same)
            assert (answer.status_code, answer.headers["location"]) == (303, given)
        session = {"Cookie": f"{SESSION_COOKIE}={cookie_of(answer)}"}
        assert (await client.get("/ar/manage/", headers=session)).status_code == 200
        assert (
            await client.get("/ar/manage/", headers={"Cookie": f"{SESSION_COOKIE}=editor"})
        ).status_code == 404
        refused = await client.post("/demo/sign-in", data={"persona": "boss", "next": "/"}, headers=same)
        assert refused.status_code == 422


async def test_the_start_page_follows_the_reader(
    filled_url: str, engine: str, templates: Templates, tmp_path: Path
) -> None:
    """First the browser's language, later the one that was read last."""
    shutil.copytree(templates.folder / f"index-{engine}", tmp_path / "index")
    async with running(settings_for(filled_url, tmp_path / "index")) as app, client_of(app) as client:
        first = await client.get("/", headers={"Accept-Language": "ar-IQ,fr;q=0.5"})
        assert first.headers["location"] == "/ar/"
        await client.get("/fr/practices")
        again = await client.get("/", headers={"Accept-Language": "ar-IQ"})
        assert again.headers["location"] == "/fr/"
