"""Pages for people, one module per place in the menu."""

from app.routers.pages import compare, home, practice, practices

ROUTERS = (home.router, practices.router, practice.router, compare.router)
