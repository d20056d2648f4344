"""The hub's record: every kind of form stores, publishes and archives what it asks for."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from app.core.db import Database
from app.core.scope import SYSTEM
from app.features.publication.queries import published_document
from app.features.records.queries import TABLES, managed_record
from app.routers.pages.manage.fields import Field, Kind, fields_of
from app.routers.pages.manage.hub_kinds import HUB_KINDS, HubKind
from tests.conftest import As, Client
from tests.factories.forms import FormOnPage, Values, form_to, in_browser

KINDS = [pytest.param(kind, of, id=kind) for kind, of in HUB_KINDS.items()]
EXAMPLES: Mapping[Kind, str] = {
    Kind.LINE: "A line",
    Kind.AREA: "Some words\nin two lines",
    Kind.WHOLE: "١٢",
    Kind.DATE: "٢٠٢٤-٠٣",
    Kind.LINES: "One\n\n  Another ",
    Kind.CHECK: "yes",
    Kind.YES_NO: "no",
}
KEPT: Mapping[Kind, Any] = {
    Kind.LINE: "A line",
    Kind.AREA: "Some words\nin two lines",
    Kind.WHOLE: 12,
    Kind.DATE: "2024-03",
    Kind.LINES: ["One", "Another"],
    Kind.CHECK: True,
    Kind.YES_NO: False,
}
TEXTS = (Kind.TEXTS, Kind.LONG_TEXTS)


@pytest.fixture
def editor(as_persona: As) -> Client:
    """A hub editor."""
    return in_browser(as_persona("editor"))


def list_of(kind: str) -> str:
    return f"/en/manage/record/{kind}"


async def form_at(client: Client, path: str) -> FormOnPage:
    answer = await client.get(path)
    assert answer.status_code == 200, path
    return form_to(answer.text, path)


async def answers(database: Database, of: HubKind, slug: str) -> Mapping[str, Any]:
    async with database.reading(SYSTEM) as session:
        return (await managed_record(session, of.code, slug, of.command, "en")).answers


def options_of(form: FormOnPage, name: str) -> list[str]:
    """The codes that a field offers, the empty one left out."""
    return [code for code in dict.fromkeys(form.offered[name]) if code]


def filled(of: HubKind, html: str, path: str, do: str) -> tuple[Values, dict[str, Any]]:
    """A form with every field answered, and what must be stored then."""
    form, kept = form_to(html, path), dict[str, Any]()
    sent = form.sent(do)
    for one in fields_of(of.sections):
        if one.kind in TEXTS:
            sent |= {f"{one.name}.en": ["In English"], f"{one.name}.fr": ["En français"]}
            sent[f"{one.name}.state.fr"] = ["machine draft"]
            kept[one.name] = {"en": "In English", "fr": "En français", "state": {"fr": "machine draft"}}
        elif one.kind in (Kind.SELECT, Kind.RADIOS):
            code = _chosen(one, form)
            sent[one.name], kept[one.name] = [code], code
        elif one.kind in (Kind.CHECKS, Kind.PICKS):
            codes = options_of(form, one.name)[:2]
            sent[one.name], kept[one.name] = codes, codes
        else:
            sent[one.name], kept[one.name] = [EXAMPLES[one.kind]], KEPT[one.kind]
    return sent, kept


def _chosen(one: Field, form: FormOnPage) -> str:
    """An open answer where the form asks who may see something, else the first one."""
    wanted = {"attribution": "A5", "sensitivity": "public"}.get(one.name)
    return wanted or options_of(form, one.name)[0]


@pytest.mark.parametrize(("kind", "of"), KINDS)
async def test_all_that_is_asked_is_stored_published_and_archived(
    editor: Client, client: Client, database: Database, kind: str, of: HubKind
) -> None:
    new = f"{list_of(kind)}/new"
    sent, kept = filled(of, (await editor.get(new)).text, new, "save")
    answer = await editor.post(new, data=sent)
    assert answer.status_code == 303, answer.text
    path = answer.headers["Location"].partition("?")[0]
    slug = path.rpartition("/")[2]
    stored = await answers(database, of, slug)
    assert {name: as_plain(value) for name, value in stored.items()} == kept
    assert slug in (await editor.get(f"{list_of(kind)}?state=draft")).text
    assert f"{list_of(kind)}?state=draft" in (await editor.get("/en/manage/")).text

    async with database.reading(SYSTEM) as session:
        assert await published_document(session, of.code, slug) is None
    form = await form_at(editor, path)
    assert (await editor.post(path, data=form.sent("publish"))).status_code == 303
    async with database.reading(SYSTEM) as session:
        copy = await published_document(session, of.code, slug)
    assert copy is not None
    assert "hub_note" not in copy.body
    if of.public_route:
        assert (await client.get(f"/en/events/{slug}")).status_code == 200
    form = await form_at(editor, path)
    assert (await editor.post(path, data=form.sent("archive"))).status_code == 303
    async with database.reading(SYSTEM) as session:
        assert await published_document(session, of.code, slug) is None
    assert await answers(database, of, slug) == stored


def as_plain(value: Any) -> Any:
    """A stored answer without its enumeration."""
    return str(value) if isinstance(value, str) else value


@pytest.mark.parametrize(("kind", "of"), KINDS)
async def test_every_record_comes_back_as_it_was(
    editor: Client, database: Database, kind: str, of: HubKind
) -> None:
    table, _ = TABLES[of.code]
    async with database.reading(SYSTEM) as session:
        slugs = (await session.scalars(select(table.slug))).all()
    for slug in slugs:
        before = await answers(database, of, slug)
        form = await form_at(editor, f"{list_of(kind)}/{slug}")
        answer = await editor.post(form.action, data=form.sent())
        assert answer.status_code == 303, (slug, answer.text)
        assert await answers(database, of, slug) == before


@pytest.mark.parametrize(("kind", "of"), KINDS)
async def test_each_wrong_answer_is_named_and_kept(editor: Client, kind: str, of: HubKind) -> None:
    new = f"{list_of(kind)}/new"
    html = (await editor.get(new)).text
    for one in fields_of(of.sections):
        wrong = {
            Kind.WHOLE: "a dozen",
            Kind.DATE: "some day",
            Kind.LINE: "x" * 301,
            Kind.SELECT: "no-such-code",
            Kind.RADIOS: "no-such-code",
            Kind.PICKS: "no-such-code",
            Kind.CHECKS: "no-such-code",
            Kind.YES_NO: "perhaps",
            Kind.LINES: "fine\n" + "x" * 301,
            Kind.TEXTS: "x" * 5001,
            Kind.LONG_TEXTS: "x" * 5001,
            Kind.AREA: "x" * 5001,
        }.get(one.kind)
        if wrong is None:
            continue
        sent, _ = filled(of, html, new, "save")
        name = f"{one.name}.en" if one.kind in TEXTS else one.name
        sent[name] = [wrong]
        answer = await editor.post(new, data=sent)
        assert answer.status_code == 422, (name, answer.status_code)
        assert f'href="#{name.replace(".", "-")}"' in answer.text, name
        if one.kind not in (Kind.RADIOS, Kind.YES_NO, Kind.CHECKS):
            assert form_to(answer.text, new).values[name][0] == wrong, name


@pytest.mark.parametrize(("kind", "of"), KINDS)
async def test_a_conflict_loses_nothing(editor: Client, database: Database, kind: str, of: HubKind) -> None:
    new = f"{list_of(kind)}/new"
    sent, _ = filled(of, (await editor.get(new)).text, new, "save")
    path = (await editor.post(new, data=sent)).headers["Location"].partition("?")[0]
    form = await form_at(editor, path)
    await editor.post(path, data=form.sent(hub_note="First come"))
    answer = await editor.post(path, data=form.sent("publish", hub_note="Late come"))
    assert answer.status_code == 409
    assert "First come" in answer.text
    assert form_to(answer.text, path).values["hub_note"] == ["Late come"]
    async with database.reading(SYSTEM) as session:
        assert await published_document(session, of.code, path.rpartition("/")[2]) is None


@pytest.mark.parametrize("persona", ["visitor", "practitioner", "official:iq-mosul"])
async def test_only_editors_find_the_way(as_persona: As, persona: str) -> None:
    client = in_browser(as_persona(persona))
    for kind in HUB_KINDS:
        assert (await client.get(list_of(kind))).status_code == 404
        assert (await client.get(f"{list_of(kind)}/new")).status_code == 404
        assert (await client.post(f"{list_of(kind)}/new", data={"do": "save"})).status_code == 404


async def test_a_statement_without_consent_stays_in(
    editor: Client, client: Client, database: Database
) -> None:
    new = "/en/manage/record/statements/new"
    sent, _ = filled(HUB_KINDS["statements"], (await editor.get(new)).text, new, "save")
    sent |= {"attribution": ["A1"], "paraphrase.en": ["CANARY-STATEMENT"]}
    path = (await editor.post(new, data=sent)).headers["Location"].partition("?")[0]
    form = await form_at(editor, path)
    assert (await editor.post(path, data=form.sent("publish"))).status_code == 303
    assert "Readers see nothing of it" in (await editor.get(path)).text
    assert "CANARY" not in (await client.get("/en/impact")).text
    async with database.reading(SYSTEM) as session:
        assert await published_document(session, "statement", path.rpartition("/")[2]) is None


async def test_a_short_name_gives_no_person_away(editor: Client) -> None:
    new = "/en/manage/record/statements/new"
    sent, _ = filled(HUB_KINDS["statements"], (await editor.get(new)).text, new, "save")
    sent["paraphrase.en"] = ["Jane Doe thanks the hub"]
    assert "jane" not in (await editor.post(new, data=sent)).headers["Location"]


async def test_a_translation_goes_out_of_date_with_its_source(editor: Client, database: Database) -> None:
    of = HUB_KINDS["events"]
    new = "/en/manage/record/events/new"
    sent, _ = filled(of, (await editor.get(new)).text, new, "save")
    path = (await editor.post(new, data=sent)).headers["Location"].partition("?")[0]
    form = await form_at(editor, path)
    assert (await editor.post(path, data=form.sent(title__en="Another title"))).status_code == 303
    stored = await answers(database, of, path.rpartition("/")[2])
    assert stored["title"]["state"] == {"fr": "out of date"}
    assert stored["summary"]["state"] == {"fr": "machine draft"}


async def test_the_summary_names_the_field_the_row_and_the_language(as_persona: As) -> None:
    """It stands apart from the fields, so that “Give an answer” alone would say nothing."""
    editor = in_browser(as_persona("editor"))
    for path, changes, said in (
        ("/en/manage/record/events/new", {"held": "soon"}, "When it was held: This must be"),
        ("/en/manage/practices/new", {"texts__title__en": "x" * 101}, "Title, English: Write at most"),
        ("/en/manage/places/iq-mosul", {"memberships__0__note": "x"}, "Membership 1, Membership status: "),
    ):
        form = await form_at(editor, path)
        refused = await editor.post(path, data=form.sent(**changes))
        assert refused.status_code == 422
        assert said in refused.text.partition('id="error-summary"')[2].partition("</ul>")[0]
