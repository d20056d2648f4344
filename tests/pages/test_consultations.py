"""Consultations page by page: from the start to the receipt, conflicts, the hub's work, what is public."""

import re
from html import unescape
from typing import Any

import httpx
import pytest

from tests.conftest import As, Client, Library
from tests.factories.forms import form_to

OFFICIAL = "official:iq-mosul"
HERE = {"Sec-Fetch-Site": "same-origin"}
NOT_DISCUSSED = {"discussed": "not discussed", "finished": "yes"}
NEED = "city-role-sensitisation"

ANSWERS: dict[str, dict[str, Any]] = {
    "about": {
        "title": "طاولة مستديرة",
        "language": "ar",
        "held": "٢٠٢٦-٠٣",
        "method": "roundtable in person",
        "purpose": "الاستماع إلى الشباب",
        "languages_used": ["ar", "ckb"],
    },
    "participants": {
        "basis": "at least",
        "total": "١٢",
        "groups.0.sex": "female",
        "groups.0.count": "4",
        "who_was_missing": "People who work at night",
    },
    "concerns": {
        "discussed": "yes",
        "statements.0.text": "CANARY-CONCERN",
        "statements.0.severity": "3",
        "finished": "yes",
    },
    "approaches": NOT_DISCUSSED,
    "assets": NOT_DISCUSSED,
    "gaps": {"discussed": "unknown", "finished": "yes"},
    "needs": {
        "discussed": "yes",
        "statements.0.text": "Open need",
        "statements.0.concept": NEED,
        "statements.0.attribution": "A3",
        "statements.0.sensitivity": "public",
        "statements.1.text": "CANARY-NEED",
        "statements.1.concept": NEED,
        "statements.1.attribution": "A3",
        "statements.1.sensitivity": "network",
        "finished": "yes",
    },
    "national": {"strategy_known": "no", "dimensions.nlc-trust.score": "2"},
    "privacy": {
        "attribution": "A4",
        "sensitivity": "public",
        "consent_given": "yes",
        "consent_language": "ar",
        "consent_on": "2026-03-01",
        "consent_channel": "form",
    },
}


def hidden(html: str) -> dict[str, str]:
    """The fields of a section's form that say what it builds on."""
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', html) for name in ("version", "page")}
    return {name: match[1] for name, match in found.items() if match}


async def started(client: Client, language: str = "en") -> str:
    """The address of a new draft."""
    answer = await client.post(f"/{language}/consultations/new", headers=HERE)
    assert answer.status_code == 303
    return answer.headers["Location"]


async def save(
    client: Client, address: str, section: str, data: dict[str, Any], action: str = "continue"
) -> httpx.Response:
    """Open a section, send its form."""
    opened = await client.get(f"{address}/{section}")
    assert opened.status_code == 200
    typed = {**hidden(opened.text), "action": action, **data}
    return await client.post(f"{address}/{section}", data=typed, headers=HERE)


async def sent(client: Client) -> str:
    """The address of a consultation that was sent to the hub."""
    address = await started(client)
    for section, data in ANSWERS.items():
        answer = await save(client, address, section, data)
        assert answer.status_code == 303, (section, problems(answer))
    answer = await client.post(f"{address}/submit", data={"confirmed": "yes"}, headers=HERE)
    assert answer.status_code == 303, problems(answer)
    return address


def problems(answer: httpx.Response) -> list[tuple[str, str]]:
    """The links of the summary of errors."""
    links = re.findall(r'<li><a href="([^"]*#[^"]*)">(.*?)</a>', answer.text)
    return [(href, unescape(text)) for href, text in links]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("persona", ["visitor", "practitioner", OFFICIAL, "editor"])
def test_everybody_can_read_what_is_asked(library: Library, language: str, persona: str) -> None:
    """The list and the description answer everybody; the button is for officials."""
    for path in ("consultations", "consultations/new"):
        answer = library.get(f"/{language}/{path}", persona)
        assert answer.status_code == 200
        assert ('action="/' + language + '/consultations/new"' in answer.text) == (persona == OFFICIAL)


async def test_only_officials_start(as_persona: As) -> None:
    """For the others there is nothing to start."""
    for persona in ("visitor", "practitioner", "editor"):
        answer = await as_persona(persona).post("/en/consultations/new", headers=HERE)
        assert answer.status_code == 404


async def test_from_start_to_receipt(as_persona: As) -> None:
    """A city files a consultation: reference number, answers and states on the receipt and in the list."""
    official = as_persona(OFFICIAL)
    address = await sent(official)
    receipt = (await official.get(address)).text
    reference = re.search(r"MED-\d{4}-\d{4}", receipt)
    assert reference
    for words in (
        "طاولة مستديرة",
        "March 2026",
        "12",
        "Open need",
        "CANARY-CONCERN",
        "Received",
        "Submitted",
    ):
        assert words in receipt
    assert reference[0] in (await official.get("/en/consultations")).text
    assert reference[0] in (await as_persona("editor").get("/en/consultations")).text
    assert (await official.get(f"{address}/about")).status_code == 303
    late = await official.post(f"{address}/about", data={"title": "Too late"}, headers=HERE)
    assert late.status_code == 409
    assert "Too late" in late.text


async def test_others_find_nothing(as_persona: As) -> None:
    """A draft that was never sent is for officials of its city; everybody else, the hub too, gets 404."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    for persona in ("visitor", "practitioner", "official:iq-baghdad", "editor", "analyst:IQ", "admin"):
        other = as_persona(persona)
        for path in ("", "/about", "/check"):
            assert (await other.get(address + path)).status_code == 404
        for path in ("/about", "/about/draft", "/submit", "/discard", "/withdraw"):
            assert (await other.post(address + path, data={}, headers=HERE)).status_code == 404
    assert (await official.get(f"{address}/nonsense")).status_code == 404


async def test_errors_name_the_question_and_keep_what_was_typed(as_persona: As) -> None:
    """A refused form comes back with its values; the summary names the question and links to it."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    answer = await save(official, address, "about", {"title": "Kept title", "held": "31 March-ish"})
    assert answer.status_code == 422
    assert 'value="Kept title"' in answer.text
    assert 'value="31 March-ish"' in answer.text
    held = dict(problems(answer))["#held"]
    assert held.startswith("When was it held?")
    answer = await save(
        official, address, "concerns", {"statements.0.text": "", "statements.1.severity": "9"}
    )
    assert answer.status_code == 422
    assert dict(problems(answer))["#statements-0-severity"].startswith("Concern 1: How severe is it?")


async def test_what_is_missing_is_said_on_the_check_page(as_persona: As) -> None:
    """An incomplete consultation is not sent; each missing answer is a link to its field."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    assert (await save(official, address, "about", {"title": "Half"}, "later")).status_code == 303
    answer = await official.post(f"{address}/submit", data={"confirmed": "yes"}, headers=HERE)
    assert answer.status_code == 422
    links = [href for href, _ in problems(answer)]
    assert f"{address}/about#held" in links
    assert f"{address}/privacy#consent_given" in links
    assert (await official.get(f"{address}/check")).status_code == 200


async def test_sending_must_be_confirmed(as_persona: As) -> None:
    """Without the tick nothing is sent."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    for section, data in ANSWERS.items():
        await save(official, address, section, data)
    answer = await official.post(f"{address}/submit", data={}, headers=HERE)
    assert answer.status_code == 422
    assert problems(answer) == [("#confirmed", "Confirm that you have checked the answers")]
    assert "MED-" not in (await official.get(address)).text


async def test_rows_without_javascript(as_persona: As) -> None:
    """Buttons of the form add, move and remove rows; what was typed is saved on the way."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    one = {"discussed": "yes", "statements.0.text": "First", "statements.0.concept": NEED}
    answer = await save(official, address, "needs", one, "add:statements")
    assert answer.status_code == 303
    opened = (await official.get(answer.headers["Location"])).text
    assert "Need 2" in opened
    assert 'name="statements.1.text"' in opened
    both = {**one, "statements.1.text": "Second", "statements.1.concept": NEED}
    assert (await save(official, address, "needs", both, "up:statements.1")).status_code == 303
    opened = (await official.get(f"{address}/needs")).text
    assert opened.index("Second") < opened.index("First")
    swapped = {**both, "statements.0.text": "Second", "statements.1.text": "First"}
    assert (await save(official, address, "needs", swapped, "remove:statements.0")).status_code == 303
    opened = (await official.get(f"{address}/needs")).text
    assert "First" in opened
    assert "Second" not in opened


async def test_conflict_shows_both_versions_and_loses_nothing(as_persona: As) -> None:
    """Two officials open a section: who saves second sees both versions and can still save."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    pages = [(await official.get(f"{address}/about")).text for _ in range(2)]
    first = {**hidden(pages[0]), "action": "later", "title": "Stored title", "purpose": "Stored purpose"}
    second = {**hidden(pages[1]), "action": "later", "title": "Typed title"}
    assert (await official.post(f"{address}/about", data=first, headers=HERE)).status_code == 303
    refused = await official.post(f"{address}/about", data=second, headers=HERE)
    assert refused.status_code == 409
    for words in ("Stored title", "Stored purpose", 'value="Typed title"', "What is stored now"):
        assert words in refused.text
    assert "Stored title" in (await official.get(f"{address}/about")).text
    again = {**second, **hidden(refused.text)}
    assert (await official.post(f"{address}/about", data=again, headers=HERE)).status_code == 303
    assert 'value="Typed title"' in (await official.get(f"{address}/about")).text


async def test_automatic_saves_never_overwrite(as_persona: As) -> None:
    """An automatic save counts up; one that comes late is refused."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    opened = hidden((await official.get(f"{address}/about")).text)
    kept = await official.post(f"{address}/about/draft", data={**opened, "title": "Draft"}, headers=HERE)
    assert kept.status_code == 204
    assert kept.headers["Medina-Version"] == "1"
    late = await official.post(f"{address}/about/draft", data={**opened, "title": "Late"}, headers=HERE)
    assert late.status_code == 409
    # The page itself may still be saved: it knows what it had saved automatically.
    own = await official.post(
        f"{address}/about", data={**opened, "action": "later", "title": "Own"}, headers=HERE
    )
    assert own.status_code == 303


@pytest.mark.parametrize(
    "typed",
    [
        {"statements": "x"},
        {"statements.²².text": "x"},
        {"statements.x.text": "x"},
        {"a.b.c.d.e.f": "x"},
        {"statements.0.text": "<script>alert(1)</script>", "statements.0.severity": "٣٣"},
        {"statements.0.text": "x" * 6000},
        {"version": "٣", "page": "<b>"},
        {"discussed": "perhaps"},
    ],
)
async def test_hostile_forms_get_an_answer(as_persona: As, typed: dict[str, str]) -> None:
    """Nothing that a form can hold breaks the page."""
    official = as_persona(OFFICIAL)
    address = await started(official)
    answer = await save(official, address, "concerns", {"finished": "no", **typed})
    assert answer.status_code in (303, 409, 422)
    assert "<script>alert" not in answer.text


async def test_two_readers_of_the_hub_do_not_overwrite_each_other(as_persona: As) -> None:
    """Who saves a page that is no longer true is told, keeps what they typed, and may save again."""
    first, second = as_persona("editor"), as_persona("reviewer")
    manage = (await sent(as_persona(OFFICIAL))).replace("/en/", "/en/manage/")
    path = (
        manage
        + "/statements/"
        + re.findall(r"/statements/([0-9a-f-]{36})", (await first.get(manage)).text)[0]
    )
    page = (await second.get(manage)).text
    data = {name: typed[-1] for name, typed in form_to(page, path).values.items()}
    theirs = {**data, "read": "yes", "translation.fr": "Bonjour"}
    assert (await first.post(path, data=theirs, headers=HERE)).status_code == 303

    refused = await second.post(path, data={**data, "translation.fr": "Salut"}, headers=HERE)
    assert refused.status_code == 409
    assert "Somebody else has saved this statement meanwhile" in refused.text
    again = form_to(refused.text, path)
    assert again.values["translation.fr"] == ["Salut"]
    assert "Read on" in refused.text
    said = {name: typed[-1] for name, typed in again.values.items()}
    assert (await second.post(path, data=said, headers=HERE)).status_code == 303


async def test_the_hub_reads_publishes_and_withdraws(as_persona: As) -> None:
    """The preview shows exactly what becomes public; levels only get stricter; consent can be withdrawn."""
    official, editor, visitor = as_persona(OFFICIAL), as_persona("editor"), as_persona("visitor")
    address = await sent(official)
    manage = address.replace("/en/", "/en/manage/")
    for other in (official, visitor):
        assert (await other.get(manage)).status_code == 404
    assert (await visitor.get(address)).status_code == 404
    assert (await editor.post(f"{manage}/review", headers=HERE)).status_code == 303
    page = (await editor.get(manage)).text
    concern, first, second = re.findall(r"/statements/([0-9a-f-]{36})", page)

    read = {"read": "yes", "attribution": "A1", "sensitivity": "network"}
    assert (await editor.post(f"{manage}/statements/{concern}", data=read, headers=HERE)).status_code == 303
    looser = {**read, "attribution": "A5"}
    refused = await editor.post(f"{manage}/statements/{concern}", data=looser, headers=HERE)
    assert refused.status_code == 422
    for need, sensitivity in ((first, "public"), (second, "network")):
        data = {"read": "yes", "attribution": "A3", "sensitivity": sensitivity, "status": "being looked at"}
        data["status_on"] = "2026-05-04"
        assert (await editor.post(f"{manage}/statements/{need}", data=data, headers=HERE)).status_code == 303
    note = {"note": "CANARY-NOTE"}
    assert (await editor.post(f"{manage}/note", data=note, headers=HERE)).status_code == 303

    preview = (await editor.get(f"{manage}/publish")).text
    shown, _, inside = preview.partition('id="withheld"')
    assert "Open need" in shown
    assert "CANARY-CONCERN" not in shown
    assert "For members of the network only" in shown.partition("CANARY-NEED")[0]
    assert "CANARY-CONCERN" in inside
    assert (await editor.post(f"{manage}/publish", headers=HERE)).status_code == 303

    public = await visitor.get(address)
    assert public.status_code == 200
    assert "Open need" in public.text
    for secret in ("CANARY", "طاولة", "People who work at night"):
        assert secret not in public.text
    member = (await as_persona("practitioner").get(address)).text
    assert "CANARY-NEED" in member
    assert "CANARY-CONCERN" not in member
    receipt = (await official.get(address)).text
    assert "Being looked at" in receipt
    assert "4 May 2026" in receipt
    assert "CANARY-NOTE" not in receipt

    assert (await official.post(f"{address}/withdraw", headers=HERE)).status_code == 303
    assert (await visitor.get(address)).status_code == 404


async def test_the_hub_gives_back_with_a_note(as_persona: As) -> None:
    """The city sees the note, changes its answers and sends again under the same reference number."""
    official, editor = as_persona(OFFICIAL), as_persona("editor")
    address = await sent(official)
    reference = re.findall(r"MED-\d{4}-\d{4}", (await official.get(address)).text)[0]
    manage = address.replace("/en/", "/en/manage/")
    empty = await editor.post(f"{manage}/return", data={"return_note": " "}, headers=HERE)
    assert empty.status_code == 422
    note = {"return_note": "Please say who was missing"}
    assert (await editor.post(f"{manage}/return", data=note, headers=HERE)).status_code == 303
    tasks = (await official.get(address)).text
    assert note["return_note"] in tasks
    assert reference in tasks
    assert (await save(official, address, "about", {**ANSWERS["about"], "title": "New"})).status_code == 303
    assert (
        await official.post(f"{address}/submit", data={"confirmed": "yes"}, headers=HERE)
    ).status_code == 303
    assert reference in (await official.get(address)).text


async def test_inbox_filters(as_persona: As) -> None:
    """By state and country; what is not known is left out with a notice."""
    await sent(as_persona(OFFICIAL))
    editor = as_persona("editor")
    assert "MED-" in (await editor.get("/en/consultations?state=submitted&country=IQ")).text
    assert "MED-" not in (await editor.get("/en/consultations?country=MA")).text
    odd = await editor.get("/en/consultations?state=nonsense&country=ZZ&page=x")
    assert odd.status_code == 200
    assert "nonsense" in odd.text
    assert "MED-" in odd.text


async def test_archive_and_discard(as_persona: As) -> None:
    """Archived ones stay readable for city and hub; a draft that never left can be deleted."""
    official, editor = as_persona(OFFICIAL), as_persona("editor")
    address = await sent(official)
    manage = address.replace("/en/", "/en/manage/")
    assert (await editor.post(f"{manage}/archive", headers=HERE)).status_code == 303
    assert "Archived" in (await official.get(address)).text
    assert (await editor.post(f"{manage}/publish", headers=HERE)).status_code == 409
    draft = await started(official)
    assert (await official.post(f"{draft}/discard", headers=HERE)).status_code == 303
    assert (await official.get(draft)).status_code == 404


async def test_illustrations_carry_their_banner(as_persona: As) -> None:
    """Every page of an invented city's consultation says that the city does not exist."""
    official = as_persona("official:xx-sample-city")
    address = await started(official)
    for path in ("/en/consultations", address, f"{address}/about", f"{address}/check"):
        assert "This city does not exist" in (await official.get(path)).text


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_published_illustrations_are_marked(library: Library, language: str) -> None:
    """Everybody reads the three illustrations; the banner stands on each, the mark in the list."""
    listed = library.get(f"/{language}/consultations").text
    pages = sorted(set(re.findall(rf"/{language}/consultations/[0-9a-f-]{{36}}", listed)))
    assert len(pages) == 3
    assert listed.count("badge-warning") == 3
    for path in pages:
        for persona in ("visitor", OFFICIAL, "editor", "official:xx-sample-city"):
            answer = library.get(path, persona)
            assert answer.status_code == 200
            assert 'class="illustration"' in answer.text
    # The inbox keeps the invented and the real apart.
    assert "ILL-" not in library.get("/en/consultations", "editor").text
    assert "ILL-" in library.get("/en/consultations?illustrations=yes", "editor").text
