"""What may be asked of practices."""

from app.features.practices.commands.corrections import SuggestCorrection
from app.features.practices.commands.editing import SavePractice
from app.features.practices.commands.importing import TEXT_FIELDS, ImportPractice

__all__ = ["TEXT_FIELDS", "ImportPractice", "SavePractice", "SuggestCorrection"]
