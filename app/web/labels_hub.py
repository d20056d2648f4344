"""Words for the codes of the hub's record: figures, plans."""

from collections.abc import Mapping

from app.core.messages import noop

HUB_LABELS: Mapping[str, Mapping[str, str]] = {
    "figure-qualifier": {
        "exact": noop("Exact number"),
        "at least": noop("At least"),
        "estimate": noop("Estimate"),
        "not stated": noop("As reported"),
    },
    "plan-state": {
        "being drafted": noop("Being drafted"),
        "adopted": noop("Adopted"),
        "being carried out": noop("Being carried out"),
        "ended": noop("Ended"),
    },
}
