"""The five sections of statements: concerns, approaches, assets, gaps, needs."""

from app.core.messages import noop
from app.core.sensitivity import Sensitivity
from app.features.consultations.rules.levels import DEFAULT_LEVELS
from app.features.consultations.rules.questionnaire.questions import (
    NO_NAME,
    NO_NAMES,
    Fold,
    Question,
    Rows,
    SectionOf,
    concept,
    concepts,
    line,
    offered,
    one,
    pick,
    prose,
    scale,
    when,
)
from app.models.base import Attribution
from app.models.consultation import (
    ApproachStatus,
    AssetKind,
    Basis,
    CapacityLevel,
    Confidence,
    Discussed,
    Priority,
    ScoredBy,
    Trend,
)

SCORED_BY = one("scored_by", noop("Who gave this score?"), "scored-by", ScoredBy, is_inline=True)


def who_may_see(section: str) -> Fold:
    """What others may learn of one statement; starts with the default of its section."""
    attribution, sensitivity = DEFAULT_LEVELS[section]
    return Fold(
        noop("Who may see this statement"),
        (
            pick(
                "attribution",
                noop("What others may learn of who said it"),
                "attribution",
                Attribution,
                default=attribution,
            ),
            pick(
                "sensitivity",
                noop("Who may read it"),
                "sensitivity",
                Sensitivity,
                noop("The stricter of both answers counts."),
                default=sensitivity,
            ),
            line(
                "office_title",
                noop("Office of the speaker"),
                noop("Only shown at A4 and A5"),
            ),
            line(
                "person_name",
                noop("Name of the speaker"),
                noop("Only shown at A5"),
            ),
        ),
    )


def discussed(label: str, missing: str) -> Question:
    """Whether the subject came up: no, not discussed and unknown are three answers."""
    return one("discussed", label, "discussed", Discussed, missing=missing)


CONCERNS = SectionOf(
    "concerns",
    noop("Concerns and threats"),
    noop("What worries people about hate, extremism or polarisation, and what drives it."),
    (
        discussed(
            noop("Were concerns or threats raised?"), noop("Say whether concerns or threats were raised")
        ),
        Rows(
            "statements",
            noop("Concern %(number)s"),
            noop("Add a concern"),
            (
                prose(
                    "text", noop("What is the concern?"), NO_NAMES, missing=noop("Write what the concern is")
                ),
                concept("concept", noop("What is it closest to?"), "threat"),
                one(
                    "is_driver",
                    noop("Is it a harm that shows itself, or something that drives harm?"),
                    "driver",
                    ("no", "yes"),
                ),
                concepts("affected_groups", noop("Who is affected?"), "target-group"),
                scale("severity", noop("How severe is it?"), "severity"),
                SCORED_BY,
                Fold(
                    noop("More about this concern"),
                    (
                        one("trend", noop("Which way is it moving?"), "trend", Trend),
                        line("sub_area", noop("In which part of the city?")),
                        line("time_frame", noop("Since when, or until when?")),
                        one("confidence", noop("How sure are you?"), "confidence", Confidence),
                        one("basis", noop("What does this rest on?"), "basis", Basis),
                    ),
                ),
                who_may_see("concerns"),
            ),
        ),
    ),
    has_statements=True,
)

APPROACHES = SectionOf(
    "approaches",
    noop("What the city already does"),
    noop("Work that exists, however small. It may help another city."),
    (
        discussed(
            noop("Were existing approaches named?"), noop("Say whether existing approaches were named")
        ),
        Rows(
            "statements",
            noop("Approach %(number)s"),
            noop("Add an approach"),
            (
                prose("text", noop("What is done?"), NO_NAMES, missing=noop("Write what is done")),
                concept("concept", noop("What kind of work is it?"), "intervention"),
                line("lead", noop("Who leads it?"), NO_NAME),
                one("status", noop("How far is it?"), "approach-status", ApproachStatus),
                when("since", noop("Since when?")),
                Fold(
                    noop("More about this approach"),
                    (
                        scale("usefulness", noop("How useful is it, in your own view?"), "usefulness"),
                        SCORED_BY,
                        offered("practice", noop("Is it a practice of the library?"), "practices"),
                    ),
                ),
                who_may_see("approaches"),
            ),
        ),
    ),
    has_statements=True,
)

ASSETS = SectionOf(
    "assets",
    noop("What the city can build on"),
    noop("People, money, plans, places and partners that are there already."),
    (
        discussed(
            noop("Were assets and resources named?"), noop("Say whether assets and resources were named")
        ),
        Rows(
            "statements",
            noop("Asset %(number)s"),
            noop("Add an asset"),
            (
                pick(
                    "kind",
                    noop("What kind of asset is it?"),
                    "asset-kind",
                    AssetKind,
                    missing=noop("Choose what kind of asset it is"),
                ),
                prose("text", noop("What is it?"), NO_NAMES, missing=noop("Write what the asset is")),
                line(
                    "amount",
                    noop("How much or how many?"),
                    noop("For example: two staff, a hall"),
                ),
                when("secured_until", noop("Until when is it secured?")),
                who_may_see("assets"),
            ),
        ),
    ),
    has_statements=True,
)

GAPS = SectionOf(
    "gaps",
    noop("What the city lacks"),
    noop("Weak points and gaps, so that support goes where it is missing."),
    (
        discussed(
            noop("Were gaps or weak points named?"), noop("Say whether gaps or weak points were named")
        ),
        Rows(
            "statements",
            noop("Gap %(number)s"),
            noop("Add a gap"),
            (
                prose("text", noop("What is missing?"), NO_NAMES, missing=noop("Write what is missing")),
                one(
                    "capacity_level",
                    noop("Where does the gap lie?"),
                    "capacity-level",
                    CapacityLevel,
                    has_hints=True,
                ),
                who_may_see("gaps"),
            ),
        ),
    ),
    has_statements=True,
)

NEEDS = SectionOf(
    "needs",
    noop("Key needs"),
    noop("What the city needs, the most pressing first."),
    (
        discussed(noop("Were needs named?"), noop("Say whether needs were named")),
        Rows(
            "statements",
            noop("Need %(number)s"),
            noop("Add a need"),
            (
                prose(
                    "text",
                    noop("What does the city need?"),
                    NO_NAMES,
                    missing=noop("Write what the city needs"),
                ),
                concept(
                    "concept",
                    noop("What is it closest to?"),
                    "need",
                    missing=noop("Choose what the need is closest to"),
                ),
                one("priority", noop("How pressing is it?"), "priority", Priority, is_inline=True),
                scale("capacity_existing", noop("What can the city do today?"), "capacity"),
                scale("capacity_desired", noop("What should the city be able to do?"), "capacity"),
                SCORED_BY,
                Fold(
                    noop("More about this need"),
                    (
                        concept("modality", noop("What kind of support would help?"), "support-modality"),
                        when("urgency", noop("By when is it needed?")),
                        prose("feasibility_note", noop("What would make it work, or stand in the way?")),
                    ),
                ),
                who_may_see("needs"),
            ),
            hint=noop("The order is yours: the first need is the most pressing one."),
            has_order=True,
        ),
    ),
    has_statements=True,
)
