"""Pages of cities: list, portrait, comparison; complete without JavaScript."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.conftest import Library

LANGUAGES = ("ar", "fr", "en")
CARD = 'class="record-title"'
FIVE = ("ma-rabat", "tn-sousse", "iq-mosul", "jo-amman", "lb-tripoli")
PAIR = "city=ma-rabat&city=tn-sousse"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list(library: Library, language: str) -> None:
    """Twenty cities a page, with a map and a box to compare each."""
    answer = library.get(f"/{language}/cities")
    assert answer.status_code == 200
    assert answer.text.count(CARD) == 20
    assert answer.text.count("data-compare>") == 20
    assert "<circle" in answer.text
    assert "xx-sample-city" not in answer.text.replace("official:xx-sample-city", "")


@pytest.mark.parametrize("query", ["القوش", "Elkîş", "al-qoch", "ALQOSH"])
def test_any_name_finds_the_city(library: Library, query: str) -> None:
    """In any script, by any alias, in every language of the page."""
    for language in LANGUAGES:
        answer = library.get(f"/{language}/cities?q={query}")
        assert answer.text.count(CARD) == 1
        assert f"/{language}/cities/iq-alqosh" in answer.text


def test_what_is_not_understood_is_left_out_with_a_notice(library: Library) -> None:
    """The filters that are right stay."""
    answer = library.get("/en/cities?kind=planet&country=MA&colour=red&page=zz&membership=member")
    assert answer.status_code == 200
    assert "planet" in answer.text
    assert "colour" in answer.text
    assert answer.text.count(CARD) == 4


def test_nothing_found(library: Library) -> None:
    """Says what to do."""
    for query in ("zzzzzz", "%3Cscript%3E", "!!!", "%D8%9F"):
        answer = library.get(f"/en/cities?q={query}")
        assert answer.status_code == 200
        assert "No city matches" in answer.text
        assert "<script>" not in answer.text.split("<main")[1]


@pytest.mark.parametrize(
    ("path", "target"), [("/en/cities?q=t", "results"), (f"/en/compare/cities?{PAIR}", "comparison")]
)
def test_fragment_is_a_slice_of_the_page(library: Library, path: str, target: str) -> None:
    """What htmx gets stands in the page letter by letter."""
    whole = library.get(path)
    part = library.get(path, HX_Request="true", HX_Request_Type="partial", HX_Target=f"div#{target}")
    assert part.text.strip()
    assert "<html" not in part.text
    assert part.text.strip() in whole.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["ma-rabat", "tn-sousse", "ma-fes", "ma-marrakech", "iq-mosul"])
def test_portraits(library: Library, language: str, slug: str) -> None:
    """Whole in each language."""
    answer = library.get(f"/{language}/cities/{slug}")
    assert answer.status_code == 200
    assert 'id="timeline"' in answer.text


def test_empty_parts_say_so(library: Library) -> None:
    """A city of which hardly more than the place is known."""
    text = library.get("/en/cities/ly-tripoli").text
    assert "Nothing published yet." in text
    assert "Not reported" in text


def test_the_invented_city_is_marked(library: Library) -> None:
    """With the banner, and without a way into a comparison."""
    text = library.get("/en/cities/xx-sample-city").text
    assert "This city does not exist." in text
    assert "Add to comparison" not in text
    assert "This city does not exist." not in library.get("/en/cities/iq-mosul").text


@pytest.mark.parametrize("slug", ["nowhere", "lb-lebanon", "%00", "x" * 400])
def test_unknown_city(library: Library, slug: str) -> None:
    """404 in the reader's language."""
    assert library.get(f"/ar/cities/{slug}").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_side_by_side(library: Library, language: str) -> None:
    """A table with a column each; only differences on request."""
    whole = library.get(f"/{language}/compare/cities?{PAIR}")
    short = library.get(f"/{language}/compare/cities?{PAIR}&only=differences")
    assert whole.status_code == short.status_code == 200
    assert "<table" in short.text
    assert short.text.count("<tr") < whole.text.count("<tr")


def test_one_or_five(library: Library) -> None:
    """A clear message, and what was chosen is kept."""
    one = library.get("/en/compare/cities?city=ma-rabat")
    assert "Choose two to four cities" in one.text
    assert "Choose at least one more below." in one.text
    five = "&".join(
        f"city={slug}" for slug in ("ma-rabat", "tn-sousse", "iq-mosul", "jo-amman", "lb-tripoli")
    )
    many = library.get(f"/en/compare/cities?{five}")
    assert "Only 4 cities can be compared at a time" in many.text
    assert "(waiting)" in many.text


def test_the_invented_city_is_never_compared(library: Library) -> None:
    """It is left out, and the page says why."""
    text = library.get(f"/en/compare/cities?{PAIR}&city=xx-sample-city&city=nowhere").text
    assert "It is never compared with real cities." in text
    assert "There is no city" in text
    assert "/en/cities/xx-sample-city" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_spreadsheets(library: Library, language: str) -> None:
    """The same table as files."""
    answer = library.get(f"/{language}/compare/cities.xlsx?{PAIR}")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.max_column == 3
    table = library.get(f"/{language}/compare/cities.csv?{PAIR}")
    assert "cities/ma-rabat" in table.text
    assert library.get(f"/{language}/compare/cities.csv?city=ma-rabat").status_code == 303


def test_the_comparisons_know_each_other(library: Library) -> None:
    """From practices to cities and back."""
    assert "/en/compare/cities" in library.get("/en/compare").text
    assert 'href="/en/compare"' in library.get("/en/compare/cities").text
