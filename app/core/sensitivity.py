"""How much harm a disclosure could do."""

from enum import StrEnum


class Sensitivity(StrEnum):
    """Likely harm of disclosure, mapped to OCHA's four steps (low, moderate, high, severe)."""

    PUBLIC = "public"
    NETWORK = "network"
    PARTNERS = "partners"
    HUB = "hub"

    def is_within(self, ceiling: "Sensitivity") -> bool:
        """Whether something as sensitive as this may be read by whoever reads up to `ceiling`."""
        order = list(Sensitivity)  # the mildest stands first
        return order.index(self) <= order.index(ceiling)
