"""Pages for people, one module per place in the menu."""

from app.routers.pages import (
    audit,
    cities,
    compare,
    compare_cities,
    consultations,
    consultations_manage,
    consultations_one,
    consultations_sections,
    events,
    home,
    impact,
    manage,
    practice,
    practices,
    standing,
)

ROUTERS = (
    home.router,
    practices.router,
    practice.router,
    compare.router,
    compare_cities.router,
    cities.router,
    events.router,
    impact.router,
    consultations.router,
    consultations_one.router,
    consultations_sections.router,
    consultations_manage.router,
    *manage.ROUTERS,
    audit.router,
    standing.router,
)
