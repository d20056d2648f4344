"""Pages for people, one module per place in the menu."""

from app.routers.pages import home, practices

ROUTERS = (home.router, practices.router)
