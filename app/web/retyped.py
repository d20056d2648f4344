"""What stood in a form that came to nothing, for somebody whose session has ended while they wrote."""

from dataclasses import dataclass

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.core.errors import Invalid
from app.web.forms import read_form
from app.web.identity import actor_of
from app.web.origins import SAFE_METHODS


@dataclass(frozen=True, slots=True)
class Typed:
    """Fields as they were sent, to be sent again to the same address."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What somebody has written rather than chosen: it is shown, so that it can be copied."""
        return tuple(value for _, value in self.fields if " " in value or "\n" in value)


async def typed_in(request: Request) -> Typed | None:
    """The form of a request by somebody who is not signed in; None where there is none to send again.

    It depends on the request alone and on nothing that is stored: it is the same for what does not exist.
    """
    if request.method in SAFE_METHODS or actor_of(request).is_signed_in:
        return None
    try:
        form = await read_form(request)
    except (HTTPException, Invalid, ClientDisconnect):
        return None
    fields = tuple((name, value) for name, values in form.values.items() for value in values)
    return Typed(request.url.path, fields) if fields else None
