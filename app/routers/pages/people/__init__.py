"""People: who has an account, what they may do, invitations. For administrators and leads of cities."""

from app.routers.pages.people import invitations, listing, person

ROUTERS = (invitations.router, listing.router, person.router)
