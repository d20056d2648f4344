"""HEAD says what GET would, without the body."""

import pytest

from tests.conftest import As


@pytest.mark.parametrize("path", ["/en/practices", "/api/v1/practices", "/health/ready", "/ar/nothing-here"])
async def test_head_is_get_without_a_body(as_persona: As, path: str) -> None:
    """Same status and kind of content."""
    client = as_persona("visitor")
    whole, head = await client.get(path), await client.head(path)
    assert head.status_code == whole.status_code
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.content == b""


async def test_head_opens_no_closed_door(as_persona: As) -> None:
    """What a visitor may not read, a visitor may not ask about."""
    assert (await as_persona("visitor").head("/en/manage/")).status_code == 404
