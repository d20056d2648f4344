"""What may be chosen in the forms of the hub, in the editor's language."""

from collections.abc import Sequence

from app.core.languages import LANGUAGES
from app.core.text import sort_key
from app.features.wording.views import Shelf
from app.routers.pages.manage.fields import Sections, fields_of
from app.routers.pages.manage.sheet import Choices
from app.web.i18n import Translator
from app.web.labels import LABELS, label

LANGUAGES_OF_SOURCES = (
    *("ar", "fr", "en"),
    *("am", "bn", "bs", "ca", "ckb", "cs", "da", "de", "el", "es", "eu", "fa", "fi", "fil", "gl", "ha"),
    *("he", "hi", "hr", "hu", "id", "it", "kab", "ku", "lt", "lv", "mk", "ms", "nb", "nl", "pl", "ps"),
    *("pt", "ro", "ru", "rw", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "th", "ti", "tr"),
    *("uk", "ur", "uz", "vi", "zgh", "zh"),
)
"""Languages that sources of practices are likely to be written in; the three of Medina first."""

STATES_OF_TRANSLATIONS = ("human", "reviewed", "machine draft", "out of date")


def choices_for(sections: Sections, shelf: Shelf, words: Translator, more: Choices) -> Choices:
    """All lists that these sections name; those of `more` are given."""
    named = {one.options for field in fields_of(sections) for one in (field, *field.fields) if one.options}
    found = {name: more[name] if name in more else _choices(name, shelf, words) for name in named}
    found["labels:translation"] = [
        (code, label(words.language, "translation", code)) for code in STATES_OF_TRANSLATIONS
    ]
    return found


def _choices(name: str, shelf: Shelf, words: Translator) -> Sequence[tuple[str, str]]:
    kind, _, group = name.partition(":")
    language = shelf.language
    if kind == "labels":
        return [(code, label(language, group, code)) for code in LABELS[group]]
    if kind == "concepts":
        return [(one.code, one.label(language)) for one in shelf.vocabulary.scheme(group)]
    if kind == "our-languages":
        return [(code, label(language, "language", code)) for code in LANGUAGES]
    if kind == "languages":
        return [(code, label(language, "language", code)) for code in LANGUAGES_OF_SOURCES]
    if kind == "countries":
        return countries(shelf)
    if kind == "places":
        return places(shelf, words)
    raise KeyError(name)


def countries(shelf: Shelf) -> list[tuple[str, str]]:
    """All real countries by name."""
    gazetteer = shelf.gazetteer
    named = [(code, gazetteer.country_name(code, shelf.language)) for code in gazetteer.real_countries()]
    return sorted(named, key=lambda pair: sort_key(pair[1]))


def places(shelf: Shelf, words: Translator) -> list[tuple[str, str]]:
    """All real places by name, each with its country: two cities may have the same name."""
    found: list[tuple[str, str]] = []
    for id_, place in shelf.gazetteer.places.items():
        if place.is_illustration:
            continue
        name = place.name(shelf.language)
        if place.kind != "country":
            country = shelf.gazetteer.country_name(place.country_code, shelf.language)
            name = words.gettext("%(city)s, %(country)s", city=name, country=country)
        found.append((id_, name))
    return sorted(found, key=lambda pair: sort_key(pair[1]))
