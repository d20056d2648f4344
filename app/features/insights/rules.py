"""The published copy of a figure: an allow-list; `hub_note` is not named."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.features.publication.commands import Publish
from app.models.hub import Figure

FIGURE = "figure"


def copy_of_figure(figure: Figure, sources: Sequence[Mapping[str, Any]]) -> Publish:
    """The command that publishes a figure."""
    body = {
        "label": figure.label,
        "value": figure.value,
        "qualifier": str(figure.qualifier) if figure.qualifier else None,
        "as_of": figure.as_of,
        "as_of_edtf": figure.as_of_edtf,
        "caution": figure.caution or None,
        "position": figure.position,
        "note": figure.note or None,
        "sources": [dict(source) for source in sources],
    }
    return Publish(kind=FIGURE, slug=figure.slug, card=body, document=body)
