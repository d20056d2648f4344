"""The first two sections: the consultation itself, and who took part."""

from app.core.messages import noop
from app.features.consultations.rules.choices import Age, HowMany, Role, Sex, WrittenIn
from app.features.consultations.rules.questionnaire.questions import (
    NO_NAME,
    Fold,
    Kind,
    Question,
    Rows,
    SectionOf,
    Source,
    concept,
    concepts,
    line,
    number,
    offered,
    one,
    pick,
    prose,
    when,
    yes_no,
)
from app.models.base import Attribution
from app.models.consultation import Method

LANGUAGES_SPOKEN = ("ar", "ckb", "kmr", "zgh", "syr", "tk", "fr", "en", "es", "it")
"""Languages spoken in the cities of the region, as BCP 47 tags; CLDR names them."""

ABOUT = SectionOf(
    "about",
    noop("About the consultation"),
    noop("When and how you talked, and what for."),
    (
        line(
            "title",
            noop("What do you call this consultation?"),
            noop("For example: Round table on youth and public space"),
            missing=noop("Give the consultation a name"),
        ),
        one(
            "language",
            noop("In which language do you write the answers?"),
            "language",
            WrittenIn,
            missing=noop("Choose the language you write in"),
            is_inline=True,
        ),
        when("held", noop("When was it held?"), missing=noop("Say when it was held")),
        one("method", noop("How was it held?"), "method", Method, missing=noop("Choose how it was held")),
        prose(
            "purpose",
            noop("What was it for?"),
            noop("One or two sentences are enough."),
            missing=noop("Say what it was for"),
        ),
        Fold(
            noop("More places and languages"),
            (
                offered(
                    "other_places", noop("Which other places do the answers speak for?"), "places", many=True
                ),
                yes_no("place_is_approximate", noop("Is the area only roughly known?")),
                Question(
                    "languages_used",
                    Kind.MANY,
                    noop("Which languages were spoken?"),
                    source=Source.WORDS,
                    of="language",
                    codes=LANGUAGES_SPOKEN,
                ),
                yes_no("had_interpreter", noop("Was there an interpreter?")),
            ),
        ),
        Fold(
            noop("What it builds on and leads to"),
            (
                prose("decision_it_informs", noop("Which decision will it inform?")),
                prose("prior_information_used", noop("What earlier information did you build on?")),
                when("reference_period", noop("Which period do the answers speak about?")),
                number("round_number", noop("Which round is this?"), noop("1 for the first of its kind.")),
                offered("previous", noop("Which of your consultations came before it?"), "previous"),
                offered("event", noop("Was it part of an event?"), "events"),
            ),
        ),
        Fold(
            noop("How it was led"),
            (
                line("instrument", noop("Which questionnaire or guide was used, in which version?")),
                line(
                    "facilitators",
                    noop("Who led the conversation?"),
                    NO_NAME,
                ),
                line("note_taker", noop("Who took notes?"), NO_NAME),
                number("duration_minutes", noop("How long did it take?"), unit=noop("minutes")),
            ),
        ),
    ),
)

PARTICIPANTS = SectionOf(
    "participants",
    noop("Who took part"),
    noop("How many people, which groups, and whose voice was missing."),
    (
        one(
            "basis",
            noop("How well do you know the number of participants?"),
            "how-many",
            HowMany,
            missing=noop("Choose how well you know the number"),
        ),
        number("total", noop("How many people took part?")),
        Rows(
            "groups",
            noop("Group %(number)s"),
            noop("Add a group"),
            (
                pick("sex", noop("Sex"), "sex", Sex),
                pick("age", noop("Age"), "age", Age),
                pick("role", noop("Role"), "role", Role),
                concept("organisation", noop("Kind of organisation"), "actor"),
                number("count", noop("How many")),
            ),
            hint=noop("As far as you know them: the groups need not add up to the total."),
            title=noop("Groups of participants"),
        ),
        Rows(
            "named",
            noop("Participant %(number)s"),
            noop("Add a participant"),
            (
                line("office_title", noop("Office")),
                line("organisation", noop("Organisation")),
                line("person_name", noop("Name"), noop("Only if the person agreed that you write it here.")),
                pick(
                    "attribution",
                    noop("What others may learn of this person"),
                    "attribution",
                    Attribution,
                    default=Attribution.HUB_ONLY,
                ),
            ),
            hint=noop("Only people who speak for an office and agreed to be noted. Nobody needs to be here."),
            title=noop("Participants by office"),
        ),
        prose(
            "who_was_missing",
            noop("Who was missing?"),
            noop("Every consultation misses somebody. Saying who helps others to read the answers rightly."),
            missing=noop("Say who was missing"),
        ),
        concepts("missing_groups", noop("Which of these groups were missing?"), "target-group"),
    ),
)
