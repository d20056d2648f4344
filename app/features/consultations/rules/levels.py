"""Defaults of what others may learn, and the wording that people consent to."""

from collections.abc import Mapping

from app.core.sensitivity import Sensitivity
from app.models.base import Attribution

Levels = tuple[Attribution, Sensitivity]

DEFAULT_LEVELS: Mapping[str, Levels] = {
    "concerns": (Attribution.REGION, Sensitivity.NETWORK),
    "approaches": (Attribution.CITY, Sensitivity.PUBLIC),
    "assets": (Attribution.CITY, Sensitivity.NETWORK),
    "gaps": (Attribution.REGION, Sensitivity.NETWORK),
    "needs": (Attribution.CITY, Sensitivity.NETWORK),
}
"""What a statement gets when its city says nothing else.

Words on threats and on what a city lacks help those who would do harm, so they start as a regional
aggregate. What a city does already is meant to be copied. Source: the domain model, section 2.4.
"""

CONSENT_VERSIONS = ("2026-1",)
"""Versions of the wording that people consent to; the last one is the current one."""
PURPOSE = "publication"
"""What consent is asked for: that others read statements, as far as their levels allow."""
CONSENT_VERSION = CONSENT_VERSIONS[-1]
