"""Problem details (RFC 9457) as the API documents them."""

from pydantic import BaseModel, ConfigDict


class ProblemField(BaseModel):
    """One wrong field: a JSON pointer to it, what is wrong, and the values that are allowed, if few."""

    pointer: str
    detail: str
    allowed: list[str] | None = None


class Problem(BaseModel):
    """What went wrong. `type` is stable and explained at /docs; `detail` is in the reader's language."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "/docs#problem-invalid-input",
                "title": "There is a problem",
                "status": 422,
                "detail": "Some of what was sent cannot be accepted.",
                "instance": "/api/v1/practices",
                "request_id": "5f0c2a9be4d14c77",
                "errors": [{"pointer": "/theme", "detail": "There is no such code: sport"}],
            }
        }
    )

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    errors: list[ProblemField] | None = None
