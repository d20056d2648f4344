"""What each route that writes would take from somebody who may: a refusal is then about the caller."""

from typing import Any

from tests.factories.principals import OWN

FORMS: dict[str, dict[str, Any]] = {
    "correction.send": {"text": "A word"},
    "sign-in.ask": {"email": "somebody@example.org"},
    "sign-in.code.use": {"code": "ABCDEFGH"},
    "demo.sign-in": {"persona": "editor"},
    "consultation.submit": {"confirmed": "yes"},
    "consultation.section.save": {"action": "continue", "finished": "", "version": "1", "discussed": "yes"},
    "consultation.section.draft": {"action": "continue", "finished": "", "version": "1", "discussed": "yes"},
    "account.save": {"name": "Somebody", "language": "fr"},
    "account.address": {"email": "elsewhere@example.org"},
    "account.token.make": {"token_name": "Mine", "scopes": ["read:library"], "days": "30"},
    "confirm.code": {"code": "ABCDEFGH"},
    "confirm.recovery": {"recovery": "ABCDEFGHABCDEFGH"},
    "person.role.give": {"role": "city contributor", "cities": [OWN]},
    "people.invite.send": {
        "email": "new@example.org", "name": "New", "language": "en",
        "role": "city contributor", "cities": [OWN],
    },
    "manage.correction.mark": {"do": "done"},
    "manage.consultation.statement": {"read": "yes", "attribution": "A0", "sensitivity": "hub"},
    "manage.consultation.note": {"note": "Taken"},
    "manage.consultation.return": {"return_note": "Taken"},
}  # fmt: skip
"""Forms by route; others are sent empty but for a title and a button."""
ANY_FORM = {"do": "save", "title": "Taken"}


def filing(place: str) -> dict[str, Any]:
    """A consultation as a program files it."""
    return {"place": place, "submit": False, "about": {"title": "Taken", "language": "en"}}
