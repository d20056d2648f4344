"""Who may call which route: the one table, deny by default.

A route without an entry stops the app at start. Which *records* a caller may see is decided
in the rules and statements of the slices; here it is only decided who may knock.
"""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.routing import RouteContext, iter_route_contexts

from app.core.actor import Actor, Persona
from app.core.errors import NotFound

EVERYBODY = frozenset(Persona)
OFFICIALS = frozenset({Persona.OFFICIAL})
EDITORS = frozenset({Persona.EDITOR})
OFFICIALS_AND_EDITORS = OFFICIALS | EDITORS

POLICY: Mapping[str, frozenset[Persona]] = {
    # health and documents
    "live": EVERYBODY,
    "ready": EVERYBODY,
    "openapi": EVERYBODY,
    "docs": EVERYBODY,
    # pages
    "root": EVERYBODY,
    "home": EVERYBODY,
    "persona": EVERYBODY,
    "impact": EVERYBODY,
    "evidence": EVERYBODY,
    "privacy": EVERYBODY,
    "about": EVERYBODY,
    "practices": EVERYBODY,
    "practices.csv": EVERYBODY,
    "practice": EVERYBODY,
    "practice.cite": EVERYBODY,
    "correction": EVERYBODY,
    "correction.send": EVERYBODY,
    "correction.sent": EVERYBODY,
    "compare": EVERYBODY,
    "compare.xlsx": EVERYBODY,
    "compare.csv": EVERYBODY,
    "compare.cities": EVERYBODY,
    "compare.cities.xlsx": EVERYBODY,
    "compare.cities.csv": EVERYBODY,
    "cities": EVERYBODY,
    "city": EVERYBODY,
    "events": EVERYBODY,
    "event": EVERYBODY,
    "consultations": EVERYBODY,
    "consultation.new": EVERYBODY,
    "consultation.start": OFFICIALS,
    "consultation": EVERYBODY,
    "consultation.check": OFFICIALS,
    "consultation.submit": OFFICIALS,
    "consultation.discard": OFFICIALS,
    "consultation.withdraw": OFFICIALS,
    "consultation.section": OFFICIALS,
    "consultation.section.save": OFFICIALS,
    "consultation.section.draft": OFFICIALS,
    # hub staff
    "manage": EDITORS,
    "manage.practices": EDITORS,
    "manage.practice.new": EDITORS,
    "manage.practice.create": EDITORS,
    "manage.practice": EDITORS,
    "manage.practice.save": EDITORS,
    "manage.practice.preview": EDITORS,
    "manage.places": EDITORS,
    "manage.place.new": EDITORS,
    "manage.place.create": EDITORS,
    "manage.place": EDITORS,
    "manage.place.save": EDITORS,
    "manage.sources": EDITORS,
    "manage.source.new": EDITORS,
    "manage.source.create": EDITORS,
    "manage.source": EDITORS,
    "manage.source.save": EDITORS,
    "manage.synonyms": EDITORS,
    "manage.synonym.new": EDITORS,
    "manage.synonym.create": EDITORS,
    "manage.synonym": EDITORS,
    "manage.synonym.save": EDITORS,
    "manage.records": EDITORS,
    "manage.record.new": EDITORS,
    "manage.record.create": EDITORS,
    "manage.record": EDITORS,
    "manage.record.save": EDITORS,
    "manage.corrections": EDITORS,
    "manage.correction.mark": EDITORS,
    "manage.consultation": EDITORS,
    "manage.consultation.statement": EDITORS,
    "manage.consultation.review": EDITORS,
    "manage.consultation.note": EDITORS,
    "manage.consultation.return": EDITORS,
    "manage.consultation.preview": EDITORS,
    "manage.consultation.publish": EDITORS,
    "manage.consultation.archive": EDITORS,
    # the audit log
    "audit": EDITORS,
    "audit.csv": EDITORS,
    # API
    "api.practices": EVERYBODY,
    "api.practice": EVERYBODY,
    "api.consultations": EVERYBODY,
    "api.consultation": EVERYBODY,
    "api.consultation.file": OFFICIALS,
    "api.comparisons.practices": EVERYBODY,
    "api.cities": EVERYBODY,
    "api.city": EVERYBODY,
    "api.events": EVERYBODY,
    "api.event": EVERYBODY,
    "api.support": EVERYBODY,
    "api.figures": EVERYBODY,
    "api.vocabulary": EVERYBODY,
}


def check_every_route(app: FastAPI) -> None:
    """Refuse to start when a route has no entry in the table, or the table has one too many."""
    declared = {route.name or "" for route in walk(app)}
    missing, unused = declared - POLICY.keys(), POLICY.keys() - declared
    if missing or unused:
        raise RuntimeError(
            f"Routes without a policy: {sorted(missing)}; policies without a route: {sorted(unused)}"
        )


def walk(app: FastAPI) -> list[RouteContext]:
    """All routes that run our code; the folder of static files is none."""
    return [route for route in iter_route_contexts(app.routes) if route.methods]


def authorize(request: Request, actor: Actor) -> None:
    """Let the caller through or say that there is nothing here."""
    if actor.persona not in POLICY[request.scope["route"].name]:
        raise NotFound()
