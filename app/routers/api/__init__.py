"""The interface for partners, one module per resource."""

from app.routers.api import comparisons, practice, practices

ROUTERS = (practices.router, practice.router, comparisons.router)
