"""Pages of events: the list with its filters, the page of one."""

import pytest

from tests.conftest import Library


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_list_and_record_in_every_language(library: Library, language: str) -> None:
    """Titles that exist in English only are shown in English and marked as such."""
    answer = library.get(f"/{language}/events")
    assert answer.status_code == 200
    assert answer.text.count('class="record"') == 13
    one = library.get(f"/{language}/events/ev-rabat-2023").text
    assert ('<span lang="en" dir="ltr" hx-ignore>MENA Regional Hub' in one) == (language != "en")
    assert "City of Rabat" in one
    assert f"/{language}/cities/ma-rabat" in one


def test_fragment_is_a_slice_of_the_page(library: Library) -> None:
    """What htmx gets stands in the page letter by letter."""
    path = "/en/events?year=2023&country=MA"
    whole = library.get(path)
    part = library.get(path, HX_Request="true", HX_Request_Type="partial", HX_Target="div#results")
    assert part.text.strip()
    assert "<html" not in part.text
    assert part.text.strip() in whole.text


def test_filters_in_the_address(library: Library) -> None:
    """Filters agree; chips take them back; Arabic digits are digits."""
    text = library.get("/en/events?year=%D9%A2%D9%A0%D9%A2%D9%A3&format=workshop").text
    assert "2 events" in text
    assert 'href="/en/events?format=workshop"' in text
    assert 'value="2023" form="filters" checked' in text


def test_unknown_filters_are_left_out_with_a_notice(library: Library) -> None:
    """A wrong code costs nothing but itself."""
    answer = library.get("/en/events?format=nonsense&country=JO&colour=red&page=zz")
    assert answer.status_code == 200
    assert "nonsense" in answer.text
    assert "colour" in answer.text
    assert "1 event<" in answer.text


def test_nothing_found(library: Library) -> None:
    """An empty list says so and leads back."""
    text = library.get("/en/events?year=1999").text
    assert "No event matches" in text
    assert 'href="/en/events"' in text


def test_what_is_known_of_an_event(library: Library) -> None:
    """Qualifiers, uncertainty, represented cities and sources."""
    text = library.get("/en/events/ev-valletta-2024").text
    assert "At least 24 cities" in text
    assert "The number of people is not stated." in text
    assert 'href="https://allafrica.com' not in text
    assert 'href="https://fr.allafrica.com/stories/202402020389.html"' in text
    heard = library.get("/en/events/ev-gctf-2023").text
    assert 'href="/en/cities/iq-alqosh"' in heard
    assert "Lara Youssif Zara" in heard
    assert "Mayor of Alqosh" in heard
    summit = library.get("/en/events/ev-summit4-2023").text
    assert "15 people (exact count)" in summit
    online = library.get("/en/events/ev-online-rt").text
    assert "Online" in online
    assert "since March 2023" in online


def test_unknown_event(library: Library) -> None:
    """Not found, in the reader's language."""
    assert library.get("/fr/events/nothing-here").status_code == 404
