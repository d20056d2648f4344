"""The interface for partners, one module per resource."""

from app.routers.api import (
    cities,
    comparisons,
    consultations,
    events,
    figures,
    practice,
    practices,
    support,
    vocabulary,
)

ROUTERS = (
    consultations.router,
    practices.router,
    practice.router,
    cities.router,
    comparisons.router,
    events.router,
    support.router,
    figures.router,
    vocabulary.router,
)
