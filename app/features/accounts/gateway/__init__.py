"""The identity provider: how it is asked, and what of its answers is believed."""

from app.features.accounts.gateway.asking import NotAnswering, Transport
from app.features.accounts.gateway.provider import IdentityProvider, Question
from app.features.accounts.rules.id_tokens import Refused

__all__ = ["IdentityProvider", "NotAnswering", "Question", "Refused", "Transport"]
