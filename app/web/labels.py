"""Words for the codes of our own lists (stages, states, scales …) in the reader's language."""

from collections.abc import Mapping
from typing import Any

from app.core.languages import Language
from app.core.messages import noop
from app.web.i18n import translator

LABELS: Mapping[str, Mapping[str, str]] = {
    "publication": {
        "draft": noop("Draft"),
        "submitted": noop("Submitted"),
        "in review": noop("In review"),
        "published": noop("Published"),
        "archived": noop("Archived"),
    },
    "stage": {
        "planned": noop("Planned"),
        "pilot": noop("Pilot"),
        "running": noop("Running"),
        "ended": noop("Ended"),
        "paused": noop("Paused"),
        "absorbed": noop("Absorbed into regular services"),
        "unknown": noop("Not known"),
    },
    "practice-kind": {
        "programme": noop("Programme"),
        "structure": noop("Structure"),
        "policy/plan": noop("Policy or plan"),
        "tool": noop("Tool"),
        "event series": noop("Event series"),
        "service": noop("Service"),
    },
    "scale": {
        "neighbourhood": noop("Neighbourhood"),
        "city": noop("City"),
        "inter-city": noop("Several cities"),
        "governorate": noop("Governorate or region"),
        "national": noop("National"),
    },
    "evidence": {
        "0": noop("Reported"),
        "1": noop("Described"),
        "2": noop("Monitored"),
        "3": noop("Compared"),
        "4": noop("Independently evaluated"),
        "5": noop("Replicated"),
    },
    "effect": {
        "positive": noop("Positive"),
        "mixed": noop("Mixed"),
        "none found": noop("None found"),
        "harm found": noop("Harm found"),
        "not assessed": noop("Not assessed"),
    },
    "translation": {
        "original": noop("Original"),
        "human": noop("Translated by a person"),
        "reviewed": noop("Translated and reviewed"),
        "machine draft": noop("Machine draft, not reviewed"),
        "out of date": noop("Translation out of date"),
        "missing": noop("Not yet translated"),
    },
    "place-kind": {
        "city": noop("City"),
        "district": noop("District"),
        "governorate_or_region": noop("Governorate or region"),
        "country": noop("Country"),
        "sub_city_area": noop("Area within a city"),
    },
    "facet": {
        "theme": noop("Theme"),
        "threat": noop("Concern or threat"),
        "need": noop("Need"),
        "country": noop("Country"),
        "city": noop("City"),
        "target_group": noop("Target group"),
        "intervention": noop("Type of intervention"),
        "prevention_level": noop("Level of prevention"),
        "evidence": noop("Evidence"),
        "year": noop("Year of start"),
        "language": noop("Original language"),
    },
    "sort": {
        "relevance": noop("Relevance"),
        "newest": noop("Newest"),
        "evidence": noop("Evidence"),
        "recently-confirmed": noop("Recently confirmed"),
    },
}


def label(language: Language, group: str, code: Any) -> str:
    """The word for `code` of the list `group`; raises KeyError for a code that has none.

    The group `language` is named by CLDR; a language unknown there keeps its code.
    """
    if group == "language":
        return str(translator(language).locale.languages.get(str(code), code))
    return translator(language).gettext(LABELS[group][str(code)])
