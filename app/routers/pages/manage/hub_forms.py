"""The forms of events, of cities heard elsewhere, and of statements."""

from app.core.messages import noop
from app.routers.pages.manage.fields import Field, Kind, Section, Sections
from app.routers.pages.manage.hub_fields import (
    AT_EVENT,
    COUNTRY,
    NOT_STATED,
    OFFICE,
    ONE_A_LINE,
    PARTNERS,
    PERSON,
    PLACE,
    SOURCES,
)

EVENT: Sections = (
    Section(
        noop("Event"),
        (
            Field("title", noop("Title"), Kind.TEXTS, needed=True, lines=2),
            Field("summary", noop("Summary"), Kind.LONG_TEXTS, lines=5),
            Field(
                "format",
                noop("Format"),
                Kind.SELECT,
                options="labels:event-format",
                needed=True,
                empty=noop("Choose one"),
            ),
            Field("held", noop("When it was held"), Kind.DATE, needed=True),
        ),
    ),
    Section(
        noop("Where"),
        (
            PLACE,
            Field(
                "place_basis",
                noop("How the place is known"),
                hint=noop("Where no source states it."),
                size="l",
            ),
            COUNTRY,
            Field("is_online", noop("Held online"), Kind.CHECK),
        ),
    ),
    Section(
        noop("Who"),
        (
            Field("hosts", noop("Hosts"), Kind.LINES, ONE_A_LINE, lines=3),
            PARTNERS,
            Field("funders", noop("Funders"), Kind.LINES, ONE_A_LINE, lines=3),
            Field("attendance", noop("Attendance"), Kind.WHOLE, size="xs"),
            Field(
                "attendance_basis",
                noop("How the number is meant"),
                Kind.SELECT,
                options="labels:count-basis",
                empty=NOT_STATED,
            ),
            Field(
                "attendance_unit",
                noop("What is counted"),
                Kind.SELECT,
                options="labels:attendance-unit",
                empty=NOT_STATED,
            ),
            Field("attendance_note", noop("What the number includes"), Kind.AREA, lines=2),
        ),
    ),
    SOURCES,
)

REPRESENTATION: Sections = (
    Section(
        noop("City heard elsewhere"),
        (
            Field(
                "event",
                noop("Event"),
                Kind.SELECT,
                options="event",
                needed=True,
                empty=noop("Choose an event"),
                size="l",
            ),
            Field(
                "place_id",
                noop("Place"),
                Kind.SELECT,
                noop("Left open where the source counts officials without naming their cities."),
                options="places",
                empty=NOT_STATED,
            ),
            OFFICE,
            PERSON,
            Field("people", noop("Number of people"), Kind.WHOLE, size="xs"),
            Field(
                "people_basis",
                noop("How the number is meant"),
                Kind.SELECT,
                options="labels:count-basis",
                empty=NOT_STATED,
            ),
            Field("purpose", noop("Purpose"), Kind.LONG_TEXTS, lines=3),
        ),
    ),
    SOURCES,
)

STATEMENT: Sections = (
    Section(
        noop("Statement"),
        (
            Field(
                "paraphrase",
                noop("What was said"),
                Kind.LONG_TEXTS,
                noop("In the words of the hub, never as a quotation."),
                needed=True,
            ),
            Field(
                "kind",
                noop("Kind of statement"),
                Kind.SELECT,
                options="labels:statement-kind",
                needed=True,
                empty=noop("Choose one"),
            ),
            OFFICE,
            PERSON,
            AT_EVENT,
            Field("said", noop("When it was said"), Kind.DATE),
        ),
    ),
    Section(
        noop("Who may see it"),
        (
            Field(
                "attribution",
                noop("What others may learn of who said it"),
                Kind.RADIOS,
                options="labels:attribution",
                needed=True,
                default="A0",
            ),
            Field(
                "sensitivity",
                noop("Who may see it"),
                Kind.RADIOS,
                options="labels:sensitivity",
                needed=True,
                default="hub",
            ),
            Field(
                "consent_basis",
                noop("What the consent rests on"),
                hint=noop("For example: said in public, or agreed to in writing."),
                size="l",
            ),
        ),
    ),
    SOURCES,
)
