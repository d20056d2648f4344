"""What readers see in three languages: plurals, words for codes, numbers and dates."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from babel import Locale

from app.core.languages import LANGUAGES, Language, Translation
from app.core.sensitivity import Sensitivity
from app.features.audit.commands import Event, Outcome
from app.features.cities.rules.standing import Standing
from app.models import base, consultation, hub, place, practice
from app.web.i18n import LANGUAGE_NAMES, catalogue, translator
from app.web.labels import LABELS, label
from scripts.translations import read

NUMBERS = (0, 1, 2, 3, 11, 100)
"""One for each of the six plural forms of Arabic."""

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_ARABIC = re.compile(r"[\u0621-\u064a]")

_CATALOGUES = {"ar": read("ar"), "fr": read("fr")}
_PLURALS = [
    ((str(one.id[0]), str(one.id[1])), [str(form) for form in one.string or ()])
    for one in _CATALOGUES["ar"]
    if isinstance(one.id, tuple | list)
]
_TEXTS = [str(one.id) for one in _CATALOGUES["ar"] if one.id and isinstance(one.id, str)]

# --- plurals and placeholders ---------------------------------------------------------------------


def _filled(*messages: str) -> dict[str, str]:
    """A value for every placeholder but the number."""
    names = {name for message in messages for name in _PLACEHOLDER.findall(message)}
    return {name: f"<{name}>" for name in names - {"num"}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_every_plural_is_a_sentence(language: Language, number: int) -> None:
    """No placeholder is left over, none is lost but the number where a word says it."""
    words = translator(language)
    assert _PLURALS
    for (one, many), _ in _PLURALS:
        params = _filled(one, many)
        text = words.ngettext(one, many, number, **params)
        assert not re.search(r"[%{}]", text)
        assert all(value in text for value in params.values()), text
        assert str(number) in text or (language == "ar" and number < 3), text
        assert language != "ar" or _ARABIC.search(text), text


def test_arabic_has_six_forms_for_every_plural() -> None:
    """All are written; none, one, two and a few are said in four ways."""
    for ids, forms in _PLURALS:
        assert len(forms) == 6, ids
        assert all(forms), ids
        assert len(set(forms[:4])) == 4, ids


@pytest.mark.parametrize(
    ("language", "names"),
    [("ar", ("zero", "one", "two", "few", "many", "other")), ("fr", ("one", "other"))],
)
def test_plural_rules_are_those_of_cldr(language: Language, names: tuple[str, ...]) -> None:
    """The catalogue picks the form that CLDR names; French says 0 as 1."""
    rule = Locale(language).plural_form
    chosen = catalogue(language).plural
    for number in range(250):
        assert names[chosen(number)] == rule(number), number


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_placeholder_is_filled(language: Language) -> None:
    """Sentences with names in them can be said with these names."""
    for text in _TEXTS:
        if params := _filled(text):
            said = translator(language).gettext(text, num="7", **params)
            assert "%(" not in said
            assert all(value in said for value in params.values()), said


# --- words for codes ------------------------------------------------------------------------------

ENUMS: dict[type[StrEnum], tuple[str, ...]] = {
    base.Attribution: ("attribution", "attribution-hint"),
    base.CountBasis: ("figure-qualifier", "how-many"),
    base.Publication: ("publication",),
    Sensitivity: ("sensitivity", "sensitivity-hint"),
    consultation.ApproachStatus: ("approach-status",),
    consultation.AssetKind: ("asset-kind",),
    consultation.Basis: ("basis",),
    consultation.CapacityLevel: ("capacity-level", "capacity-level-hint"),
    consultation.Channel: ("channel",),
    consultation.Confidence: ("confidence",),
    consultation.ConsultationState: ("consultation-state", "consultation-state-hint"),
    consultation.Discussed: ("discussed", "known"),
    consultation.Method: ("method",),
    consultation.NeedStatus: ("need-status",),
    consultation.Priority: ("priority",),
    consultation.ScoredBy: ("scored-by",),
    consultation.Trend: ("trend",),
    hub.EventFormat: ("event-format",),
    place.MembershipStatus: ("membership-status",),
    place.PlaceKind: ("place-kind",),
    practice.Effect: ("effect",),
    practice.Origin: ("origin",),
    practice.PartnerRole: ("partner-role",),
    practice.PracticeKind: ("practice-kind",),
    practice.PracticePlaceRole: ("practice-place",),
    practice.RightsAnswer: ("rights-answer",),
    practice.Scale: ("scale",),
    practice.Stage: ("stage",),
    practice.SupportKind: ("support-kind",),
    Event: ("audit-event",),
    Outcome: ("audit-outcome",),
    Standing: ("membership",),
    Translation: ("translation",),
}
"""The groups of words that name the codes of each list."""

MORE = {"basis": {"source"}, "figure-qualifier": {"not stated"}, "how-many": {"not known"}}
"""Codes with a word that the list itself does not have: what figures and lessons say beside it."""


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_lists_and_their_words_have_the_same_codes(kind: type[StrEnum]) -> None:
    """Nothing without a word, no word for what there is not."""
    for group in ENUMS[kind]:
        assert set(LABELS[group]) - MORE.get(group, set()) == {str(code) for code in kind}, group


def test_every_list_of_the_tables_has_words() -> None:
    """A new list needs a group of words."""
    modules = (base, consultation, hub, place, practice)
    found = {one for module in modules for one in vars(module).values() if isinstance(one, type)}
    assert {one for one in found if issubclass(one, StrEnum)} - {StrEnum} <= set(ENUMS)


@pytest.mark.parametrize("group", LABELS)
def test_codes_have_words_in_every_language(group: str) -> None:
    """In English as written, in Arabic in Arabic letters, in French translated, if to the same word."""
    for code, english in LABELS[group].items():
        assert label("en", group, code) == english
        arabic = label("ar", group, code)
        assert arabic != english, code
        assert _ARABIC.search(arabic), code
        french = _CATALOGUES["fr"].get(english)
        assert french is not None, code
        assert french.string, code


def test_words_of_a_group_tell_its_codes_apart() -> None:
    """No two codes of a list are shown with the same word, in any language."""
    for language in LANGUAGES:
        for group, codes in LABELS.items():
            said = [label(language, group, code) for code in codes]
            assert len(set(said)) == len(said), (language, group)


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_names(language: Language) -> None:
    """CLDR names most, we name one, an unknown one keeps its code."""
    assert label(language, "language", language) in (LANGUAGE_NAMES[language], "français")
    assert label(language, "language", "kmr") != "kmr"
    assert label(language, "language", "xx-nowhere") == "xx-nowhere"


def test_codes_without_words_are_an_error() -> None:
    """A mistake shows at once, not as a raw code on a page."""
    with pytest.raises(KeyError):
        label("ar", "stage", "nowhere")


# --- numbers, dates, EDTF -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", 1234567, "1,234,567"),
        ("fr", 1234567, "1\u202f234\u202f567"),
        ("ar", 1234567, "1,234,567"),
        ("en", 0.5, "0.5"),
        ("fr", 0.5, "0,5"),
        ("ar", 0.5, "0.5"),
        ("ar", 0, "0"),
        ("fr", None, ""),
    ],
)
def test_numbers(language: Language, number: float | None, text: str) -> None:
    """Grouped as readers of the language group, in Western digits, nothing for nothing."""
    assert translator(language).number(number) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "2 November 2026"), ("fr", "2 novembre 2026"), ("ar", "2 نوفمبر 2026")],
)
def test_days_and_moments(language: Language, text: str) -> None:
    """Day before month, months in words, Western digits."""
    words = translator(language)
    assert words.date(date(2026, 11, 2)) == words.date(datetime(2026, 11, 2, tzinfo=UTC)) == text
    moment = words.moment(datetime(2026, 11, 2, 14, 5, tzinfo=UTC))
    assert "2026" in moment
    assert "05" in moment
    assert not re.search(r"[\u0660-\u0669]", moment)
    assert words.date(None) == words.moment(None) == ""


@pytest.mark.parametrize(
    ("edtf", "english", "french", "arabic"),
    [
        ("2019", "2019", "2019", "2019"),
        ("٢٠١٩", "2019", "2019", "2019"),
        ("2019~", "about 2019", "vers 2019", "نحو 2019"),
        ("2019?", "about 2019", "vers 2019", "نحو 2019"),
        ("2023-03", "March 2023", "mars 2023", "مارس 2023"),
        ("2023-05-31", "31 May 2023", "31 mai 2023", "31 مايو 2023"),
        ("2023-03/..", "since March 2023", "depuis mars 2023", "منذ مارس 2023"),
        ("../2023", "until 2023", "jusqu’à 2023", "حتى 2023"),
        ("2023-21", "2023", "2023", "2023"),
        ("202X", "202X", "202X", "202X"),
        ("no date", "no date", "no date", "no date"),
        (None, "", "", ""),
    ],
)
def test_edtf(edtf: str | None, english: str, french: str, arabic: str) -> None:
    """About, since, until, months and days; what is no date is given back."""
    said = [translator(language).edtf(edtf) for language in ("en", "fr", "ar")]
    assert said == [english, french, arabic]


@pytest.mark.parametrize("language", LANGUAGES)
def test_edtf_from_to(language: Language) -> None:
    """Both ends of a span are said, the first one first."""
    words = translator(language)
    said = words.edtf("2023-05-31/2023-06-01~")
    first, last = words.date(date(2023, 5, 31)), words.edtf("2023-06-01~")
    assert 0 <= said.index(first) < said.index(last)
