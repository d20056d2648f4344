"""The last two sections: working with national government, and who may see what."""

from app.core.messages import noop
from app.core.sensitivity import Sensitivity
from app.features.consultations.rules.choices import WrittenIn
from app.features.consultations.rules.questionnaire.questions import (
    NO_NAME,
    NO_NAMES,
    Fold,
    Grid,
    SectionOf,
    day,
    line,
    one,
    prose,
    scale,
    when,
    yes_no,
)
from app.features.consultations.rules.questionnaire.statements import SCORED_BY
from app.models.base import Attribution
from app.models.consultation import Channel, Discussed

LIKE_A_DAY = noop("For example 2026-03-31")

NATIONAL = SectionOf(
    "national",
    noop("Working with national government"),
    noop("Whether the city knows its part in the national strategy, and how well both levels work together."),
    (
        one(
            "strategy_known",
            noop("Does the city know the national strategy?"),
            "known",
            Discussed,
            missing=noop("Choose whether the city knows the national strategy"),
        ),
        one("strategy_read", noop("Has somebody in the city read it?"), "known", Discussed),
        one("mandate_clear", noop("Is the city's mandate clear?"), "known", Discussed),
        line("body", noop("Which national body does the city deal with?")),
        line("focal_point", noop("Is there a focal point?"), NO_NAME),
        when("last_contact", noop("When was the last contact?")),
        Grid(
            "dimensions",
            "nlc-dimension",
            noop("How well does it work?"),
            noop("Score what you talked about and leave the rest."),
            (
                scale("score", noop("Score"), "capacity"),
                SCORED_BY,
                prose("note", noop("A note"), NO_NAMES),
            ),
        ),
    ),
)

PRIVACY = SectionOf(
    "privacy",
    noop("Who may see what"),
    noop("Nothing leaves the hub without consent, and never more than you allow here."),
    (
        one(
            "attribution",
            noop("What is the most that others may learn of who said something?"),
            "attribution",
            Attribution,
            noop("This is the limit for the whole consultation. A single statement can be stricter."),
            missing=noop("Choose the most that others may learn"),
            has_hints=True,
        ),
        one(
            "sensitivity",
            noop("Who may read the answers at most?"),
            "sensitivity",
            Sensitivity,
            noop("The stricter of both answers counts."),
            missing=noop("Choose who may read the answers at most"),
            has_hints=True,
        ),
        yes_no(
            "consent_given",
            noop("Did the participants consent to this?"),
            missing=noop("Choose whether the participants consented"),
        ),
        one(
            "consent_language",
            noop("In which language were they asked?"),
            "language",
            WrittenIn,
            is_inline=True,
        ),
        day("consent_on", noop("On which day did they consent?"), LIKE_A_DAY),
        one("consent_channel", noop("How did they consent?"), "channel", Channel),
        Fold(
            noop("Did participants check the answers?"),
            (
                day(
                    "returned_on",
                    noop("When were the answers shown to participants?"),
                    LIKE_A_DAY,
                ),
                prose("corrections", noop("What did they correct?"), NO_NAMES),
                line(
                    "validated_by",
                    noop("Who confirmed the answers?"),
                    NO_NAME,
                ),
            ),
        ),
    ),
)
