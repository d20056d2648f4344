"""Signing in, accepting an invitation, and the pages of one's own account."""

from app.routers.pages.account import confirm, credentials, invitations, own, passkeys, sign_in

ROUTERS = (
    sign_in.router,
    passkeys.router,
    invitations.router,
    confirm.router,
    own.router,
    credentials.router,
)
