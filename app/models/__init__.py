"""Every table, nothing but tables. Importing this module makes them all known to Alembic."""

from app.models import audit, consultation, hub, people, place, practice, published, vocabulary
from app.models.base import Base

__all__ = ["Base", "audit", "consultation", "hub", "people", "place", "practice", "published", "vocabulary"]
