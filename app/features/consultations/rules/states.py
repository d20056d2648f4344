"""Who may do what with a consultation, and which state follows which."""

from app.core.actor import Actor
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.messages import noop
from app.models.consultation import ConsultationState

FOR_LEADS = noop("Your city lead in Medina sends consultations, and takes them back.")
NOT_A_DRAFT = noop("This consultation was sent already; it can no longer be changed.")
NOT_SENT = noop("This consultation was not sent to the hub yet.")
IS_ARCHIVED = noop("This consultation is archived.")
IS_PUBLISHED = noop("This consultation is published; it can no longer be given back.")
HAS_REFERENCE = noop("This consultation has a reference number: it can be sent again, not deleted.")
NO_CONSENT = noop("Nothing can be published: there is no consent, or it was withdrawn.")


def check_may_write(actor: Actor, place_id: str) -> None:
    """Only officials of a city write its consultations; for others there is nothing to write."""
    if not actor.speaks_for(place_id):
        raise NotFound()


def check_may_send(actor: Actor, place_id: str) -> None:
    """Those who lead a city send, withdraw and discard; those who contribute may know why they cannot."""
    check_may_write(actor, place_id)
    if not actor.leads(place_id):
        raise Forbidden(FOR_LEADS)


def check_may_review(actor: Actor) -> None:
    """Reviewers and editors of the hub say what was read."""
    if not actor.is_reviewer:
        raise NotFound()


def check_is_hub(actor: Actor) -> None:
    """Only editors of the hub publish."""
    if not actor.is_editor:
        raise NotFound()


def check_is_draft(state: ConsultationState) -> None:
    """What was sent stays as it was sent."""
    if state is not ConsultationState.DRAFT:
        raise Conflict(NOT_A_DRAFT)


def check_was_sent(state: ConsultationState) -> None:
    """The hub works on what cities have sent."""
    if state is ConsultationState.DRAFT:
        raise Conflict(NOT_SENT)
    if state is ConsultationState.ARCHIVED:
        raise Conflict(IS_ARCHIVED)


def check_can_return(state: ConsultationState) -> None:
    """What is published already is not given back to be changed."""
    check_was_sent(state)
    if state is ConsultationState.PUBLISHED:
        raise Conflict(IS_PUBLISHED)


def check_can_discard(state: ConsultationState, reference: str | None) -> None:
    """Only what never reached the hub can be deleted."""
    check_is_draft(state)
    if reference is not None:
        raise Conflict(HAS_REFERENCE)


def check_consent(*, given: bool | None, is_withdrawn: bool) -> None:
    """No publication without consent."""
    if not given or is_withdrawn:
        raise Conflict(NO_CONSENT)


def is_overwritten(*, stored: int, based_on: int, saved_from: str, page: str, is_autosave: bool) -> bool:
    """Whether a save would overwrite what somebody else saved meanwhile.

    The same opened page may save again without knowing of its own automatic save; an automatic
    save that comes late never overwrites.
    """
    if stored == based_on:
        return False
    return is_autosave or not page or page != saved_from
