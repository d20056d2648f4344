"""Every table, nothing but tables. Importing this module makes them all known to Alembic."""

from app.models import account, audit, consultation, hub, mail, people, place, practice, published, vocabulary
from app.models.base import Base

__all__ = [
    "Base",
    "account",
    "audit",
    "consultation",
    "hub",
    "mail",
    "people",
    "place",
    "practice",
    "published",
    "vocabulary",
]
