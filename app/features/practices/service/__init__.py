"""What changes practices: importing, editing, publishing, archiving, and readers' suggestions."""

from app.features.practices.service.corrections import mark_correction, suggest_correction
from app.features.practices.service.editing import create_practice, save_practice
from app.features.practices.service.importing import import_practice
from app.features.practices.service.publishing import archive_practice, move_practice, publish_practice

__all__ = [
    "archive_practice",
    "create_practice",
    "import_practice",
    "mark_correction",
    "move_practice",
    "publish_practice",
    "save_practice",
    "suggest_correction",
]
