"""The list of people, with search."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.core.credentials import AccountState
from app.core.paging import Page
from app.core.text import western_digits
from app.features.accounts.queries.people import list_people
from app.features.accounts.views.people import PersonLine
from app.web.deps import Reads, Who
from app.web.render import page

router = APIRouter(prefix="/{lang:lang}/people", include_in_schema=False)

LONGEST = 80


@dataclass(frozen=True, slots=True)
class PeopleView:
    """One page of people; `q` and `state` as they stand in the address."""

    found: Page[PersonLine]
    q: str
    state: str
    states: tuple[str, ...]


@router.get("", name="people")
async def people(
    request: Request,
    session: Reads,
    who: Who,
    q: str = "",
    state: str = "",
    number: Annotated[str, Query(alias="page")] = "1",
) -> Response:
    """Everybody whom the reader may manage."""
    states = tuple(str(one) for one in AccountState)
    chosen = state if state in states else ""
    words = q.replace("\x00", "").strip()[:LONGEST]
    found = await list_people(session, who, q=words, state=chosen, number=page_number(number))
    return page(
        request, "people/list.html", PeopleView(found, words, chosen, states), blocks={"results": "results"}
    )


def page_number(typed: str) -> int:
    """The number of a page as typed; 1 for what is none."""
    plain = western_digits(typed)
    return max(1, int(plain)) if plain.isascii() and plain.isdigit() and len(plain) < 6 else 1
