"""`/api/v1/events` and `/api/v1/events/{slug}`."""

from tests.conftest import Library


def test_list(library: Library) -> None:
    """Items with their dates, places and attendance, newest first."""
    body = library.get("/api/v1/events").json()
    assert set(body) == {"items", "total", "next"}
    assert (body["total"], body["next"]) == (13, None)
    starts = [item["starts_on"] for item in body["items"]]
    assert starts == sorted(starts, reverse=True)
    amman = next(item for item in body["items"] if item["slug"] == "ev-amman-2024")
    assert amman["place"]["slug"] == "jo-amman"
    assert amman["attendance"]["count"] is None
    assert amman["held"] == "2024-11-19/2024-11-20"


def test_filters(library: Library) -> None:
    """The same filters as the page."""
    body = library.get("/api/v1/events?year=2023&country=US&format=summit").json()
    assert [item["slug"] for item in body["items"]] == ["ev-summit4-2023"]


def test_unknown_filter(library: Library) -> None:
    """422 that names each wrong part, with the allowed values."""
    answer = library.get("/api/v1/events?format=party&colour=red&page=0&lang=fr")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "fr"
    text = answer.text
    assert "party" in text
    assert "colour" in text
    assert "voice-elevation" in text


def test_one_in_the_language_asked_for(library: Library) -> None:
    """Places and kinds of offices are translated; texts say which language they are in."""
    body = library.get("/api/v1/events/ev-gctf-2023", Accept_Language="ar").json()
    assert body["country_name"] == "الولايات المتحدة"
    assert body["translation"] == [{"field": "title", "language": "en", "status": "original"}]
    heard = body["representations"][0]
    assert heard["place"]["name"] == "القوش"
    assert heard["office"]["concept"]["scheme"] == "office-title"
    assert heard["person"] == "Lara Youssif Zara"
    assert {source["key"] for source in body["sources"]} == {"SEED", "GCTF-NLC"}
    assert "hub_note" not in body


def test_unknown_event(library: Library) -> None:
    """A problem, not a page."""
    answer = library.get("/api/v1/events/nothing-here")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_documented(library: Library) -> None:
    """Both operations have names of their own and a schema."""
    paths = library.get("/openapi.json").json()["paths"]
    assert paths["/api/v1/events"]["get"]["operationId"] == "listEvents"
    assert paths["/api/v1/events/{slug}"]["get"]["operationId"] == "getEvent"
