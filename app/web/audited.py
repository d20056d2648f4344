"""Which record a route is about: the table that keeps it, and where its address has the id."""

from collections.abc import Mapping

RECORDS: Mapping[str, tuple[str, str]] = {
    "account": ("account", ""),
    "account.device": ("sign_in_session", "id_"),
    "account.devices": ("sign_in_session", ""),
    "account.token": ("api_token", "id_"),
    "api.consultation": ("consultation", "id"),
    "api.consultations": ("consultation", ""),
    "audit": ("audit_entry", ""),
    "confirm": ("account", ""),
    "consultation": ("consultation", "id_"),
    "consultations": ("consultation", ""),
    "correction": ("practice", "slug"),
    "manage.consultation": ("consultation", "id_"),
    "manage.correction": ("correction_suggestion", "id_"),
    "manage.corrections": ("correction_suggestion", ""),
    "manage.place": ("place", "id_"),
    "manage.places": ("place", ""),
    "manage.practice": ("practice", "slug"),
    "manage.practices": ("practice", ""),
    "manage.record": ("", "slug"),
    "manage.records": ("", ""),
    "manage.source": ("source", "key"),
    "manage.sources": ("source", ""),
    "manage.synonym": ("synonym_set", "id_"),
    "manage.synonyms": ("synonym_set", ""),
    "passkey": ("passkey", "id_"),
    "people": ("account", ""),
    "people.invitation": ("invitation", "id_"),
    "people.invitations": ("invitation", ""),
    "people.invite": ("invitation", ""),
    "person": ("account", "id_"),
    "practice": ("practice", "slug"),
    "practices": ("practice", ""),
}
"""By the first words of the name of a route, the longest that fit; an empty table is named in the address."""

OF_HUB: Mapping[str, str] = {
    "bodies": "national_body",
    "events": "event",
    "figures": "figure",
    "needs": "reported_need",
    "plans": "local_action_plan",
    "representations": "representation",
    "statements": "statement",
    "strategies": "national_strategy",
    "support": "support",
}
"""The table of each kind of record of the hub, by the word for it in addresses."""


def record_of(route: str, params: Mapping[str, object]) -> tuple[str, str]:
    """Table and id of the record of a request; empty without one, and where the address has a secret."""
    if "token" in params:
        return "", ""
    words = route.split(".")
    names = (".".join(words[:count]) for count in range(len(words), 0, -1))
    kind, param = next((RECORDS[name] for name in names if name in RECORDS), ("", ""))
    kind = kind or OF_HUB.get(str(params.get("kind", "")), "")
    return kind, str(params.get(param, "")) if param else ""
