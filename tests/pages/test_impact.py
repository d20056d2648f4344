"""The page about the hub's impact: the shape of its own account, in three languages."""

import pytest

from tests.conftest import As, Library

LANGUAGES = ("ar", "fr", "en")
PARTS = ("figures", "needs", "support", "heard", "voices", "plans", "national", "contact")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_parts_in_order(library: Library, language: str) -> None:
    """Figures, needs, support, voices, plans, national bodies, contact, in the order of the brochure."""
    text = library.get(f"/{language}/impact").text
    places = [text.index(f'id="{part}') for part in PARTS]
    assert places == sorted(places)
    for value in ("112", "13", "27", "52"):
        assert f"<bdi>{value}</bdi>" in text


def test_figures_show_qualifier_date_and_source(library: Library) -> None:
    """Nothing is more exact than its source."""
    text = library.get("/en/impact").text
    assert text.count("Undated, after September 2023") == 4
    assert text.count("As reported") == 4
    assert "two different facts" in text
    assert "Delivering Impact in Middle East" in text


def test_needs_lead_to_the_library(library: Library) -> None:
    """A need is a link to practices about it; a concept without such a filter is plain text."""
    text = library.get("/en/impact").text
    assert 'href="/en/practices?need=local-action-plan"' in text
    assert 'href="/en/practices?threat=school-dropout"' in text
    assert "Awareness of mandates, roles and strategy" in text


def test_contact_and_funding(library: Library) -> None:
    """Whom to write to, and who pays."""
    text = library.get("/en/impact").text
    assert "mailto:menaregionalhub@strongcitiesnetwork.org" in text
    assert "STRIVE Cities" in text


def test_no_illustration_and_no_quotation(library: Library) -> None:
    """The invented city is nowhere; what was said stands in our words."""
    text = library.get("/en/impact").text
    assert "/cities/xx-sample-city" not in text
    assert "invaluable insights" not in text
    assert "not word for word" in text


async def test_everybody_may_read_it(as_persona: As) -> None:
    """Visitors and hub staff see the same page."""
    for persona in ("visitor", "official:iq-mosul", "editor"):
        answer = await as_persona(persona).get("/fr/impact")
        assert answer.status_code == 200
