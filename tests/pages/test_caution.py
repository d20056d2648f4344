"""A kind word where a person seems to be named: to the city while it writes, to the hub while it reads."""

import httpx

from tests.conftest import As
from tests.pages.test_consultations import ANSWERS, HERE, OFFICIAL, save, started

SAID = "It looks as if a person is named here"
NAMING = {"discussed": "yes", "statements.0.text": "Karim Velloun recruits boys.", "finished": "yes"}


async def test_the_city_is_warned_once_and_never_stopped(as_persona: As) -> None:
    """The text is saved; the page comes back with a word on it, and the next press goes on."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    answer = await save(official, address, "concerns", NAMING)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/concerns#caution")
    again = await official.get(f"{address}/concerns")
    assert SAID in again.text
    assert '<a href="#statements-0-text">Concern 1</a>' in again.text
    assert "Karim Velloun" in again.text, "nothing is lost"
    answer = await save(official, address, "concerns", {**NAMING, "warned": "yes"})
    assert answer.headers["Location"].endswith("/approaches")


async def test_without_names_there_is_no_word(as_persona: As) -> None:
    """Ordinary concerns go straight on; so does a draft that is put away."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    answer = await save(official, address, "concerns", {**NAMING, "statements.0.text": "Hate speech."})
    assert answer.headers["Location"].endswith("/approaches")
    assert SAID not in (await official.get(f"{address}/concerns")).text
    answer = await save(official, address, "concerns", NAMING, action="later")
    assert answer.headers["Location"] == address


async def test_the_hub_sees_it_beside_the_statement(as_persona: As) -> None:
    """The statement has a mark, and the reader is asked to hold it back; the others have none."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    for section, data in ANSWERS.items():
        typed = {**data, "statements.0.text": NAMING["statements.0.text"]} if section == "concerns" else data
        answer: httpx.Response = await save(official, address, section, {**typed, "warned": "yes"})
        assert answer.status_code == 303
    answer = await official.post(f"{address}/submit", data={"confirmed": "yes"}, headers=HERE)
    assert answer.status_code == 303
    text = (await as_persona("editor").get(address.replace("/consultations/", "/manage/consultations/"))).text
    assert text.count("May name a person") == 1
    assert text.count("Hold this statement back") == 1
