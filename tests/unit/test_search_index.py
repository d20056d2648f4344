"""The index itself: what matches, in which order, with which counts."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.features.search.commands.filter import FACETS, PracticeFilter, Sort
from app.features.search.commands.indexed import IndexedPractice, Position
from app.features.search.rules.thesaurus import Term, Thesaurus
from tests.factories.search import NOTHING, a_practice, an_index, slugs

# --- words -----------------------------------------------------------------------------------------


def test_every_field_is_searched_and_the_title_counts_most() -> None:
    index = an_index(
        IndexedPractice("in-body", {"en": {"body": "mediation"}}),
        IndexedPractice("in-title", {"en": {"title": "mediation"}}),
        IndexedPractice("in-summary", {"en": {"summary": "mediation"}}),
        IndexedPractice("in-one-line", {"en": {"one_line": "mediation"}}),
    )
    assert slugs(index, "Mediation") == ("in-title", "in-one-line", "in-summary", "in-body")


@pytest.mark.parametrize(
    ("question", "title", "language"),
    [
        ("networks", "A network", "en"),
        ("réseau", "Les reseaux locaux", "fr"),
        ("شبكة", "شبكات الوقاية", "ar"),
        ("مكافحة", "استراتيجية لمكافحة الشائعات", "ar"),
        ("netwrok", "A network", "en"),
        ("preventoin", "Prevention", "en"),
        ("comunautaire", "dialogue communautaire", "fr"),
        ("المجتعي", "التماسك المجتمعي", "ar"),
        ("٢٠٢٣", "Plan 2023", "en"),
    ],
)
def test_inflected_and_misspelt_words_match(question: str, title: str, language: str) -> None:
    assert slugs(an_index(a_practice("it", title, language), a_practice("other", "xyz")), question) == ("it",)


@pytest.mark.parametrize("question", ["sm", "sam", "polnic", "التونسي"])
def test_short_or_far_words_do_not_match(question: str) -> None:
    assert slugs(an_index(a_practice("it", "sum police القوش")), question) == ()


def test_known_words_are_not_stretched_to_their_neighbours() -> None:
    index = an_index(a_practice("a", "formation"), a_practice("b", "information"))
    assert slugs(index, "formation") == ("a",)


def test_all_words_must_match_where_enough_practices_hold_them() -> None:
    index = an_index(
        *(a_practice(f"both-{i}", "youth council") for i in range(5)), a_practice("one", "youth club")
    )
    found = index.search(PracticeFilter(q="youth council"), NOTHING)
    assert (found.total, found.is_widened) == (5, False)


def test_otherwise_those_with_most_words_follow_those_with_all() -> None:
    index = an_index(
        a_practice("one", "youth youth youth"), a_practice("both", "a youth who sits on a council")
    )
    found = index.search(PracticeFilter(q="youth council"), NOTHING)
    assert found.slugs == ("both", "one")
    assert found.is_widened


def test_a_filter_does_not_widen_a_question() -> None:
    index = an_index(
        *(a_practice(f"both-{i}", "youth council", facets={"theme": (str(i),)}) for i in range(5)),
        a_practice("one", "youth club", facets={"theme": ("0",)}),
    )
    assert index.search(PracticeFilter(q="youth council", theme=("0",)), NOTHING).slugs == ("both-0",)


def test_place_names_are_found_whole_in_any_spelling() -> None:
    index = an_index(
        a_practice(
            "lebanon", "Youth office", place_names=("Tripoli (Lebanon)", "طرابلس (لبنان)", "طرابلس الشام")
        ),
        a_practice(
            "libya", "Youth office", place_names=("Tripoli (Libya)", "طرابلس (ليبيا)", "طرابلس الغرب")
        ),
        a_practice("alqosh", "Youth office", place_names=("Alqosh", "القوش")),
        a_practice("amman", "Youth office", place_names=("عمّان",)),
    )
    assert slugs(index, "طرابلس") == slugs(index, "tripoli") == ("lebanon", "libya")
    assert slugs(index, "القوش") == ("alqosh",)
    assert slugs(index, "قوش") == ()
    assert slugs(index, "عمان") == slugs(index, "في عمّان") == slugs(index, "بعمان") == ("amman",)


def test_a_place_in_a_widened_question_is_not_given_up() -> None:
    index = an_index(
        a_practice("here", "Peace", place_names=("Iraq",)),
        *(a_practice(f"there-{i}", "Peace committees", place_names=("Libya",)) for i in range(6)),
    )
    assert slugs(index, "peace committees Iraq") == ("here",)


def test_questions_in_one_language_find_practices_of_another_by_concept() -> None:
    thesaurus = Thesaurus({"hate-speech": [Term("en", "Hate speech"), Term("ar", "خطاب الكراهية")]}, {}, ())
    index = an_index(a_practice("french", "Les mots qui blessent", "fr", concepts=("hate-speech",)))
    assert slugs(index, "خطاب الكراهية", thesaurus) == ("french",)
    assert slugs(index, "خطاب الكراهية") == ()


def test_synonyms_act_when_the_question_is_asked() -> None:
    index = an_index(a_practice("plural", "خطط محلية", "ar"))
    assert slugs(index, "خطة") == ()
    assert slugs(index, "خطة", Thesaurus({}, {}, [[Term("ar", "خطة"), Term("ar", "خطط")]])) == ("plural",)


def test_equally_good_practices_stand_by_slug_whenever_they_came() -> None:
    index = an_index(*(a_practice(slug, "same") for slug in ("c", "a", "d")))
    with index.writing() as batch:
        batch.put([a_practice("b", "same")])
        batch.commit(Position(2))
    assert slugs(index, "same") == ("a", "b", "c", "d")
    pages = [index.search(PracticeFilter(q="same", page=p, size=3), NOTHING).slugs for p in (1, 2, 3)]
    assert pages == [("a", "b", "c"), ("d",), ()]


def test_a_question_without_words_finds_nothing() -> None:
    found = an_index(a_practice("it", "de")).search(PracticeFilter(q="?!"), NOTHING)
    assert (found.slugs, found.total) == ((), 0)
    assert slugs(an_index(a_practice("it", "de")), "de") == ("it",)


HOSTILE = st.text(max_size=200) | st.lists(
    st.sampled_from(
        ['"', "(", "title:", "AND", "OR", "*", "~", "^", "[a TO", "\x00", "ال", "و", "=", "~x", "¦", "/"]
    )
).map(" ".join)


@given(HOSTILE)
@settings(max_examples=200, deadline=None)
def test_no_question_is_refused(question: str) -> None:
    found = SMALL.search(PracticeFilter(q=question), SMALL_THESAURUS)
    assert 0 <= len(found.slugs) <= found.total <= 3


SMALL_THESAURUS = Thesaurus({"youth": [Term("en", "Youth"), Term("ar", "الشباب")]}, {}, ())
SMALL = an_index(
    a_practice("a", 'AND "title: (plan)*', concepts=("youth",)),
    a_practice("b", "والشباب", "ar"),
    a_practice("c", "x / ~y ^2"),
)


# --- filters, orders and counts ----------------------------------------------------------------------

CODES = ("a", "b", "c")
SOME_CODES = st.lists(st.sampled_from(CODES), max_size=3, unique=True).map(tuple)
ORACLE_FACETS = ("theme", "country", "evidence")


@st.composite
def libraries(draw: st.DrawFn) -> list[IndexedPractice]:
    return [
        a_practice(
            f"p{number:02d}",
            draw(st.sampled_from(["alpha", "alpha beta", "gamma"])),
            facets={facet: draw(SOME_CODES) for facet in ORACLE_FACETS},
            evidence=draw(st.integers(0, 5)),
            published=draw(st.integers(0, 3)),
            started=draw(st.none() | st.integers(0, 3)),
            confirmed=draw(st.none() | st.integers(0, 3)),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


def matches(practice: IndexedPractice, filter_: PracticeFilter, ignoring: str = "") -> bool:
    words = practice.texts["en"]["title"].split()
    if filter_.q and filter_.q not in words:
        return False
    return all(
        facet == ignoring or {*codes} & {*practice.facets.get(facet, ())}
        for facet, codes in filter_.selected().items()
    )


def in_order(practices: Sequence[IndexedPractice], order: Sort) -> list[str]:
    def fall(number: int | None) -> int:
        return 1 if number is None else -number

    def place(p: IndexedPractice) -> tuple[int, int, int, str]:
        first = {Sort.EVIDENCE: -p.evidence, Sort.RECENTLY_CONFIRMED: fall(p.confirmed)}.get(order, 0)
        return first, -p.published, fall(p.started), p.slug

    return [p.slug for p in sorted(practices, key=place)]


@given(
    libraries(),
    st.sampled_from(["", "alpha", "beta"]),
    st.fixed_dictionaries(dict.fromkeys(ORACLE_FACETS, SOME_CODES)),
    st.sampled_from([Sort.NEWEST, Sort.EVIDENCE, Sort.RECENTLY_CONFIRMED]),
    st.integers(1, 3),
)
@settings(max_examples=60, deadline=None)
def test_filters_counts_and_orders_are_those_of_a_plain_count(
    library: list[IndexedPractice], q: str, chosen: dict[str, tuple[str, ...]], sort: Sort, page: int
) -> None:
    filter_ = PracticeFilter(q=q, sort=sort, page=page, size=5, **chosen)
    found = an_index(*library).search(filter_, NOTHING)
    expected = in_order([p for p in library if matches(p, filter_)], sort)
    assert found.total == len(expected)
    assert list(found.slugs) == expected[(page - 1) * 5 : page * 5]
    for facet in FACETS:
        counted = Counter(
            code for p in library if matches(p, filter_, facet) for code in p.facets.get(facet, ())
        )
        assert found.facet_counts[facet] == counted
