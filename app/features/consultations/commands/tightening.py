"""What the hub may ask of the levels of a statement."""

from app.features.consultations.commands.values import Command
from app.models.base import Attribution, Sensitivity


class TightenStatement(Command):
    """Show less of a statement, or as much as now."""

    attribution: Attribution
    sensitivity: Sensitivity
