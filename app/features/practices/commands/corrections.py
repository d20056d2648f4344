"""What readers say is wrong, and what the hub says of it."""

from typing import Annotated

from pydantic import StringConstraints

from app.core.values import Command


class SuggestCorrection(Command):
    """What a reader says is wrong in a published record, or missing; nothing about the reader."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=2000)]
