"""Pages for people, one module per place in the menu."""

from app.routers.pages import (
    account,
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
    people,
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
    *account.ROUTERS,
    *people.ROUTERS,
    standing.router,
)
