"""Recording figures as they were reported."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.core.values import Edtf, Needed, Texts, whole
from app.features.support.commands import HubCommand
from app.models.base import CountBasis


class RecordFigure(HubCommand):
    """A figure as a source gives it. `qualifier` is None where the source does not say.

    `as_of` is what the source says of its date, `as_of_edtf` the same as a date.
    """

    label: Texts
    value: Annotated[Annotated[int, Field(ge=0, le=1_000_000_000)], BeforeValidator(whole)]
    qualifier: CountBasis | None = None
    as_of: Needed
    as_of_edtf: Edtf = None
    caution: Texts = Texts()
    position: Annotated[Annotated[int, Field(ge=0, le=1000)], BeforeValidator(whole)] = 0
