"""`GET /api/v1/practices`: the library for partners."""

from fastapi import APIRouter, Request, Response

from app.core.errors import Invalid
from app.features.search.commands.reading import allowed_codes, read_filter
from app.features.search.queries.library import find_practices
from app.features.search.schemas import PracticeListOut
from app.web.deps import Index, Reads
from app.web.jsonout import PROBLEMS, json_out, next_page
from app.web.query_docs import codes, page, query, text
from app.web.reference import Known, OnShelf

router = APIRouter(prefix="/api/v1", tags=["practices"], responses=PROBLEMS)

QUERY = query(
    text("q", "Words in any of the three languages", example="youth"),
    codes("theme", "Codes of themes"),
    codes("threat", "Codes of threats"),
    codes("need", "Codes of needs"),
    codes("country", "ISO 3166-1 codes", example="IQ"),
    codes("city", "Place slugs", example="iq-mosul"),
    codes("target_group", "Codes of target groups"),
    codes("intervention", "Codes of interventions"),
    codes("prevention_level", "Codes of levels of prevention"),
    codes("evidence", "Levels 0 to 5"),
    codes("year", "Year of start"),
    codes("language", "Language of the practice's sources"),
    text("sort", "relevance, newest, evidence or recently-confirmed", default="relevance"),
    page("practices"),
)


@router.get(
    "/practices",
    name="api.practices",
    operation_id="listPractices",
    response_model=PracticeListOut,
    openapi_extra=QUERY,
)
async def list_practices(
    request: Request, session: Reads, index: Index, known: Known, shelf: OnShelf
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
