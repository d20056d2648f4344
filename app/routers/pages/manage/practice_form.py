"""The snapshot form of a practice: fields 1-18, 23, 41 and 42 of the field list."""

from app.core.messages import noop
from app.routers.pages.manage.fields import Field, Kind, Section

NOT_STATED = noop("Not stated")

SECTIONS = (
    Section(
        noop("In short"),
        (
            Field(
                "texts.title",
                noop("Title"),
                Kind.TEXTS,
                noop("At most 100 characters."),
                needed=True,
                lines=2,
            ),
            Field(
                "texts.one_line",
                noop("In one line"),
                Kind.TEXTS,
                noop("At most 160 characters: what it is and for whom."),
                needed=True,
                lines=4,
            ),
            Field(
                "texts.summary",
                noop("Summary"),
                Kind.LONG_TEXTS,
                noop("At most 250 words."),
                needed=True,
                lines=8,
            ),
            Field(
                "texts.activities",
                noop("Activities"),
                Kind.LONG_TEXTS,
                noop("What is done, step by step."),
                needed=True,
                lines=8,
            ),
            Field(
                "original_language",
                noop("Language of the sources"),
                Kind.SELECT,
                options="languages",
                needed=True,
                empty=NOT_STATED,
            ),
        ),
    ),
    Section(
        noop("What it is"),
        (
            Field(
                "kind",
                noop("Kind of practice"),
                Kind.SELECT,
                options="labels:practice-kind",
                needed=True,
                empty=NOT_STATED,
            ),
            Field(
                "stage",
                noop("Stage"),
                Kind.SELECT,
                options="labels:stage",
                needed=True,
                default="unknown",
            ),
            Field(
                "scale",
                noop("Scale"),
                Kind.SELECT,
                options="labels:scale",
                needed=True,
                empty=NOT_STATED,
            ),
        ),
    ),
    Section(
        noop("Where and when"),
        (
            Field("start", noop("Start"), Kind.DATE, needed=True),
            Field("end", noop("End"), Kind.DATE),
            Field(
                "key_dates",
                noop("Key dates"),
                Kind.ROWS,
                noop("At most five, each in at most six words."),
                most=5,
                row=noop("Key date %(number)s"),
                add=noop("Add a key date"),
                fields=(
                    Field("date", noop("Date"), Kind.DATE, needed=True),
                    Field("label", noop("What happened"), needed=True),
                ),
            ),
            Field(
                "places",
                noop("Places"),
                Kind.ROWS,
                needed=True,
                row=noop("Place %(number)s"),
                add=noop("Add a place"),
                fields=(
                    Field(
                        "place_id",
                        noop("Place"),
                        Kind.SELECT,
                        options="places",
                        needed=True,
                        empty=noop("Choose a place"),
                    ),
                    Field(
                        "role",
                        noop("What the place is to the practice"),
                        Kind.SELECT,
                        options="labels:practice-place",
                        needed=True,
                        default="home",
                    ),
                ),
            ),
        ),
    ),
    Section(
        noop("Who takes part"),
        (
            Field("lead_organisation", noop("Lead organisation"), needed=True, size="l"),
            Field(
                "partners",
                noop("Partners and funders"),
                Kind.ROWS,
                row=noop("Organisation %(number)s"),
                add=noop("Add an organisation"),
                fields=(
                    Field("name", noop("Name"), needed=True, size="l"),
                    Field(
                        "role",
                        noop("Role"),
                        Kind.SELECT,
                        options="labels:partner-role",
                        needed=True,
                        default="partner",
                    ),
                    Field(
                        "support_kind",
                        noop("Kind of support"),
                        Kind.SELECT,
                        options="labels:support-kind",
                        empty=NOT_STATED,
                    ),
                ),
            ),
            Field(
                "contact",
                noop("Contact of the practice"),
                hint=noop("An office or a shared address, rather than a person."),
                needed=True,
                size="l",
            ),
            Field(
                "contact_sensitivity",
                noop("Who may see the contact"),
                Kind.SELECT,
                options="labels:sensitivity",
                needed=True,
                default="hub",
            ),
        ),
    ),
    Section(
        noop("What it is about"),
        (
            Field("themes", noop("Themes"), Kind.CHECKS, options="concepts:theme", needed=True),
            Field(
                "threats", noop("Concerns and threats"), Kind.CHECKS, options="concepts:threat", needed=True
            ),
            Field("needs", noop("Needs"), Kind.CHECKS, options="concepts:need", needed=True),
            Field(
                "target_groups",
                noop("Target groups"),
                Kind.ROWS,
                needed=True,
                row=noop("Target group %(number)s"),
                add=noop("Add a target group"),
                fields=(
                    Field(
                        "code",
                        noop("Group"),
                        Kind.SELECT,
                        options="concepts:target-group",
                        needed=True,
                        empty=noop("Choose a group"),
                    ),
                    Field("age_band", noop("Age"), hint=noop("For example: 15 to 24"), size="s"),
                    Field("sex_focus", noop("Women or men in particular"), size="s"),
                ),
            ),
            Field(
                "prevention_levels",
                noop("Levels of prevention"),
                Kind.CHECKS,
                options="concepts:prevention-level",
                needed=True,
            ),
            Field(
                "interventions",
                noop("Types of intervention"),
                Kind.CHECKS,
                options="concepts:intervention",
                needed=True,
            ),
        ),
    ),
    Section(
        noop("Sources"),
        (
            Field(
                "provenance",
                noop("What this record stands on"),
                Kind.ROWS,
                needed=True,
                row=noop("Source %(number)s"),
                add=noop("Add a source"),
                fields=(
                    Field("title", noop("Title of the document"), needed=True, size="l"),
                    Field("url", noop("Address on the web"), Kind.ADDRESS, size="l"),
                    Field("publisher", noop("Publisher")),
                    Field("year", noop("Year"), Kind.WHOLE, size="xs"),
                    Field("supports", noop("What it supports"), Kind.AREA, lines=2),
                ),
            ),
        ),
    ),
    Section(
        noop("Who may see it"),
        (
            Field(
                "sensitivity",
                noop("Who may see it"),
                Kind.SELECT,
                options="labels:sensitivity",
                needed=True,
                default="public",
            ),
            Field("licence", noop("Licence"), hint=noop("For example: CC BY 4.0"), needed=True, size="s"),
            Field(
                "consent_to_publish",
                noop("Did the owner consent to publishing?"),
                Kind.YES_NO,
                needed=True,
            ),
            Field(
                "hub_note",
                noop("Note for the hub"),
                Kind.AREA,
                noop("This is never published."),
            ),
        ),
    ),
)
