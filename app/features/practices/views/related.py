"""Related practices, each with the reason why."""

from dataclasses import dataclass

from app.features.practices.rules.related import Relation
from app.features.practices.views.cards import PracticeCard
from app.features.wording.views import Shelf


@dataclass(frozen=True, slots=True)
class RelatedPractice:
    """A practice that shares something: needs and themes, ways of working, countries, each as a phrase.

    A phrase is empty where nothing of its kind is shared.
    """

    card: PracticeCard
    subjects: str
    interventions: str
    countries: str


def related_practice(card: PracticeCard, relation: Relation, shelf: Shelf) -> RelatedPractice:
    """The reasons of a relation in the reader's words."""

    def phrase(*facets: str) -> str:
        codes = [code for facet in facets for code in relation.shared.get(facet, ())]
        return shelf.listed([shelf.vocabulary.label(code, shelf.language) for code in codes])

    countries = relation.shared.get("country", ())
    return RelatedPractice(
        card=card,
        subjects=phrase("need", "threat", "theme"),
        interventions=phrase("intervention"),
        countries=shelf.listed([shelf.gazetteer.country_name(code, shelf.language) for code in countries]),
    )
