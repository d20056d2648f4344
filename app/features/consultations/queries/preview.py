"""What publishing a consultation would show: the copies that would be written, with the ranks of the city."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actor import Actor
from app.features.consultations.queries.published import public_statement
from app.features.consultations.queries.stored import stored_consultation
from app.features.consultations.rules.document import publication_of
from app.features.consultations.rules.questionnaire import STATEMENT_SECTIONS
from app.features.consultations.views.preview import Preview, Reason, Withheld
from app.models.consultation import Consultation, Spoken
from app.models.place import Place


async def publication_preview(session: AsyncSession, actor: Actor, id_: UUID) -> Preview:
    """Statements that would be public, and the others with the reason. Raises `NotFound`."""
    found = await stored_consultation(session, actor, id_)
    country = await session.scalar(select(Place.country_code).where(Place.id == found.place_id)) or ""
    shown, withheld = [], []
    for section in STATEMENT_SECTIONS:
        for statement in getattr(found, section):
            command = publication_of(section, statement, found, country)
            if command is None:
                withheld.append(Withheld(section, statement.text, _reason(found, statement)))
            else:
                shown.append(public_statement(command.document, command.audience))
    return Preview(
        has_consent=found.consent_given is True and found.consent_withdrawn_on is None,
        shown=tuple(shown),
        withheld=tuple(withheld),
    )


def _reason(consultation: Consultation, statement: Spoken) -> Reason:
    if not consultation.consent_given or consultation.consent_withdrawn_on is not None:
        return Reason.NO_CONSENT
    return Reason.NOT_READ if statement.reviewed_at is None else Reason.LEVELS
