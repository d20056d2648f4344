"""`GET /api/v1/practices`: the library for partners."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.core.errors import Invalid
from app.features.search.commands.reading import allowed_codes, read_filter
from app.features.search.queries.library import find_practices
from app.features.search.schemas import PracticeListOut
from app.web.deps import Index, Reads
from app.web.jsonout import PROBLEMS, json_out, next_page
from app.web.reference import Known, OnShelf

router = APIRouter(prefix="/api/v1", tags=["practices"], responses=PROBLEMS)

Codes = Annotated[list[str] | None, Query()]


@router.get("/practices", name="api.practices", operation_id="listPractices", response_model=PracticeListOut)
async def list_practices(
    request: Request,
    session: Reads,
    index: Index,
    known: Known,
    shelf: OnShelf,
    q: Annotated[str, Query(description="Words in any of the three languages", examples=["youth"])] = "",
    theme: Codes = None,
    threat: Codes = None,
    need: Codes = None,
    country: Annotated[list[str] | None, Query(description="ISO 3166-1 codes", examples=[["IQ"]])] = None,
    city: Annotated[list[str] | None, Query(description="Place slugs", examples=[["iq-mosul"]])] = None,
    target_group: Codes = None,
    intervention: Codes = None,
    prevention_level: Codes = None,
    evidence: Annotated[list[str] | None, Query(description="Levels 0 to 5")] = None,
    year: Annotated[list[str] | None, Query(description="Year of start")] = None,
    language: Annotated[list[str] | None, Query(description="Language of the practice's sources")] = None,
    sort: Annotated[
        str, Query(description="relevance, newest, evidence or recently-confirmed")
    ] = "relevance",
    page: Annotated[str, Query(description="From 1; twenty practices each")] = "1",
    lang: Annotated[str | None, Query(description="Language of the answer: ar, fr or en")] = None,
) -> Response:
    """Published practices that match. Within a filter any code will do; all filters used must agree.

    Counts of a filter ignore what is chosen in that filter. `next` is the address of the next page.
    """
    allowed = allowed_codes(known.vocabulary, known.gazetteer)
    reading = read_filter(request.query_params.multi_items(), allowed, ignored=("lang",))
    if reading.errors:
        raise Invalid(reading.errors)
    wanted, thesaurus = reading.filter, known.thesaurus
    found = await find_practices(session, index, wanted, shelf, thesaurus, is_marked=False)
    following = next_page(request, has_next=found.page.has_next, number=found.page.number)
    return json_out(request, PracticeListOut.of(found, following))
