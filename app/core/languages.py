"""The three languages, and texts that exist in several of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Literal

Language = Literal["ar", "fr", "en"]

LANGUAGES: tuple[Language, ...] = ("ar", "fr", "en")
DEFAULT_LANGUAGE: Language = "en"
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ur"})


class Translation(StrEnum):
    """How a text in one language came about."""

    ORIGINAL = "original"
    HUMAN = "human"
    REVIEWED = "reviewed"
    MACHINE_DRAFT = "machine draft"
    OUT_OF_DATE = "out of date"
    MISSING = "missing"


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The writing direction of a BCP 47 language tag."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def source_hash(text: str) -> str:
    """A short fingerprint of a source text; tells later whether a translation is out of date."""
    return sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text as one reader gets it: perhaps in another language than asked for."""

    text: str
    language: str
    wanted: str
    status: Translation = Translation.ORIGINAL

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Direction of the text itself."""
        return direction(self.language)

    @property
    def is_fallback(self) -> bool:
        """Whether the text stands in for a missing translation."""
        return self.language != self.wanted

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class MultiText:
    """A text in its source language and its translations.

    `texts` maps a language to (text, status). Empty texts are left out.
    """

    source: str
    texts: Mapping[str, tuple[str, Translation]]

    def in_language(self, wanted: str) -> LocalText | None:
        """The text for a reader of `wanted`: in that language, else the source, else any other.

        None when the text exists in no language (shown as "not reported").
        """
        for language in (wanted, self.source, DEFAULT_LANGUAGE, *sorted(self.texts)):
            if language in self.texts:
                text, status = self.texts[language]
                return LocalText(text, language, wanted, status)
        return None

    def dump(self) -> dict[str, Any]:
        """A JSON form: `{"source": "en", "texts": {"en": ["…", "original"]}}`."""
        return {"source": self.source, "texts": {k: [t, str(s)] for k, (t, s) in self.texts.items()}}

    @classmethod
    def load(cls, value: Mapping[str, Any] | None) -> "MultiText":
        """The inverse of `dump`; None gives an empty text."""
        if not value:
            return cls(DEFAULT_LANGUAGE, {})
        return cls(value["source"], {k: (t, Translation(s)) for k, (t, s) in value["texts"].items()})

    @classmethod
    def of(cls, names: Mapping[str, str | None], source: str = DEFAULT_LANGUAGE) -> "MultiText":
        """From plain texts per language, all of equal standing (names, labels)."""
        return cls(source, {k: (v, Translation.ORIGINAL) for k, v in names.items() if v})

    def __bool__(self) -> bool:
        return bool(self.texts)


def negotiate(accept_language: str | None, available: Iterable[Language] = LANGUAGES) -> Language:
    """The best language for an `Accept-Language` header; English when nothing fits.

    Source: RFC 9110 section 12.5.4 (weights), without wildcards for sub-tags.
    """
    offered = list(available)
    wishes: list[tuple[float, int, str]] = []
    for position, part in enumerate((accept_language or "")[:500].split(",")):
        tag, _, rest = part.strip().partition(";")
        weight = 1.0
        if rest.strip().startswith("q="):
            try:
                weight = float(rest.strip()[2:])
            except ValueError:
                weight = 0.0
        if tag and weight > 0:
            wishes.append((-weight, position, tag.split("-")[0].lower()))
    for _, _, tag in sorted(wishes):
        for language in offered:
            if tag == language:
                return language
    return DEFAULT_LANGUAGE
