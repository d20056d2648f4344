"""Recording figures as they were reported."""

from pydantic import Field

from app.core.values import Edtf, Needed, Texts
from app.features.support.commands import HubCommand
from app.models.base import CountBasis


class RecordFigure(HubCommand):
    """A figure as a source gives it. `qualifier` is None where the source does not say.

    `as_of` is what the source says of its date, `as_of_edtf` the same as a date.
    """

    label: Texts
    value: int = Field(ge=0, le=1_000_000_000)
    qualifier: CountBasis | None = None
    as_of: Needed
    as_of_edtf: Edtf = None
    caution: Texts = Texts()
    position: int = Field(default=0, ge=0, le=1000)
