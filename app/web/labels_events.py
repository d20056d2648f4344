"""Words for the codes of events and statements."""

from collections.abc import Mapping

from app.core.messages import noop

EVENT_LABELS: Mapping[str, Mapping[str, str]] = {
    "event-format": {
        "workshop": noop("Workshop"),
        "roundtable": noop("Roundtable"),
        "online-roundtable": noop("Online roundtable"),
        "peer-exchange": noop("Exchange between peers"),
        "summit": noop("Summit"),
        "voice-elevation": noop("Cities heard elsewhere"),
    },
    "event-facet": {
        "year": noop("Year"),
        "format": noop("Format"),
        "country": noop("Country"),
    },
    "statement-kind": {
        "testimonial": noop("On working with the hub"),
        "policy-statement": noop("On policy"),
    },
}
