"""Persons and offices as other slices meet them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person with the spellings that sources use."""

    id: UUID
    slug: str
    name: str
    name_variants: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office. `title` is a dumped `MultiText`."""

    id: UUID
    slug: str
    title: Mapping[str, Any]
    title_code: str | None
    place_id: str | None
    country_code: str | None
