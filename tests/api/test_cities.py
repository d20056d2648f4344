"""`/api/v1/cities`: pages of cities, one city whole."""

import pytest

from tests.conftest import Library


def test_every_page_of_the_list(library: Library) -> None:
    """`next` leads through all cities, each once."""
    path: str | None = "/api/v1/cities?lang=fr"
    slugs: list[str] = []
    total = 0
    while path:
        body = library.get(path).json()
        slugs += [item["slug"] for item in body["items"]]
        path, total = body["next"], body["total"]
    assert len(slugs) == len(set(slugs)) == total
    assert "xx-sample-city" not in slugs


def test_language_and_filters(library: Library) -> None:
    """The language by header or parameter; names in any script."""
    body = library.get("/api/v1/cities?q=Rabat&membership=member", Accept_Language="ar").json()
    assert [item["name"] for item in body["items"]] == ["الرباط"]
    assert body["items"][0]["membership"] == "member"
    assert body["items"][0]["population"]["source"].startswith("GeoNames")


@pytest.mark.parametrize(
    ("query", "field"),
    [("kind=planet", "kind"), ("colour=red", "colour"), ("page=0", "page"), ("q=" + "x" * 101, "q")],
)
def test_unknown_filters_and_codes(library: Library, query: str, field: str) -> None:
    """422 naming what is wrong."""
    answer = library.get(f"/api/v1/cities?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert field in answer.text


def test_one_city(library: Library) -> None:
    """Membership and engagement apart, what nobody stated is null."""
    body = library.get("/api/v1/cities/tn-sousse?lang=en").json()
    assert body["membership"] == []
    assert body["engagement"][0]["since"] == "2023-03"
    assert body["engagement"][0]["source"]["url"].startswith("https://")
    assert body["is_border"] is None
    assert {one["concept"]["scheme"] for one in body["concerns"]} == {"threat"}
    assert body["is_illustration"] is False


def test_the_invented_city_says_so(library: Library) -> None:
    """Marked, with its needs."""
    body = library.get("/api/v1/cities/xx-sample-city?lang=fr").json()
    assert body["is_illustration"] is True
    assert {need["hub_priority"]["scheme"] for need in body["needs"]} == {"need"}


def test_unknown_city(library: Library) -> None:
    """404 as a problem."""
    answer = library.get("/api/v1/cities/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
