"""How texts become words, stems and forms, in three scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.features.search.rules.arabic import light_stem, strip_article, without_preposition
from app.features.search.rules.edits import allowed_edits, within_edits
from app.features.search.rules.folding import fold, fold_with_origins
from app.features.search.rules.stems import stems
from app.features.search.rules.stopwords import STOPWORDS
from app.features.search.rules.tokens import all_forms, content_words, index_forms, name_forms, tokens, words

ANY_TEXT = st.text(max_size=80) | st.text(
    alphabet="aéß ﬁİ½²\u202f\u200b\u0640\u064eأإآٱىةؤئ٣۳ﷺ'-_", max_size=40
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Évaluation", "evaluation"),
        ("CŒUR Ærø İzmir Łódź", "coeur aero izmir lodz"),
        ("10\u202f000\u00a0€", "10 000 €"),
        ("الأَمْـــن", "الامن"),
        ("أ إ آ ٱ ى ئ ؤ", "ا ا ا ا ي ي و"),
        ("٢٠٢٣ ۲۰۲۳", "2023 2023"),
        ("\u202bعمّان\u202c\u200f\u200b", "عمان"),
        ("کركوك ﻻ", "كركوك لا"),
        ("ﬁnance", "finance"),
    ],
)
def test_spellings_become_equal(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded = fold_with_origins(text)
    assert folded.text == fold(text)
    assert len(folded.origins) == len(folded.text)
    assert all(0 <= origin < len(text) for origin in folded.origins)


@given(ANY_TEXT)
def test_offsets_point_at_the_word_in_the_original(text: str) -> None:
    found = tokens(text)
    assert [token.text for token in found] == words(text)
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert token.text in words(text[token.start : token.end])


def test_vowel_signs_belong_to_their_word() -> None:
    text = "في عمّانَ، غدًا"
    assert [text[token.start : token.end] for token in tokens(text)] == ["في", "عمّانَ", "غدًا"]


def test_apostrophes_and_hyphens_part_words() -> None:
    assert words("l’extrémisme d'aujourd'hui, M'diq-Fnideq") == [
        *("l", "extremisme", "d", "aujourd", "hui", "m", "diq", "fnideq")
    ]


@pytest.mark.parametrize("word", ["الشباب", "شبابية", "للشباب", "والشباب", "بالشباب", "فالشباب", "وللشباب"])
def test_arabic_clitics_and_endings_meet(word: str) -> None:
    assert "شباب" in stems(fold(word), "ar")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("بلدية", "بلديات"),
        ("شبكة", "شبكات"),
        ("حملة", "الحملات"),
        ("بطالة", "بطاله"),
        ("لاجئ", "اللاجئين"),
        ("مكافحة", "لمكافحة"),
        ("نساء", "نسائية"),
        ("وساطة", "الوساطة"),
        ("حل", "وحل"),
    ],
)
def test_arabic_words_of_one_family_share_a_stem(one: str, other: str) -> None:
    assert {*stems(fold(one), "ar")} & {*stems(fold(other), "ar")}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "polarisation", "polarized"),
        ("en", "neighbourhood", "neighborhoods"),
        ("en", "centre", "center"),
        ("en", "programmes", "program"),
        ("fr", "déplacées", "déplacé"),
        ("fr", "réseau", "réseaux"),
        ("fr", "locaux", "local"),
    ],
)
def test_words_of_one_family_share_a_stem(language: str, one: str, other: str) -> None:
    assert {*stems(fold(one), language)} & {*stems(fold(other), language)}


def test_languages_without_a_stemmer_are_only_folded() -> None:
    assert stems("malmo", "sv") == ()
    assert index_forms("Malmö", "sv") == "=malmo ¦ ~malmo ¦ ¦"


def test_words_and_stems_never_collide() -> None:
    word, *rest = all_forms("شباب")
    assert word == "=شباب"
    assert "~شباب" in rest


def test_stop_words_are_indexed_as_words_but_leave_no_gap_between_stems() -> None:
    assert (
        index_forms("Plan d'action de l'Aïn", "fr") == "=plan =d =action =de =l =ain ¦ ~plan ~action ~ain ¦ ¦"
    )
    assert content_words("le plan d'action") == ["plan", "action"]
    assert content_words("de la") == ["de", "la"]
    assert all(fold(word) == word for word in STOPWORDS)


def test_names_keep_their_article() -> None:
    assert name_forms("القوش") == "=القوش ¦"
    assert strip_article("القوش") == "قوش"
    assert without_preposition("للموصل") == "الموصل"
    assert without_preposition("بتونس") == "تونس"


@given(st.text(alphabet="ابتوفكلنهيةءمس", min_size=1, max_size=12))
def test_a_light_stem_is_never_empty_and_stays(word: str) -> None:
    assert light_stem(strip_article(word))
    assert light_stem(light_stem(word)) == light_stem(word)


@given(st.text(max_size=30), st.sampled_from(["en", "fr", "ar", "sv"]))
def test_any_word_has_forms(text: str, language: str) -> None:
    for word in words(text):
        assert all(stems(word, language) or (word,))
        assert all(" " not in form for form in all_forms(word))


@pytest.mark.parametrize(
    ("word", "edits"), [("من", 0), ("ngo", 0), ("plan", 1), ("الامن", 1), ("policing", 2), ("المجتمعي", 2)]
)
def test_longer_words_forgive_more(word: str, edits: int) -> None:
    assert allowed_edits(word) == edits


@given(
    st.text(alphabet="abcاب", max_size=8),
    st.integers(0, 7),
    st.sampled_from(["drop", "add", "change", "swap"]),
)
def test_one_slip_is_one_edit(word: str, position: int, slip: str) -> None:
    at = min(position, max(0, len(word) - 1))
    slipped = {
        "drop": word[:at] + word[at + 1 :],
        "add": word[:at] + "x" + word[at:],
        "change": word[:at] + "x" + word[at + 1 :],
        "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[slip]
    assert within_edits(word, slipped, 1)
    assert within_edits(slipped, word, 1)


def test_far_words_are_far() -> None:
    assert not within_edits("mosque", "mosaic", 1)
    assert within_edits("netwrok", "network", 1)
    assert not within_edits("شبكة", "مدرسة", 2)
