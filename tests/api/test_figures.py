"""Support, figures and vocabulary for partners."""

from typing import Any

import pytest

from tests.conftest import Library


def body(library: Library, path: str, **headers: str) -> Any:
    """The answer to a request that is right."""
    answer = library.get(f"/api/v1{path}", **headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(("path", "total"), [("/support", 5), ("/figures", 4), ("/vocabulary", 106)])
def test_lists_have_items_total_and_next(library: Library, path: str, total: int) -> None:
    """One shape for all lists; every item has a slug."""
    found = body(library, path)
    assert set(found) == {"items", "total", "next"}
    assert (found["total"], len(found["items"]), found["next"]) == (total, total, None)
    assert all(item["slug"] for item in found["items"])


def test_figures_carry_date_and_source(library: Library) -> None:
    """Qualifier null where no source says; date as text and as EDTF."""
    first = body(library, "/figures?lang=fr")["items"][0]
    assert first["value"] == 112
    assert first["qualifier"] is None
    assert first["as_of_edtf"] == "2023-09/.."
    assert first["label"]["language"] == "fr"
    assert first["label"]["status"] == "machine draft"
    assert first["sources"][0]["key"] == "SEED"


def test_support_by_city_and_country(library: Library) -> None:
    """Filters agree; concepts are scheme, code, label."""
    (item,) = body(library, "/support?city=ma-fes&country=MA", Accept_Language="ar")["items"]
    assert item["about"]["city_name"] == "فاس"
    assert set(item["subject"]) == {"scheme", "code", "label"}
    assert item["modality"] is None
    assert len(item["possible_modalities"]) == 2
    assert body(library, "/support?city=ma-fes&country=IQ")["total"] == 0
    assert body(library, "/support?page=2")["items"] == []


def test_vocabulary_by_scheme(library: Library) -> None:
    """Labels in three languages, other labels, the wider concept."""
    found = body(library, "/vocabulary?scheme=need&scheme=threat")
    assert {item["scheme"] for item in found["items"]} == {"need", "threat"}
    assert found["total"] == 33
    by_code = {item["code"]: item for item in found["items"]}
    assert by_code["local-action-plan"]["broader"] == "technical-capacity-building"
    assert set(by_code["local-action-plan"]["labels"]) == {"ar", "fr", "en"}


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("/support?city=xx-sample-city", "/city"),
        ("/support?country=ZZ", "/country"),
        ("/support?page=x", "/page"),
        ("/support?colour=red", "/colour"),
        ("/figures?city=ma-fes", "/city"),
        ("/vocabulary?scheme=nonsense", "/scheme"),
        ("/vocabulary?lang=de", "/lang"),
    ],
)
def test_what_is_not_known_is_named(library: Library, path: str, pointer: str) -> None:
    """422 with a pointer, and what is allowed."""
    answer = library.get(f"/api/v1{path}")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json()["errors"][0]["pointer"] == pointer
