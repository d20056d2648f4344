"""What changes practices: importing, editing, publishing, archiving, and readers' suggestions."""

from app.features.practices.service.corrections import suggest_correction
from app.features.practices.service.importing import import_practice
from app.features.practices.service.publishing import archive_practice, publish_practice

__all__ = ["archive_practice", "import_practice", "publish_practice", "suggest_correction"]
