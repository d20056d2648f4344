"""The portrait of a city: the place, what is published about it, and all of that in the order of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.edtf import parse_date
from app.core.languages import LocalText
from app.features.cities.rules.standing import Standing
from app.features.cities.views.profile import CityProfile
from app.features.cities.views.records import SaidLine
from app.features.engagement.views import EventCard, RepresentationLine, StatementLine
from app.features.practices.views import PracticeCard
from app.features.support.views import ActionPlan, SupportLine


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the timeline. `link` is a route and a slug.

    Facts of membership and engagement have no title but a standing, consultations have none at all.
    """

    kind: str
    when: str
    starts_on: date | None
    title: LocalText | None
    link: tuple[str, str] | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class CityPortrait:
    """A city and everything published about it, newest first.

    `said_of_country` are needs and concerns that sources report of the country as a whole.
    """

    profile: CityProfile
    practices: tuple[PracticeCard, ...]
    said: tuple[SaidLine, ...]
    said_of_country: tuple[SaidLine, ...]
    events: tuple[EventCard, ...]
    heard: tuple[RepresentationLine, ...]
    voices: tuple[StatementLine, ...]
    support: tuple[SupportLine, ...]
    plans: tuple[ActionPlan, ...]

    @property
    def slug(self) -> str:
        """The stable id of the place, which is its address."""
        return self.profile.slug

    @property
    def needs(self) -> tuple[SaidLine, ...]:
        """Needs: the most pressing ones first, as the city says; then those that others report."""
        return tuple(sorted(self._of("need"), key=_pressing))

    @property
    def concerns(self) -> tuple[SaidLine, ...]:
        """Concerns and threats."""
        return self._of("concern")

    @property
    def approaches(self) -> tuple[SaidLine, ...]:
        """What the city says it does already."""
        return self._of("approach")

    @property
    def assets(self) -> tuple[SaidLine, ...]:
        """What the city can build on."""
        return self._of("asset")

    @property
    def gaps(self) -> tuple[SaidLine, ...]:
        """What the city lacks."""
        return self._of("gap")

    def _of(self, kind: str) -> tuple[SaidLine, ...]:
        return tuple(line for line in self.said if line.kind == kind)

    @property
    def timeline(self) -> tuple[Moment, ...]:
        """All that is dated, newest first."""
        moments = [moment for moment in self._moments() if moment.starts_on]
        return tuple(sorted(moments, key=lambda moment: moment.starts_on or date.min, reverse=True))

    def _moments(self) -> Iterator[Moment]:
        for fact in self.profile.memberships:
            yield _moment("membership", fact.since, None, standing=fact.standing)
        for fact in self.profile.engagements:
            yield _moment("engagement", fact.since, None, standing=fact.standing)
        for practice in self.practices:
            yield _moment("practice", practice.start, practice.title, ("practice", practice.slug))
        for event in self.events:
            yield _moment("event", event.held, event.title, ("event", event.slug))
        for heard in self.heard:
            if heard.event:
                at = heard.event
                yield _moment("representation", at.held, at.title, ("event", at.slug))
        for id_, year in dict.fromkeys((line.consultation, line.year) for line in self.said):
            if id_ and year:
                yield _moment("consultation", str(year), None, ("consultation", id_))
        for voice in self.voices:
            yield _moment("statement", voice.said, voice.paraphrase)
        for help_ in self.support:
            yield _moment("support", help_.given, _subject(help_, self.profile.language))
        for plan in self.plans:
            yield _moment("local_action_plan", plan.adopted, plan.title)


def _pressing(line: SaidLine) -> tuple[int, int, int]:
    """The order of needs: how pressing, then the newer consultation, then the city's own order."""
    order = _PRIORITIES.index(line.priority) if line.priority in _PRIORITIES else len(_PRIORITIES)
    return order, -(line.year or 0), line.rank or len(_PRIORITIES)


_PRIORITIES = ("critical", "high", "medium", "low")


def _moment(
    kind: str,
    when: str | None,
    title: LocalText | None,
    link: tuple[str, str] | None = None,
    *,
    standing: Standing | None = None,
) -> Moment:
    """An entry; a date that cannot be read does not place it in time."""
    return Moment(kind, when or "", starts_on(when), title, link, standing)


def _subject(support: SupportLine, language: str) -> LocalText | None:
    """What support was about: in words, or the concept."""
    if support.scope_note or not support.subject:
        return support.scope_note
    return LocalText(support.subject.label, language, language)


def starts_on(when: str | None) -> date | None:
    """The first day that an EDTF text names, or of an open beginning the last."""
    if not when:
        return None
    try:
        spanned = parse_date(when)
    except ValueError:
        return None
    return spanned.start or spanned.end
