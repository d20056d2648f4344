"""`GET /api/v1/vocabulary`: the concepts that records and filters use, for partners."""

from fastapi import APIRouter, Request, Response

from app.features.vocabulary.queries import concept_aliases
from app.features.vocabulary.schemas import VocabularyOut
from app.web.deps import Lang, Reads
from app.web.jsonout import PROBLEMS, json_out
from app.web.params import chosen_filters
from app.web.query_docs import codes, query
from app.web.reference import Known

router = APIRouter(prefix="/api/v1", tags=["vocabulary"], responses=PROBLEMS)


@router.get(
    "/vocabulary",
    name="api.vocabulary",
    operation_id="listConcepts",
    response_model=VocabularyOut,
    openapi_extra=query(codes("scheme", "Schemes such as theme, threat or need", example="need")),
)
async def list_concepts(request: Request, session: Reads, known: Known, language: Lang) -> Response:
    """Concepts with labels in three languages, other labels, and the wider concept where there is one."""
    concepts = list(known.vocabulary.concepts.values())
    chosen = chosen_filters(request, {"scheme": {concept.scheme for concept in concepts}}, paged=False)
    wanted = chosen.codes["scheme"]
    alternatives: dict[tuple[str, str], list[str]] = {}
    for code, in_language, text in await concept_aliases(session):
        alternatives.setdefault((code, in_language), []).append(text)
    found = [concept for concept in concepts if not wanted or concept.scheme in wanted]
    return json_out(request, VocabularyOut.of_concepts(found, alternatives, language))
