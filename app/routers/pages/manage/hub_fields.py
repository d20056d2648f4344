"""Fields that several forms of the hub's record share."""

from app.core.messages import noop
from app.routers.pages.manage.fields import Field, Kind, Section

NOT_STATED = noop("Not stated")

PLACE = Field("place_id", noop("Place"), Kind.SELECT, options="places", empty=NOT_STATED)
COUNTRY = Field(
    "country_code",
    noop("Country"),
    Kind.SELECT,
    noop("Where the place is not stated."),
    options="countries",
    empty=NOT_STATED,
)
AT_EVENT = Field("event", noop("Event"), Kind.SELECT, options="event", empty=NOT_STATED, size="l")
OFFICE = Field("office", noop("Office"), Kind.SELECT, options="office", empty=NOT_STATED, size="l")
PERSON = Field("person", noop("Person"), Kind.SELECT, options="person", empty=NOT_STATED)
ONE_A_LINE = noop("One a line.")
PARTNERS = Field("partners", noop("Partners"), Kind.LINES, ONE_A_LINE, lines=3)

SOURCES = Section(
    noop("Sources and notes"),
    (
        Field(
            "source_keys",
            noop("Sources"),
            Kind.PICKS,
            noop("Documents that say so. New ones are added under Sources."),
            options="sources",
            row=noop("Source %(number)s"),
        ),
        Field("note", noop("What is uncertain"), Kind.AREA, noop("Readers see this."), lines=2),
        Field("hub_note", noop("Note for the hub"), Kind.AREA, noop("This is never published.")),
    ),
)
