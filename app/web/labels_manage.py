"""Words for codes that only the forms of the hub show."""

from collections.abc import Mapping

from app.core.messages import noop

MANAGE_LABELS: Mapping[str, Mapping[str, str]] = {
    "membership-status": {"member": noop("Member"), "former member": noop("Former member")},
    "attendance-unit": {"people": noop("People"), "cities": noop("Cities")},
    "count-basis": {
        "exact": noop("Exact number"),
        "at least": noop("At least"),
        "estimate": noop("Estimate"),
    },
    "reported-kind": {"need": noop("Need or priority"), "concern": noop("Concern")},
    "partner-role": {"partner": noop("Partner"), "funder": noop("Funder")},
}
