"""A consultation as partners may send it: of the invented city, short, and accepted as it stands."""

from typing import Any

EXAMPLE: dict[str, Any] = {
    "place": "xx-sample-city",
    "submit": True,
    "about": {
        "title": "Round table on youth and public space",
        "language": "en",
        "held": "2026-02",
        "method": "roundtable in person",
        "purpose": "To agree what the city asks for this year.",
    },
    "participants": {
        "basis": "at least",
        "total": 18,
        "who_was_missing": "People who work at night.",
    },
    "concerns": {"discussed": "not discussed"},
    "approaches": {"discussed": "unknown"},
    "assets": {"discussed": "no"},
    "gaps": {"discussed": "not discussed"},
    "needs": {
        "discussed": "yes",
        "statements": [
            {
                "text": "Train frontline workers to talk with young people.",
                "concept": "practitioner-training",
                "priority": "high",
                "capacity_existing": 2,
                "capacity_desired": 4,
                "scored_by": "city",
                "attribution": "A3",
                "sensitivity": "public",
            }
        ],
    },
    "national": {"strategy_known": "unknown"},
    "privacy": {
        "attribution": "A3",
        "sensitivity": "public",
        "consent_given": True,
        "consent_language": "en",
        "consent_on": "2026-02-20",
        "consent_channel": "form",
    },
}
