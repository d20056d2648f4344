"""Pages of the hub's editors: what waits, and forms for everything they write and publish."""

from app.routers.pages.manage import corrections, hub_records, overview, places, practices, sources, synonyms

ROUTERS = (
    overview.router,
    practices.router,
    places.router,
    sources.router,
    synonyms.router,
    hub_records.router,
    corrections.router,
)
