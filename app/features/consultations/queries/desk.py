"""One stored consultation for the people who work on it: officials of the city, staff of the hub."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actor import Actor
from app.features.consultations.queries.answers import section_of
from app.features.consultations.queries.stored import ALL, stored_consultation
from app.features.consultations.rules.answers import flat
from app.features.consultations.rules.questionnaire import STATEMENT_SECTIONS
from app.features.consultations.views.desk import ConsentLine, DeskRecord, DeskStatement, SectionNote
from app.models.consultation import Approach, Concern, Need, Spoken


async def desk_record(
    session: AsyncSession, actor: Actor, id_: UUID, *, sections: Iterable[str] = ALL
) -> DeskRecord:
    """One consultation with the answers of the given sections. Raises `NotFound`."""
    asked = tuple(sections)
    found = await stored_consultation(session, actor, id_, sections=asked)
    answers = {name: section_of(found, name).model_dump(mode="json") for name in asked}
    return DeskRecord(
        id=found.id,
        reference=found.reference,
        state=str(found.state),
        place_id=found.place_id,
        language=found.language,
        is_illustration=found.is_illustration,
        answers=answers,
        values={name: flat(told) for name, told in answers.items()},
        notes={
            name: SectionNote(bool(note.get("done")), int(note.get("saves", 0)))
            for name, note in found.sections.items()
        },
        created_at=found.created_at,
        updated_at=found.updated_at,
        submitted_at=found.submitted_at,
        published_at=found.published_at,
        consent_given=found.consent_given,
        consent_withdrawn_on=found.consent_withdrawn_on,
        return_note=found.return_note,
        hub_note=found.hub_note if actor.reads_for_hub else "",
        consents=tuple(
            ConsentLine(
                one.wording_version,
                one.language,
                one.given_on,
                str(one.channel) if one.channel else None,
                one.withdrawn_at,
            )
            for one in (found.consents if "privacy" in asked else ())
        ),
        statements=tuple(
            _statement(name, position, row)
            for name in STATEMENT_SECTIONS
            if name in asked
            for position, row in enumerate(getattr(found, name))
        ),
    )


def _statement(section: str, position: int, row: Spoken) -> DeskStatement:
    return DeskStatement(
        id=row.id,
        section=section,
        name=f"statements.{position}",
        text=row.text,
        language=row.language,
        attribution=str(row.attribution),
        sensitivity=str(row.sensitivity),
        office_title=row.office_title,
        person_name=row.person_name,
        concept=row.concept_code if isinstance(row, Concern | Approach | Need) else None,
        need_status=str(row.status) if isinstance(row, Need) else None,
        need_status_on=row.status_on if isinstance(row, Need) else None,
        reviewed_at=row.reviewed_at,
        translations=row.translations or {},
    )
