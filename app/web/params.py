"""Simple filters of the interface for partners: names and codes checked against what is allowed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fastapi import Request

from app.core.addresses import understand
from app.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Chosen:
    """Codes by filter, and the number of the page."""

    codes: Mapping[str, tuple[str, ...]]
    page: int


def chosen_filters(request: Request, allowed: Mapping[str, Collection[str]], *, paged: bool = True) -> Chosen:
    """What the query of a request asks for. Raises `Invalid` naming what is not known, with what is."""
    filters = {name: sorted(codes) for name, codes in allowed.items()}
    found = understand(request.query_params.multi_items(), filters, is_paged=paged, ignored=("lang",))
    if found.errors:
        raise Invalid(found.errors)
    return Chosen({**dict.fromkeys(allowed, ()), **found.codes}, int(found.single.get("page", 1)))
