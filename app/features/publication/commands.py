"""What a slice hands over to be published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class Publish:
    """A frozen copy of one record: only fields that readers may see.

    `card` is what lists show, `document` the whole record, both JSON. `facets` maps a facet to
    its codes; `places` is a list of (place id, role).
    """

    kind: str
    slug: str
    card: Mapping[str, Any]
    document: Mapping[str, Any]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: tuple[tuple[str, str], ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    evidence: int | None = None
    confirmed_on: date | None = None
    is_illustration: bool = False
    audience: Sensitivity = Sensitivity.PUBLIC
