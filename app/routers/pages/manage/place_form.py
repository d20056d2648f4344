"""The form of a place: names, where it lies, how many live there, what is stated of it."""

from app.core.messages import noop
from app.routers.pages.manage.fields import Field, Kind, Section

NOT_STATED = noop("Not stated")

_SINCE = Field("since", noop("Since"), Kind.DATE)
_SOURCE = Field("source_key", noop("Source"), Kind.SELECT, options="sources", empty=NOT_STATED, size="l")
_NOTE = Field("note", noop("Note"), Kind.AREA, noop("Readers may see this."), lines=2)

COUNTRY = Field(
    "country",
    noop("Country"),
    Kind.SELECT,
    noop("It cannot be changed later."),
    options="countries",
    needed=True,
    empty=noop("Choose a country"),
)


def _basis(language: str, label: str) -> Field:
    return Field(f"name_basis.{language}", label, Kind.SELECT, options="labels:name-basis", empty=NOT_STATED)


SECTIONS = (
    Section(
        noop("Names"),
        (
            Field("names", noop("Name"), Kind.NAMES, needed=True),
            _basis("ar", noop("Where the Arabic name comes from")),
            _basis("fr", noop("Where the French name comes from")),
            _basis("en", noop("Where the English name comes from")),
            Field(
                "aliases",
                noop("Other names and spellings"),
                Kind.AREA,
                noop("One a line, in any language. Search finds the place by each of them."),
            ),
        ),
    ),
    Section(
        noop("Where it is"),
        (
            Field(
                "kind",
                noop("Kind of place"),
                Kind.SELECT,
                options="labels:place-kind",
                needed=True,
                default="city",
            ),
            Field(
                "parent",
                noop("Lies in"),
                Kind.SELECT,
                noop("The larger place it belongs to, in the same country."),
                options="places",
                empty=NOT_STATED,
            ),
            Field("latitude", noop("Latitude"), Kind.NUMBER, noop("In degrees, such as 36.34"), size="s"),
            Field("longitude", noop("Longitude"), Kind.NUMBER, noop("In degrees, such as 43.12"), size="s"),
        ),
    ),
    Section(
        noop("Population"),
        (
            Field("population", noop("Inhabitants"), Kind.WHOLE),
            Field("population_year", noop("Year of the count"), Kind.WHOLE, size="xs"),
            Field("population_source", noop("Where the number comes from"), size="l"),
        ),
    ),
    Section(
        noop("What is stated of it"),
        (
            Field("is_border", noop("Does it lie at a border?"), Kind.YES_NO),
            Field("is_host", noop("Does it host displaced people or refugees?"), Kind.YES_NO),
            Field("is_conflict_affected", noop("Is it affected by conflict?"), Kind.YES_NO),
            Field("facts_source", noop("Who states this"), size="l"),
        ),
    ),
    Section(
        noop("Part in the network"),
        (
            Field(
                "memberships",
                noop("Membership"),
                Kind.ROWS,
                row=noop("Membership %(number)s"),
                add=noop("Add a membership"),
                fields=(
                    Field(
                        "status",
                        noop("Membership status"),
                        Kind.SELECT,
                        options="labels:membership-status",
                        needed=True,
                        empty=noop("Choose one"),
                    ),
                    _SINCE,
                    _SOURCE,
                    _NOTE,
                ),
            ),
            Field(
                "engagements",
                noop("Work with the hub"),
                Kind.ROWS,
                noop("Also of cities that are not members."),
                row=noop("Work with the hub %(number)s"),
                add=noop("Add when the work with the hub began"),
                fields=(_SINCE, _SOURCE, _NOTE),
            ),
        ),
    ),
    Section(
        noop("Codes and sources"),
        (
            Field("iso_3166_2", noop("ISO 3166-2 code"), hint=noop("For example: IQ-NI"), size="s"),
            Field("geonames_id", noop("GeoNames number"), Kind.WHOLE, size="s"),
            Field("wikidata_id", noop("Wikidata number"), hint=noop("For example: Q83387"), size="s"),
            Field("p_code", noop("P-code of the United Nations"), size="s"),
            Field(
                "sources",
                noop("Sources of this record"),
                Kind.AREA,
                noop("One a line."),
            ),
            Field("hub_note", noop("Note for the hub"), Kind.AREA, noop("This is never published.")),
        ),
    ),
)

NEW_SECTIONS = (SECTIONS[0], Section(SECTIONS[1].title, (COUNTRY, *SECTIONS[1].fields)), *SECTIONS[2:])
