"""Consultations for tests: complete answers, told by their words which of them are private."""

from typing import Any

CANARY = "CANARY-private-words"

ANSWERS: dict[str, Any] = {
    "about": {
        "title": f"Round table {CANARY}",
        "language": "en",
        "held": "2026-03-05",
        "method": "roundtable in person",
        "purpose": f"To hear young people {CANARY}",
        "note_taker": f"The secretariat {CANARY}",
    },
    "participants": {
        "basis": "at least",
        "total": 12,
        "groups": [{"sex": "female", "age": "18-29", "count": 7}],
        "named": [{"office_title": f"Office {CANARY}", "person_name": f"Somebody {CANARY}"}],
        "who_was_missing": f"People who work at night {CANARY}",
    },
    "concerns": {
        "discussed": "yes",
        "statements": [
            {"text": f"A threat at its default level {CANARY}", "concept": "hate-speech", "severity": 4},
        ],
    },
    "approaches": {
        "discussed": "yes",
        "statements": [{"text": "A youth council", "concept": "youth-councils", "lead": f"A {CANARY}"}],
    },
    "assets": {"discussed": "no"},
    "gaps": {
        "discussed": "yes",
        "statements": [{"text": f"No data {CANARY}", "attribution": "A0", "sensitivity": "public"}],
    },
    "needs": {
        "discussed": "yes",
        "statements": [
            {"text": f"For the network {CANARY}", "concept": "mandate-clarity", "sensitivity": "network"},
            {
                "text": "Train frontline workers",
                "concept": "practitioner-training",
                "priority": "high",
                "attribution": "A4",
                "sensitivity": "public",
                "office_title": "Head of social affairs",
                "person_name": f"A person {CANARY}",
                "feasibility_note": f"Inside {CANARY}",
            },
            {
                "text": f"For the country {CANARY}",
                "concept": "local-action-plan",
                "attribution": "A2",
                "sensitivity": "public",
            },
        ],
    },
    "national": {
        "strategy_known": "unknown",
        "focal_point": f"An office {CANARY}",
        "dimensions": {"nlc-trust": {"score": 2, "scored_by": "city", "note": f"A note {CANARY}"}},
    },
    "privacy": {
        "attribution": "A4",
        "sensitivity": "public",
        "consent_given": True,
        "consent_language": "ar",
        "consent_on": "2026-03-05",
        "consent_channel": "form",
        "validated_by": f"An office {CANARY}",
    },
}
"""Complete answers. What the public may learn: one approach, one need, and the office that voiced it."""
