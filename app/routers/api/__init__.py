"""The interface for partners, one module per resource."""

from app.routers.api import practices

ROUTERS = (practices.router,)
