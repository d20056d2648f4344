"""Reading questions: synonyms, concepts, misspellings; and highlights in the original text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.features.search.rules.highlight import Segment, highlight
from app.features.search.rules.interpretation import correct, interpret, marks_of, place_forms
from app.features.search.rules.thesaurus import Term, Thesaurus

LABELS = {
    "polarisation": [Term("en", "Polarisation"), Term("ar", "الاستقطاب المجتمعي")],
    "extremist-recruitment": [Term("en", "Recruitment by violent extremist groups"), Term("ar", "التجنيد")],
    "hate-speech": [
        Term("en", "Hate speech"),
        Term("fr", "Discours de haine"),
        Term("ar", "خطاب الكراهية"),
    ],
    "youth-unemployment": [Term("en", "Youth unemployment and exclusion")],
}
ALIASES = {"polarisation": [Term("ar", "الاستقطاب")], "hate-speech": [Term("fr", "propos haineux")]}
SYNONYMS = [
    [Term("ar", "خطة"), Term("ar", "خطط"), Term("fr", "plan")],
    [Term("ar", "استقطاب"), Term("ar", "تجنيد"), Term("en", "recruitment")],
    [Term("ar", "مائدة مستديرة"), Term("ar", "طاولة مستديرة"), Term("en", "round table")],
]
THESAURUS = Thesaurus(LABELS, ALIASES, SYNONYMS)


def concepts(question: str) -> set[str]:
    return {code for run in interpret(question, THESAURUS).runs for code in run.meaning.concepts}


@pytest.mark.parametrize(
    "question",
    [
        "hate speech",
        "HATE SPEECHES",
        "discours de haine",
        "propos haineux",
        "خطاب الكراهيه",
        "وخطاب الكراهية",
    ],
)
def test_a_concept_is_named_by_any_label_in_any_language(question: str) -> None:
    assert concepts(question) == {"hate-speech"}


def test_one_arabic_word_names_two_concepts() -> None:
    assert concepts("استقطاب") == {"polarisation", "extremist-recruitment"}


def test_part_of_a_name_points_to_the_concept() -> None:
    (run,) = interpret("unemployed", THESAURUS).runs
    assert run.meaning.related == {"youth-unemployment"}


def test_synonyms_find_each_other_across_languages() -> None:
    (run,) = interpret("خطط", THESAURUS).runs
    assert run.meaning.terms == {("خطه",), ("plan",)}


def test_a_synonym_may_be_several_words() -> None:
    (run,) = interpret("طاولات مستديرة", THESAURUS).runs or (None,)
    assert run is not None
    assert (run.first, run.end) == (0, 2)
    assert ("round", "tabl") in run.meaning.terms


def test_misspelt_words_are_read_as_the_nearest_word() -> None:
    question = interpret("hate spech", THESAURUS)
    corrected = correct(question, (1,), THESAURUS)
    assert corrected.words == ("hate", "speech")
    assert corrected.misspelt == {1: "spech"}
    assert {code for run in corrected.runs for code in run.meaning.concepts} == {"hate-speech"}
    assert correct(interpret("xyz", THESAURUS), (0,), THESAURUS).words == ("xyz",)


def test_place_names_keep_their_article() -> None:
    assert place_forms("القوش") == ("=القوش",)
    assert place_forms("بالموصل") == ("=بالموصل", "=الموصل")


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "ar", "sv"]), st.text(max_size=30))
def test_segments_make_up_the_text(text: str, language: str, question: str) -> None:
    marks = marks_of(
        correct(interpret(question, THESAURUS), (0,) if interpret(question, THESAURUS) else (), THESAURUS)
    )
    assert "".join(segment.text for segment in highlight(text, language, marks)) == text


def test_marks_follow_the_spelling_of_the_text() -> None:
    assert highlight("Les réseaux locaux", "fr", marks_of(interpret("RESEAU", THESAURUS))) == (
        Segment("Les "),
        Segment("réseaux", marked=True),
        Segment(" locaux"),
    )
    assert highlight("مع الشبابِ.", "ar", marks_of(interpret("شبابية", THESAURUS)))[1] == Segment(
        "الشبابِ", marked=True
    )


def test_marks_cover_synonyms_and_misspellings() -> None:
    assert Segment("plan", marked=True) in highlight("A plan", "fr", marks_of(interpret("خطة", THESAURUS)))
    misspelt = marks_of(correct(interpret("netwrok", THESAURUS), (0,), THESAURUS))
    assert highlight("Network", "en", misspelt) == (Segment("Network", marked=True),)
