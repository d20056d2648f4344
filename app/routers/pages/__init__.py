"""Pages for people, one module per place in the menu."""

from app.routers.pages import compare, home, practice, practices, standing

ROUTERS = (home.router, practices.router, practice.router, compare.router, standing.router)
