"""Who is asking."""

from dataclasses import dataclass
from enum import StrEnum


class Persona(StrEnum):
    """The kinds of people that Medina tells apart."""

    VISITOR = "visitor"
    OFFICIAL = "official"
    PRACTITIONER = "practitioner"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody asking: their kind and, for an official, the id of their city."""

    persona: Persona = Persona.VISITOR
    place_id: str | None = None

    @property
    def key(self) -> str:
        """A stable name such as `official:iq-mosul`, used in the audit and for idempotency."""
        return f"{self.persona}:{self.place_id}" if self.place_id else str(self.persona)

    @property
    def is_editor(self) -> bool:
        """Whether this is hub staff who may edit and publish."""
        return self.persona is Persona.EDITOR

    def speaks_for(self, place_id: str) -> bool:
        """Whether this is an official of the given place."""
        return self.persona is Persona.OFFICIAL and self.place_id == place_id


VISITOR = Actor()
