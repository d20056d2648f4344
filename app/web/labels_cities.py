"""Words for the codes of cities: standing in the network, names, what a timeline tells of."""

from collections.abc import Mapping

from app.core.messages import noop

CITY_LABELS: Mapping[str, Mapping[str, str]] = {
    "membership": {
        "member": noop("Member of the Strong Cities Network"),
        "former-member": noop("Former member of the Strong Cities Network"),
        "engaged": noop("Works with the hub, not a member"),
        "not-reported": noop("Membership not reported"),
    },
    "name-basis": {
        "usual": noop("usual name"),
        "transliteration": noop("transliteration"),
        "usual transliteration": noop("usual transliteration"),
        "same as local": noop("same as the local name"),
        "exonym": noop("established name in this language"),
        "invented": noop("invented"),
    },
    "name-in": {
        "ar": noop("Name in Arabic"),
        "fr": noop("Name in French"),
        "en": noop("Name in English"),
    },
    "event-role": {
        "venue": noop("held here"),
        "represented": noop("the city was heard there"),
    },
    "city-record": {
        "membership": noop("Membership"),
        "engagement": noop("Engagement"),
        "practice": noop("Practice"),
        "event": noop("Event"),
        "representation": noop("Heard elsewhere"),
        "statement": noop("Statement"),
        "support": noop("Support"),
        "local_action_plan": noop("Local action plan"),
        "consultation": noop("Consultation"),
    },
}
