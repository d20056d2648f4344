"""Words for the codes of our own lists (stages, states, scales …) in the reader's language."""

from collections.abc import Mapping
from typing import Any

from app.core.languages import Language
from app.core.messages import noop
from app.web.i18n import translator
from app.web.labels_audit import AUDIT_LABELS
from app.web.labels_cities import CITY_LABELS
from app.web.labels_consultations import CONSULTATION_LABELS
from app.web.labels_events import EVENT_LABELS
from app.web.labels_hub import HUB_LABELS
from app.web.labels_manage import MANAGE_LABELS

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
    "origin": {
        "desk research": noop("Desk research by the hub"),
        "written here": noop("Written by the city in Medina"),
    },
    "practice-place": {
        "home": noop("Where it is carried out"),
        "replicated": noop("Where it was taken up"),
        "venue": noop("Where a meeting took place"),
    },
    "support-kind": {
        "administrative": noop("Administrative support"),
        "financial": noop("Financial support"),
        "political": noop("Political support"),
        "technical": noop("Technical support"),
    },
    "confidence": {"high": noop("High"), "medium": noop("Medium"), "low": noop("Low")},
    "basis": {
        "source": noop("As the sources say"),
        "perception": noop("What people perceive"),
        "incident data": noop("Data on incidents"),
        "study": noop("A study"),
    },
    "practice-field": {
        "title": noop("Title"),
        "one_line": noop("In one line"),
        "summary": noop("Summary"),
        "problem": noop("Situation before"),
        "objectives": noop("Aims"),
        "theory_of_change": noop("Why it should work"),
        "activities": noop("Activities"),
        "enabling_conditions": noop("What made it possible"),
        "difficulties": noop("Difficulties, and what failed"),
        "lessons": noop("Lessons"),
        "sustainability": noop("How it lasts"),
        "transferability": noop("What other cities should know"),
        "participation": noop("Part taken by the people concerned"),
        "rights_note": noop("Rights, gender and doing no harm"),
        "risks": noop("Risks and how they are met"),
        "evidence_note": noop("Why this level of evidence"),
    },
    "transfer-point": {
        "context-described": noop("The context is described"),
        "core-and-adaptable-parts": noop("Core parts and adaptable parts are told apart"),
        "cost-and-staffing": noop("Cost and staffing are known"),
        "legal-mandate": noop("Dependence on laws and mandates is stated"),
        "partner-dependency": noop("Dependence on partners is stated"),
        "materials-available": noop("Materials exist in Arabic, French or English"),
        "tried-elsewhere": noop("It was tried in another place"),
        "contact-willing": noop("A contact is willing to advise peers"),
    },
    "transfer-score": {"0": noop("No"), "1": noop("In part"), "2": noop("Yes")},
    "rights-question": {
        "lawful-basis": noop("Is there a lawful basis and a clear purpose for what is done?"),
        "no-profiling": noop("Is nobody profiled by religion, ethnicity, origin or belief?"),
        "voluntary": noop("Is taking part voluntary, with nothing gathered covertly through services?"),
        "personal-data": noop("Are personal data few, held with consent and never published?"),
        "safety": noop("Was the safety of participants, staff and communities assessed, reprisals too?"),
        "children": noop("Are children safeguarded, with the consent of their guardians?"),
        "equality": noop("Was it asked who could be left out or stigmatised, even by the name?"),
        "gender": noop("Were needs by gender studied, women part of decisions, and violence considered?"),
        "participation": noop("Did youth, minorities and persons with disabilities take part in the design?"),
        "expression": noop("Are expression, assembly and religion left free, without censorship?"),
        "complaints": noop("Is there a way to complain and to be heard?"),
        "security-services": noop("Is the role of security services stated, with its limits?"),
        "unintended-effects": noop("Are unintended effects watched, and is it known when to stop?"),
        "language-and-images": noop("Were language and images checked for harm?"),
    },
    "rights-answer": {
        "yes": noop("Yes"),
        "partly": noop("In part"),
        "no": noop("No"),
        "not applicable": noop("Does not apply"),
    },
    "account-role": {
        "practitioner": noop("Practitioner"),
        "partner": noop("Partner"),
        "city contributor": noop("City contributor"),
        "city lead": noop("City lead"),
        "reviewer": noop("Reviewer"),
        "hub analyst": noop("Hub analyst"),
        "hub editor": noop("Hub editor"),
        "hub admin": noop("Hub administrator"),
        "auditor": noop("Auditor"),
    },
    "account-role-hint": {
        "practitioner": noop("Reads what the members of the network share."),
        "partner": noop("Also reads what cities share with partners, in the places chosen below."),
        "city contributor": noop("Writes consultations of the city; the lead sends them."),
        "city lead": noop(
            "Writes and sends consultations of the city, withdraws them, invites contributors."
        ),
        "reviewer": noop(
            "Reads what cities have sent, notes that it was read, translates it and follows up needs."
        ),
        "hub analyst": noop("Reads what cities have sent, and changes nothing."),
        "hub editor": noop(
            "Also publishes, gives back and archives; keeps the library and the hub's record."
        ),
        "hub admin": noop("Invites people and gives roles; reads no consultations."),
        "auditor": noop("Reads who saw and changed what, and nothing else."),
    },
    "audience": {
        "network": noop("For members of the network only"),
        "partners": noop("For partners only"),
    },
    "account-state": {
        "active": noop("Active"),
        "suspended": noop("Suspended"),
        "left": noop("Has left"),
    },
    "invitation-state": {
        "open": noop("Open"),
        "accepted": noop("Accepted"),
        "revoked": noop("Taken back"),
        "expired": noop("Expired"),
    },
    "token-scope": {
        "read:library": noop("Read the library"),
        "read:aggregate": noop("Read figures and support"),
        "read:own-consultations": noop("Read the consultations of your own city"),
        "write:consultations": noop("File consultations of your own city"),
    },
    "mark": {"lowest": noop("Lowest"), "highest": noop("Highest")},
    "verdict": {"holds": noop("Holds"), "does not": noop("Does not hold"), "unknown": noop("Not known")},
    "population-band": {
        "town": noop("Town of under 50,000"),
        "small": noop("Small city, 50,000 to 200,000"),
        "medium": noop("Medium-sized city, 200,000 to 500,000"),
        "metropolitan": noop("Large city, 500,000 to 1.5 million"),
        "large": noop("Very large city, over 1.5 million"),
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
        "kind": noop("Kind of place"),
        "membership": noop("Membership"),
    },
    "sort": {
        "relevance": noop("Relevance"),
        "newest": noop("Newest"),
        "evidence": noop("Evidence"),
        "recently-confirmed": noop("Recently confirmed"),
    },
    **AUDIT_LABELS,
    **CITY_LABELS,
    **CONSULTATION_LABELS,
    **EVENT_LABELS,
    **HUB_LABELS,
    **MANAGE_LABELS,
}


def label(language: Language, group: str, code: Any) -> str:
    """The word for `code` of the list `group`; raises KeyError for a code that has none.

    The group `language` is named by CLDR, else by us; a language unknown to both keeps its code.
    """
    if group == "language" and code not in LABELS[group]:
        return str(translator(language).locale.languages.get(str(code), code))
    return translator(language).gettext(LABELS[group][str(code)])
