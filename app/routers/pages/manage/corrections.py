"""What readers say is wrong: read it, mark it done."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.paging import Page
from app.features.practices.queries.managed import count_of_suggestions, suggestions
from app.features.practices.service import mark_correction
from app.features.practices.views.managed import Suggestion
from app.routers.pages.manage.listing import page_number
from app.web.deps import Lang, Reads, Who, Writes
from app.web.forms import read_form
from app.web.htmx import see_other
from app.web.render import page, url_of

router = APIRouter(prefix="/{lang:lang}/manage/corrections", include_in_schema=False)

DONE = "done"


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """Suggestions that wait, or those that are done."""

    found: Page[Suggestion]
    waiting: int
    is_done: bool


@router.get("", name="manage.corrections")
async def corrections(request: Request, session: Reads, lang: Lang, state: str = "") -> Response:
    """The suggestions."""
    is_done = state == DONE
    number = page_number(request.query_params.get("page", "1"))
    view = CorrectionsView(
        found=await suggestions(session, lang, handled=is_done, number=number),
        waiting=await count_of_suggestions(session),
        is_done=is_done,
    )
    return page(request, "manage/corrections.html", view)


@router.post("/{id_:uuid}", name="manage.correction.mark")
async def mark(request: Request, session: Writes, actor: Who, id_: UUID) -> Response:
    """Note that a suggestion is dealt with, or that it waits again."""
    form = await read_form(request)
    is_done = form.get("do") == DONE
    await mark_correction(session, actor, id_, is_handled=is_done, now=datetime.now(UTC))
    return see_other(request, url_of(request, "manage.corrections", query={"state": "" if is_done else DONE}))
