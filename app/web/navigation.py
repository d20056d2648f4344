"""The main menu and the links at the foot: what each kind of reader finds there."""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.actor import Actor, Role
from app.core.messages import noop
from app.web.i18n import Translator
from app.web.policy import AUDITORS, EDITORS, PEOPLE, POLICY


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A line of the menu."""

    href: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class _Line:
    route: str
    message: str
    section: tuple[str, ...]
    roles: frozenset[Role] = frozenset(Role)


_DESK = tuple(name for name in POLICY if name.split(".")[0] == "manage" and "consultation" not in name)
_PEOPLE = tuple(name for name in POLICY if name.split(".")[0] in ("people", "person"))

_MENU = (
    _Line("practices", noop("Practices"), ("practices", "practice", "correction", "correction.sent")),
    _Line("cities", noop("Cities"), ("cities", "city")),
    _Line("compare", noop("Compare"), ("compare", "compare.cities")),
    _Line("events", noop("Events"), ("events", "event")),
    _Line("impact", noop("Impact"), ("impact",)),
    _Line(
        "consultations",
        noop("Consultations"),
        (
            "consultations",
            "consultation.new",
            "consultation",
            "consultation.check",
            "consultation.submit",
            "consultation.section",
            "consultation.section.save",
            "manage.consultation",
            "manage.consultation.preview",
        ),
    ),
    _Line("manage", noop("Manage"), _DESK, EDITORS),
    _Line("people", noop("People"), _PEOPLE, PEOPLE),
    _Line("audit", noop("Audit"), ("audit",), AUDITORS),
)
_FOOTER = (
    _Line("about", noop("About Medina"), ("about",)),
    _Line("evidence", noop("How we grade evidence"), ("evidence",)),
    _Line("privacy", noop("Privacy and confidentiality"), ("privacy",)),
    _Line("docs", noop("API for partners"), ("docs",)),
)


def navigation(
    actor: Actor, route: str, words: Translator, url: Callable[..., str]
) -> tuple[NavigationEntry, ...]:
    """The menu for `actor`; the entry whose section `route` belongs to is marked."""
    return _entries(_MENU, actor, route, words, url)


def footer(
    actor: Actor, route: str, words: Translator, url: Callable[..., str]
) -> tuple[NavigationEntry, ...]:
    """The links at the foot of every page."""
    return _entries(_FOOTER, actor, route, words, url)


def _entries(
    lines: tuple[_Line, ...], actor: Actor, route: str, words: Translator, url: Callable[..., str]
) -> tuple[NavigationEntry, ...]:
    return tuple(
        NavigationEntry(url(line.route), words.gettext(line.message), route in line.section)
        for line in lines
        if not actor.roles.isdisjoint(line.roles)
    )
