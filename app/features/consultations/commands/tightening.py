"""What the hub may ask of the levels of a statement, and of the day of a need's status."""

from app.core.sensitivity import Sensitivity
from app.features.consultations.commands.values import Command, Day
from app.models.base import Attribution


class TightenStatement(Command):
    """Show less of a statement, or as much as now."""

    attribution: Attribution
    sensitivity: Sensitivity


class DateNeedStatus(Command):
    """Since which day a need has its status; nothing given means today, where the status is new."""

    status_on: Day = None
