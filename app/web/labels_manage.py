"""Words for codes that only the forms of the hub show."""

from collections.abc import Mapping

from app.core.messages import noop

MANAGE_LABELS: Mapping[str, Mapping[str, str]] = {
    "partner-role": {"partner": noop("Partner"), "funder": noop("Funder")},
}
