"""What people go to the identity provider for, and how long they may be away."""

from collections.abc import Mapping
from datetime import timedelta

from app.features.accounts.rules.sessions import CONFIRMED_FOR

SIGN_IN = "sign-in"
LINK = "link"
LIVES: Mapping[str, timedelta] = {SIGN_IN: timedelta(minutes=10), LINK: CONFIRMED_FOR}
"""Linking takes a person who has just proven to be there."""
