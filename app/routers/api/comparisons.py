"""`GET /api/v1/comparisons/practices`: the table of the comparison page for partners."""

from fastapi import APIRouter, Request, Response

from app.core.errors import FieldError, Invalid
from app.core.messages import noop
from app.features.comparisons.queries.practices import compare_practices
from app.features.comparisons.rules.selection import FEWEST, MOST
from app.features.comparisons.schemas import ComparisonOut
from app.features.comparisons.views.practices import PracticeComparison
from app.web.deps import Reads
from app.web.jsonout import PROBLEMS, json_out
from app.web.query_docs import codes, query, text
from app.web.reference import OnShelf
from app.web.render import words_of

router = APIRouter(prefix="/api/v1/comparisons", tags=["comparisons"], responses=PROBLEMS)

KNOWN = ("city", "lang", "practice")
SHOWN = 80
"""Longest value repeated in a message."""
QUERY = query(
    codes(
        "practice",
        "Slugs of two to four practices",
        example=["iq-baghdad-cohesion-subplan", "iq-mosul-talafar-local-pve-plans"],
    ),
    text("city", "Slug of a city: what holds for it", example="iq-mosul"),
)


@router.get(
    "/practices",
    name="api.comparisons.practices",
    operation_id="comparePractices",
    response_model=ComparisonOut,
    openapi_extra=QUERY,
)
async def practices(request: Request, session: Reads, shelf: OnShelf) -> Response:
    """Practices side by side, in groups of rows aligned by meaning.

    Lowest and highest are marked only where unit, currency and basis are equal; nothing is converted.
    """
    asked = request.query_params
    found = await compare_practices(
        session, asked.getlist("practice"), asked.get("city"), shelf, words_of(request)
    )
    errors = [
        FieldError(name[:SHOWN], noop("There is no filter “%(name)s”."), {"name": name[:SHOWN]}, KNOWN)
        for name in asked
        if name not in KNOWN
    ]
    errors += _refused(found)
    if errors or found.table is None:
        raise Invalid(errors)
    return json_out(request, ComparisonOut.of(found.table))


def _refused(found: PracticeComparison) -> list[FieldError]:
    """What in the request does not make a comparison."""
    errors = [
        FieldError("practice", noop("There is no published practice “%(slug)s”."), {"slug": slug[:SHOWN]})
        for slug in found.selection.unknown
    ]
    if found.selection.over:
        errors.append(FieldError("practice", noop("At most %(most)s can be compared."), {"most": MOST}))
    if not found.selection.is_enough:
        errors.append(FieldError("practice", noop("At least %(fewest)s are compared."), {"fewest": FEWEST}))
    if found.unknown_city:
        errors.append(
            FieldError("city", noop("There is no city “%(slug)s”."), {"slug": found.unknown_city[:SHOWN]})
        )
    return errors
