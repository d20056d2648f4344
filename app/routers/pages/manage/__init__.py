"""Pages of the hub's editors: what waits, and forms for everything they write and publish."""

from app.routers.pages.manage import corrections, overview, practices

ROUTERS = (overview.router, practices.router, corrections.router)
