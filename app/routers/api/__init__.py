"""The interface for partners, one module per resource."""

from app.routers.api import cities, comparisons, consultations, events, practice, practices

ROUTERS = (
    consultations.router,
    practices.router,
    practice.router,
    cities.router,
    comparisons.router,
    events.router,
)
