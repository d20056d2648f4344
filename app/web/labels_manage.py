"""Words for codes that only the forms of the hub show."""

from collections.abc import Mapping

from app.core.messages import noop

MANAGE_LABELS: Mapping[str, Mapping[str, str]] = {
    "membership-status": {"member": noop("Member"), "former member": noop("Former member")},
    "partner-role": {"partner": noop("Partner"), "funder": noop("Funder")},
}
