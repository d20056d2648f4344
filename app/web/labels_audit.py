"""Words for what the audit log keeps in codes."""

from collections.abc import Mapping

from app.core.messages import noop

AUDIT_LABELS: Mapping[str, Mapping[str, str]] = {
    "audit-event": {
        "sign-in": noop("Signed in"),
        "sign-in.failed": noop("Sign-in failed"),
        "sign-out": noop("Signed out"),
        "confirm": noop("Confirmed to be there"),
        "denied": noop("Was refused"),
        "read": noop("Read"),
        "export": noop("Downloaded"),
        "write": noop("Changed"),
        "audit.read": noop("Read the audit log"),
    },
    "audit-outcome": {"done": noop("Done"), "refused": noop("Refused")},
    "audit-actor": {"visitor": noop("Visitor"), "system": noop("Medina itself")},
    "audit-kind": {
        "account": noop("Account"),
        "api_token": noop("Token"),
        "audit_entry": noop("Audit log"),
        "concept": noop("Term of the vocabulary"),
        "consultation": noop("Consultation"),
        "correction_suggestion": noop("Suggested correction"),
        "event": noop("Event"),
        "figure": noop("Figure"),
        "invitation": noop("Invitation"),
        "local_action_plan": noop("Local action plan"),
        "national_body": noop("National body"),
        "national_strategy": noop("National strategy"),
        "passkey": noop("Passkey"),
        "place": noop("Place"),
        "practice": noop("Practice"),
        "reported_need": noop("Need as reported"),
        "representation": noop("Representation"),
        "sign_in_session": noop("Device"),
        "source": noop("Source"),
        "statement": noop("Statement"),
        "support": noop("Support"),
        "synonym_set": noop("Set of synonyms"),
    },
}
