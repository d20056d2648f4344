"""Cities: any spelling finds them, portraits read published copies only, nothing is asked per city."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, insert, update

from app.core.db import Database, ReadSession
from app.core.errors import NotFound
from app.core.scope import SYSTEM
from app.features.cities.commands.filter import CityFilter
from app.features.cities.commands.reading import read_city_filter
from app.features.cities.queries.cards import chosen_cities, city_cards
from app.features.cities.queries.portraits import city_portrait, city_portraits
from app.features.cities.rules.names import fold, is_named
from app.features.cities.rules.standing import Standing, standing_of
from app.features.comparisons.queries.cities import compare_cities
from app.features.places.queries import load_gazetteer
from app.features.vocabulary.queries import load_vocabulary
from app.features.wording.views import Shelf
from app.models.place import Engagement, MembershipStatus, Place
from app.web.i18n import translator
from app.web.labels import label


async def shelf_of(session: ReadSession, language: Any = "en") -> Shelf:
    """The shelf of a reader."""
    vocabulary, gazetteer = await load_vocabulary(session), await load_gazetteer(session)
    return Shelf(vocabulary, gazetteer, language, partial(label, language))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("MOSUL", "Mosul"),
        ("موصل", "الموصل"),
        ("القوش", "ألقوش"),
        ("Fes", "Fès"),
        ("telkaif", "Tel Kaif"),
        ("tel kaif", "Telkaif"),
        ("al-sah", "Al-Sahel municipality"),
        ("تلكيف", "تل كيف"),
        ("الرقه", "الرّقة"),
    ],
)
def test_spellings_find_the_name(query: str, name: str) -> None:
    """Case, accents, hamza, article, signs and blanks do not matter."""
    assert is_named(fold(query), [name])


@pytest.mark.parametrize(("query", "name"), [("osul", "Mosul"), ("rabat sale", "Rabat"), ("تونس", "سوسة")])
def test_other_words_do_not(query: str, name: str) -> None:
    """Words begin where the query begins; all of its words count."""
    assert not is_named(fold(query), [name])


def test_the_newest_fact_of_membership_counts() -> None:
    """Membership and engagement are separate facts."""
    assert standing_of([], is_engaged=False) is Standing.NOT_REPORTED
    assert standing_of([], is_engaged=True) is Standing.ENGAGED
    assert standing_of([(MembershipStatus.MEMBER, None)], is_engaged=True) is Standing.MEMBER


async def test_two_tripolis(reads: ReadSession) -> None:
    """A bare name finds both; each keeps its id and country."""
    found = await city_cards(reads, CityFilter(q="Tripoli"), await shelf_of(reads))
    assert {card.slug for card in found.page.items} >= {"lb-tripoli", "ly-tripoli"}
    only = await city_cards(reads, CityFilter(q="طرابلس", country=("LY",)), await shelf_of(reads, "ar"))
    assert [card.slug for card in only.page.items] == ["ly-tripoli"]


async def test_the_list_has_real_cities_only(reads: ReadSession) -> None:
    """No illustration, no country."""
    found = await city_cards(reads, CityFilter(size=1000), await shelf_of(reads))
    slugs = {card.slug for card in found.page.items}
    assert len(slugs) == found.page.total
    assert "iq-mosul" in slugs
    assert not slugs & {"xx-sample-city", "lb-lebanon"}


async def test_counts_of_a_filter_ignore_its_own_choice(reads: ReadSession) -> None:
    """As in the library."""
    found = await city_cards(reads, CityFilter(country=("MA",)), await shelf_of(reads))
    countries = {option.code: option.count for option in found.facets["country"]}
    assert countries["IQ"] > 0
    assert countries["MA"] == found.page.total == sum(o.count for o in found.facets["kind"])


async def test_members(reads: ReadSession) -> None:
    """Sousse works with the hub and is not a member."""
    members = await city_cards(reads, CityFilter(membership=("member",)), await shelf_of(reads))
    assert {card.slug for card in members.page.items} == {
        "ma-rabat",
        "ma-marrakech",
        "ma-oujda",
        "ma-tangier",
    }
    engaged = await city_cards(reads, CityFilter(membership=("engaged",)), await shelf_of(reads))
    assert [card.slug for card in engaged.page.items] == ["tn-sousse"]


async def test_what_cannot_be_read_is_named(reads: ReadSession) -> None:
    """Unknown filters and codes come back as errors with what is allowed."""
    gazetteer = await load_gazetteer(reads)
    reading = read_city_filter([("kind", "planet"), ("colour", "red"), ("page", "٢")], gazetteer)
    assert [error.field for error in reading.errors] == ["kind", "colour"]
    assert "city" in reading.errors[0].allowed
    assert reading.filter.page == 2


async def test_a_portrait(reads: ReadSession) -> None:
    """Names with their basis, ids, dated membership with its source; facts nobody stated stay open."""
    city = await city_portrait(reads, "ma-rabat", await shelf_of(reads))
    assert {name.language: name.text for name in city.profile.names}["ar"] == "الرباط"
    assert all(name.basis for name in city.profile.names if name.language != "en")
    assert city.profile.ids["geonames"] == "2538475"
    assert city.profile.population_source is not None
    assert city.profile.population_source.startswith("GeoNames")
    assert set(city.profile.place_facts.values()) == {None}
    (fact,) = city.profile.memberships
    assert (fact.standing, fact.since) == (Standing.MEMBER, "2023-05")
    assert fact.source is not None
    assert not city.profile.engagements
    assert {line.concept.code for line in city.concerns if line.concept} == {
        "youth-unemployment",
        "gender-based-violence",
    }
    assert [event.slug for event in city.events] == ["ev-rabat-2023"]
    assert [moment.kind for moment in city.timeline] == ["membership", "event"]


async def test_practices_of_areas_are_the_citys(reads: ReadSession) -> None:
    """A practice in al-Muhalabiya, which lies in Mosul's district, is in the portrait of Mosul."""
    mosul, area = await city_portraits(reads, ["iq-mosul", "iq-muhalabiya"], await shelf_of(reads))
    assert {card.slug for card in area.practices} < {card.slug for card in mosul.practices}
    cards = await chosen_cities(reads, ["iq-mosul", "iq-muhalabiya"], await shelf_of(reads))
    assert [card.practices for card in cards] == [len(mosul.practices), len(area.practices)]


async def test_needs_of_the_whole_country(reads: ReadSession) -> None:
    """They stand beside the city's own, at their own scope."""
    mosul, rabat = await city_portraits(reads, ["iq-mosul", "ma-rabat"], await shelf_of(reads))
    assert {line.concept.code for line in mosul.said_of_country if line.concept} == {
        "nlc-mandate-and-awareness",
        "local-action-plan",
    }
    assert not mosul.needs
    assert not rabat.said_of_country


async def test_support_and_plans(reads: ReadSession) -> None:
    """Support got and given."""
    fes, marrakech = await city_portraits(reads, ["ma-fes", "ma-marrakech"], await shelf_of(reads, "fr"))
    assert [line.is_giver for line in fes.support] == [False]
    assert [line.is_giver for line in marrakech.support] == [True]


@pytest.mark.parametrize("slug", ["nowhere", "lb-lebanon", "", "x" * 300])
async def test_no_portrait(reads: ReadSession, slug: str) -> None:
    """Countries and unknown ids have none."""
    with pytest.raises(NotFound):
        await city_portrait(reads, slug, await shelf_of(reads))


async def test_illustrations_stay_by_themselves(reads: ReadSession) -> None:
    """The invented city has its own records, and its country has no other city."""
    shelf = await shelf_of(reads)
    city = await city_portrait(reads, "xx-sample-city", shelf)
    assert city.profile.is_illustration
    assert city.needs
    assert city.needs[0].priority == "critical"
    assert any(moment.kind == "consultation" for moment in city.timeline)
    mixed = await city_portraits(reads, ["xx-sample-city", "iq-mosul"], shelf)
    assert not mixed[0].said
    assert all(not card.is_illustration for card in mixed[1].practices)


async def test_the_hubs_note_stays_inside(database: Database) -> None:
    """What is for hub staff is in no portrait."""
    async with database.writing(SYSTEM) as session:
        await session.execute(update(Place).where(Place.id == "iq-mosul").values(hub_note="SECRET"))
        await session.execute(
            insert(Engagement).values(place_id="iq-mosul", since_edtf="2023", source_key=None, note="")
        )
    async with database.reading(SYSTEM) as session:
        city = await city_portrait(session, "iq-mosul", await shelf_of(session))
    assert "SECRET" not in repr(city)
    assert city.profile.standing is Standing.ENGAGED


async def test_no_statement_per_city(database: Database) -> None:
    """Four portraits cost as many statements as one."""
    asked: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    async with database.reading(SYSTEM) as session:
        shelf = await shelf_of(session)
        event.listen(database.reads.sync_engine, "before_cursor_execute", count)
        await city_portraits(session, ["ma-rabat"], shelf)
        one = len(asked)
        await city_portraits(session, ["ma-rabat", "tn-sousse", "iq-mosul", "ma-fes"], shelf)
        event.remove(database.reads.sync_engine, "before_cursor_execute", count)
    assert len(asked) == 2 * one


async def test_side_by_side(reads: ReadSession) -> None:
    """Rows aligned by meaning; the first four are compared and nothing is lost."""
    shelf, words = await shelf_of(reads), translator("en")
    asked = ["ma-rabat", "tn-sousse", "iq-mosul", "jo-amman", "lb-tripoli", "xx-sample-city", "nowhere"]
    found = await compare_cities(reads, asked, shelf, words)
    assert found.selection.kept == tuple(asked[:4])
    assert [card.slug for card in found.over] == ["lb-tripoli"]
    assert found.selection.unknown == ("nowhere",)
    assert found.invented == ("Sample City",)
    assert found.table is not None
    rows = {row.code: row for group in found.table.groups for row in group.rows}
    assert all(len(row.cells) == 4 for row in rows.values())
    assert rows["membership"].cells[0].lines
    assert not rows["membership"].cells[1].lines
    assert [cell.text.text for cell in rows["engagement"].cells[1].lines] == [
        "Works with the hub, not a member"
    ]
    assert rows["border"].differs is False
    assert "border" not in {r.code for g in found.table.differences().groups for r in g.rows}


async def test_populations_of_different_sources_are_not_ranked(reads: ReadSession) -> None:
    """The sources differ in what they count, so nothing is lowest."""
    shelf = await shelf_of(reads)
    found = await compare_cities(reads, ["ma-rabat", "jo-amman"], shelf, translator("en"))
    assert found.table is not None
    (row,) = [row for group in found.table.groups for row in group.rows if row.code == "population"]
    assert [cell.mark for cell in row.cells] == [None, None]


async def test_one_city_is_not_enough(reads: ReadSession) -> None:
    """There is no table of one."""
    found = await compare_cities(
        reads, ["ma-rabat", "xx-sample-city"], await shelf_of(reads), translator("ar")
    )
    assert found.table is None
    assert [card.slug for card in found.chosen] == ["ma-rabat"]


async def test_cards_in_the_order_asked_for(reads: ReadSession) -> None:
    """Unknown ids are left out."""
    cards = await chosen_cities(reads, ["tn-sousse", "nowhere", "iq-mosul"], await shelf_of(reads))
    assert [card.slug for card in cards] == ["tn-sousse", "iq-mosul"]
