"""The kinds of records that the hub keeps: what each is made of, and what stores and publishes it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from app.core.messages import noop
from app.features.engagement import service as engagement
from app.features.engagement.commands import RecordEvent, RecordRepresentation, RecordStatement
from app.features.insights import service as insights
from app.features.insights.commands import RecordFigure
from app.features.support import service as support
from app.features.support.commands import (
    RecordLocalActionPlan,
    RecordNationalBody,
    RecordNationalStrategy,
    RecordReportedNeed,
    RecordSupport,
)
from app.routers.pages.manage import hub_forms, hub_forms_support
from app.routers.pages.manage.fields import Sections

Step = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class HubKind:
    """A kind of record. `title` and the other texts are message ids; `named_by` is the field of its slug.

    Records without such a field get a short name that says nothing: it is public.
    """

    code: str
    title: str
    lede: str
    new: str
    edit: str
    command: type[BaseModel]
    sections: Sections
    record: Step
    change: Step
    publish: Step
    archive: Step
    named_by: str = ""
    public_route: str = ""


def _of_support(
    code: str,
    texts: tuple[str, str, str, str],
    command: type[BaseModel],
    sections: Sections,
    named_by: str = "",
) -> HubKind:
    return HubKind(
        code,
        *texts,
        command,
        sections,
        support.record,
        support.change_record,
        support.publish_record,
        support.archive_record,
        named_by,
    )


HUB_KINDS: Mapping[str, HubKind] = {
    "events": HubKind(
        "event",
        noop("Events"),
        noop("Meetings that the hub held or took part in."),
        noop("New event"),
        noop("Edit an event"),
        RecordEvent,
        hub_forms.EVENT,
        engagement.record_event,
        engagement.change_event,
        engagement.publish_event,
        engagement.archive_event,
        named_by="title",
        public_route="event",
    ),
    "representations": HubKind(
        "representation",
        noop("Cities heard elsewhere"),
        noop("Cities whose voice the hub carried to events of others."),
        noop("New record of a city heard elsewhere"),
        noop("Edit a record of a city heard elsewhere"),
        RecordRepresentation,
        hub_forms.REPRESENTATION,
        engagement.record_representation,
        engagement.change_representation,
        engagement.publish_representation,
        engagement.archive_representation,
    ),
    "statements": HubKind(
        "statement",
        noop("Statements"),
        noop("What office holders said, in the words of the hub."),
        noop("New statement"),
        noop("Edit a statement"),
        RecordStatement,
        hub_forms.STATEMENT,
        engagement.record_statement,
        engagement.change_statement,
        engagement.publish_statement,
        engagement.archive_statement,
    ),
    "support": _of_support(
        "support",
        (
            noop("Support"),
            noop("Help that cities got, or gave to others."),
            noop("New record of support"),
            noop("Edit a record of support"),
        ),
        RecordSupport,
        hub_forms_support.SUPPORT,
    ),
    "figures": HubKind(
        "figure",
        noop("Figures"),
        noop("Numbers as they were reported, each with its date and source."),
        noop("New figure"),
        noop("Edit a figure"),
        RecordFigure,
        hub_forms_support.FIGURE,
        insights.record_figure,
        insights.change_figure,
        insights.publish_figure,
        insights.archive_figure,
        named_by="label",
    ),
    "needs": _of_support(
        "reported_need",
        (
            noop("Needs as reported"),
            noop("Needs and concerns that sources name for a city, a country or the region."),
            noop("New reported need"),
            noop("Edit a reported need"),
        ),
        RecordReportedNeed,
        hub_forms_support.NEED,
        named_by="concept_code",
    ),
    "plans": _of_support(
        "local_action_plan",
        (
            noop("Local action plans"),
            noop("Plans of cities and districts, and how far they are."),
            noop("New local action plan"),
            noop("Edit a local action plan"),
        ),
        RecordLocalActionPlan,
        hub_forms_support.PLAN,
        named_by="title",
    ),
    "bodies": _of_support(
        "national_body",
        (
            noop("National bodies"),
            noop("Bodies of countries for prevention, with the names that sources use."),
            noop("New national body"),
            noop("Edit a national body"),
        ),
        RecordNationalBody,
        hub_forms_support.BODY,
        named_by="name",
    ),
    "strategies": _of_support(
        "national_strategy",
        (
            noop("National strategies"),
            noop("Strategies of countries, and what they say of cities."),
            noop("New national strategy"),
            noop("Edit a national strategy"),
        ),
        RecordNationalStrategy,
        hub_forms_support.STRATEGY,
        named_by="name",
    ),
}
"""Kinds by the part of the address that names them, in the order of the hub's overview."""
