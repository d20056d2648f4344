"""Taking a wall away, to see what the other one holds."""

import pytest
from sqlalchemy import ColumnElement, true

from app.core.actor import Actor
from app.features.confidentiality import queries, service
from app.features.consultations.queries import lists, stored


def _everything(_: Actor) -> ColumnElement[bool]:
    return true()


def without_first_wall(patch: pytest.MonkeyPatch) -> None:
    """A build in which no statement is narrowed, no flush is looked at, and nobody asks who may see what."""
    patch.setattr(queries, "criteria", lambda _scope, is_change=False: ())
    patch.setattr(queries, "_names_private", lambda _statement: False)
    patch.setattr(service, "_may_write", lambda _session, _row: True)
    patch.setattr(service, "_refuse_moved", lambda _row: None)
    for module in (stored, lists):
        patch.setattr(module, "visible_to", _everything)
