"""Signing in, accepting an invitation, and the pages of one's own account."""

from app.routers.pages.account import (
    confirm,
    credentials,
    invitations,
    own,
    passkeys,
    sign_in,
    single_sign_on,
)

ROUTERS = (
    sign_in.router,
    passkeys.router,
    single_sign_on.router,
    invitations.router,
    confirm.router,
    own.router,
    credentials.router,
)
