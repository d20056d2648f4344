"""The forms of support, figures, reported needs, plans, national bodies and strategies."""

from app.core.messages import noop
from app.routers.pages.manage.fields import Field, Kind, Section, Sections
from app.routers.pages.manage.hub_fields import (
    AT_EVENT,
    COUNTRY,
    NOT_STATED,
    ONE_A_LINE,
    PARTNERS,
    PLACE,
    SOURCES,
)

SUPPORT: Sections = (
    Section(
        noop("Support"),
        (
            Field(
                "place_id",
                noop("Place"),
                Kind.SELECT,
                noop("The city that got the support, or gave it."),
                options="places",
                empty=NOT_STATED,
            ),
            COUNTRY,
            Field("is_giver", noop("The city gave the support to others"), Kind.CHECK),
            Field(
                "modality_code",
                noop("Kind of support"),
                Kind.SELECT,
                options="concepts:support-modality",
                empty=NOT_STATED,
            ),
            Field(
                "possible_modality_codes",
                noop("Kinds of support that may be meant"),
                Kind.CHECKS,
                noop("Where the source does not say which."),
                options="concepts:support-modality",
            ),
            Field(
                "subject_code",
                noop("What the support was about"),
                Kind.SELECT,
                options="subjects",
                empty=NOT_STATED,
                size="l",
            ),
            Field("scope_note", noop("What was done, and for whom"), Kind.LONG_TEXTS, lines=3),
            PARTNERS,
            AT_EVENT,
            Field("given", noop("When it was given"), Kind.DATE),
        ),
    ),
    SOURCES,
)

FIGURE: Sections = (
    Section(
        noop("Figure"),
        (
            Field("label", noop("What is counted"), Kind.TEXTS, needed=True, lines=2),
            Field("value", noop("Number"), Kind.WHOLE, needed=True),
            Field(
                "qualifier",
                noop("How the number is meant"),
                Kind.SELECT,
                options="labels:count-basis",
                empty=NOT_STATED,
            ),
            Field(
                "as_of",
                noop("As of"),
                hint=noop("In the words of the source, such as: end of 2023"),
                needed=True,
            ),
            Field("as_of_edtf", noop("As of, as a date"), Kind.DATE),
            Field("caution", noop("What readers should know of the number"), Kind.LONG_TEXTS, lines=3),
            Field("position", noop("Place in the list"), Kind.WHOLE, size="xs"),
        ),
    ),
    SOURCES,
)

PLAN: Sections = (
    Section(
        noop("Local action plan"),
        (
            Field("title", noop("Title"), Kind.TEXTS, needed=True, lines=2),
            PLACE,
            COUNTRY,
            Field(
                "area_count",
                noop("Number of areas"),
                Kind.WHOLE,
                noop("Where the source counts areas without naming them."),
                size="xs",
            ),
            Field("state", noop("State"), Kind.SELECT, options="labels:plan-state", empty=NOT_STATED),
            Field("adopted", noop("When it was adopted"), Kind.DATE),
            PARTNERS,
        ),
    ),
    SOURCES,
)

_OF_COUNTRY = Field(
    "country_code",
    noop("Country"),
    Kind.SELECT,
    options="countries",
    needed=True,
    empty=noop("Choose a country"),
)

BODY: Sections = (
    Section(
        noop("National body"),
        (
            Field("name", noop("Name"), Kind.TEXTS, needed=True, lines=2),
            Field("abbreviation", noop("Abbreviation"), size="s"),
            Field("name_variants", noop("Other names and spellings"), Kind.LINES, ONE_A_LINE),
            _OF_COUNTRY,
        ),
    ),
    SOURCES,
)

STRATEGY: Sections = (
    Section(
        noop("National strategy"),
        (
            Field("name", noop("Name"), Kind.TEXTS, needed=True, lines=2),
            _OF_COUNTRY,
            Field("period", noop("Period"), Kind.DATE),
            Field("mandate_for_cities", noop("Does it give cities a mandate?"), Kind.YES_NO),
            Field("body", noop("National body"), Kind.SELECT, options="body", empty=NOT_STATED, size="l"),
        ),
    ),
    SOURCES,
)

NEED: Sections = (
    Section(
        noop("Need as reported"),
        (
            Field(
                "kind",
                noop("Need or concern"),
                Kind.SELECT,
                options="labels:reported-kind",
                needed=True,
                default="need",
            ),
            Field(
                "concept_code",
                noop("Need or concern it is about"),
                Kind.SELECT,
                options="needs-and-threats",
                needed=True,
                empty=noop("Choose one"),
                size="l",
            ),
            Field(
                "place_id",
                noop("Place"),
                Kind.SELECT,
                noop("Where neither place nor country is stated, it is of the region."),
                options="places",
                empty=NOT_STATED,
            ),
            COUNTRY,
            AT_EVENT,
        ),
    ),
    SOURCES,
)
