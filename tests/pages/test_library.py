"""The library page: complete without JavaScript, its fragment a slice of it."""

import pytest

from tests.conftest import Library

LANGUAGES = ("ar", "fr", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_the_published_practices(library: Library, language: str) -> None:
    """52 practices, in each language, right to left in Arabic."""
    answer = library.get(f"/{language}/practices")
    assert answer.status_code == 200
    assert "52" in answer.text
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in answer.text


def test_fragment_is_a_slice_of_the_page(library: Library) -> None:
    """What htmx gets stands in the page letter by letter."""
    path = "/en/practices?q=youth&country=IQ"
    whole = library.get(path)
    part = library.get(path, HX_Request="true", HX_Request_Type="partial", HX_Target="div#results")
    assert part.text.strip()
    assert "<html" not in part.text
    assert part.text.strip() in whole.text
    assert "HX-Target" in part.headers["Vary"]


def test_practices_in_review_are_nowhere(library: Library) -> None:
    """The five that wait for the rights gate are in no list, search or file."""
    for path in ("/en/practices?q=Mandera", "/en/practices.csv", "/api/v1/practices?q=Augsburg"):
        text = library.get(path).text
        assert "ke-mandera" not in text
        assert "de-augsburg" not in text


def test_unknown_filters_are_left_out_with_a_notice(library: Library) -> None:
    """A wrong code costs nothing but itself; the filters that are right stay."""
    answer = library.get("/en/practices?theme=nonsense&country=IQ&colour=red&page=zz")
    assert answer.status_code == 200
    assert "nonsense" in answer.text
    assert "colour" in answer.text
    assert "7 practices" in answer.text


def test_arabic_digits_in_the_page_number(library: Library) -> None:
    """٢ is page 2."""
    assert library.get("/en/practices?page=٢").text.count('class="record"') == 20
