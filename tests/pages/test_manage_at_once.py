"""Two editors who create a record of the same name at the same moment."""

import asyncio

import pytest

from app.core.db import WriteSession
from tests.conftest import As
from tests.factories.forms import form_to, in_browser

NEW = (
    ("/en/manage/practices/new", {"texts__title__en": "One name"}),
    ("/en/manage/record/bodies/new", {"name__en": "One name", "country_code": "IQ"}),
    ("/en/manage/sources/new", {"title": "One name"}),
    (
        "/en/manage/places/new",
        {"names__en": "One name", "names__fr": "Un nom", "names__ar": "اسم", "country": "IQ", "kind": "city"},
    ),
)


@pytest.mark.parametrize(("path", "typed"), NEW)
async def test_the_same_name_twice_at_once(
    as_persona: As, engine: str, path: str, typed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both look before either writes, as may happen on PostgreSQL; nobody meets an error of ours."""
    editor = in_browser(as_persona("editor"))
    form = form_to((await editor.get(path)).text, path)
    flush = WriteSession.flush

    async def slowly(session: WriteSession, *objects: object) -> None:
        await asyncio.sleep(0.3)
        await flush(session)

    monkeypatch.setattr(WriteSession, "flush", slowly)
    answers = await asyncio.gather(*(editor.post(path, data=form.sent(**typed)) for _ in range(2)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == ([303, 303] if engine == "sqlite" else [303, 422])
    for answer in answers:
        if answer.status_code == 422:
            assert "Somebody else has just created a record with this name" in answer.text
            assert 'aria-invalid="true"' in answer.text
            assert "One name" in answer.text
    monkeypatch.undo()
    again = await editor.post(path, data=form.sent(**typed))
    assert again.status_code == 303
