"""What turns questions and codes into words for one reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.languages import Language
from app.features.consultations.rules.questionnaire import Question, Source
from app.features.places.views import Gazetteer
from app.features.vocabulary.views import Vocabulary


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose from."""

    code: str
    label: str
    hint: str | None = None


Offers = Mapping[str, tuple[Option, ...]]
"""What this city can choose: places nearby, earlier consultations, events, practices."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Vocabulary, places and words in one language; `say` translates message ids."""

    vocabulary: Vocabulary
    gazetteer: Gazetteer
    language: Language
    word: Callable[[str, str], str]
    say: Callable[..., str]
    offers: Offers = field(default_factory=dict)

    def options(self, question: Question, chosen: Sequence[str] = ()) -> tuple[Option, ...]:
        """The answers to choose from, in order; what was chosen before stays one of them."""
        offered = self._offered(question)
        if question.source is not Source.OFFERED:
            return offered
        known = {option.code for option in offered}
        elsewhere = (Option(code, self._elsewhere(question, code)) for code in chosen if code not in known)
        return (*offered, *elsewhere)

    def _offered(self, question: Question) -> tuple[Option, ...]:
        if question.source is Source.CONCEPTS:
            concepts = self.vocabulary.scheme(question.of)
            return tuple(Option(concept.code, concept.label(self.language)) for concept in concepts)
        if question.source is Source.OFFERED:
            return self.offers.get(question.of, ())
        return tuple(
            Option(code, self.word(question.of, code), self._hint(question, code)) for code in question.codes
        )

    def _hint(self, question: Question, code: str) -> str | None:
        return self.word(f"{question.of}-hint", code) if question.has_hints else None

    def chosen(self, question: Question, codes: list[str]) -> tuple[str, ...]:
        """The words for chosen codes; a code that cannot be chosen stays as it is."""
        if question.source is None:
            return tuple(codes)
        labels = {option.code: option.label for option in self.options(question, codes)}
        return tuple(labels.get(code, code) for code in codes)

    def _elsewhere(self, question: Question, code: str) -> str:
        """A code chosen once that is no longer offered, such as a place of another country."""
        return self.gazetteer.place_name(code, self.language) if question.of == "places" else code

    def place(self, place_id: str) -> str:
        """The name of a place."""
        return self.gazetteer.place_name(place_id, self.language)

    def country_of(self, place_id: str) -> str:
        """The short name of the country of a place."""
        place = self.gazetteer.places.get(place_id)
        return self.gazetteer.country_name(place.country_code, self.language) if place else ""
