"""Publishing a consultation: first what exactly would be seen, and by whom."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.errors import NotFound
from app.core.sensitivity import Sensitivity
from app.features.consultations.queries.preview import publication_preview
from app.features.consultations.rules.questionnaire import SECTIONS, STATEMENT_SECTIONS
from app.features.consultations.service.publishing import publish_for_hub
from app.features.consultations.views.desk import DeskRecord
from app.features.consultations.views.preview import Withheld
from app.features.consultations.views.public import StatementGroup, groups_of
from app.routers.pages.consultations_parts import Heading, desk, heading, record_and_reader
from app.web.deps import Reads, Who, Writes
from app.web.htmx import see_other
from app.web.render import page, words_of

router = APIRouter(prefix="/{lang:lang}/manage/consultations/{id_:uuid}/publish", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class PublishView:
    """Exactly what everybody would read, what members and partners would (`inner`), and what nobody."""

    head: Heading
    record: DeskRecord
    has_consent: bool
    groups: tuple[StatementGroup, ...]
    inner: tuple[StatementGroup, ...]
    withheld: tuple[Withheld, ...]
    titles: dict[str, str]


@router.get("", name="manage.consultation.preview")
async def preview(request: Request, session: Reads, id_: UUID, who: Who) -> Response:
    """Exactly what will be public."""
    record, reader = await record_and_reader(request, session, who, id_)
    if record.is_draft:
        raise NotFound()
    found = await publication_preview(session, who, id_)
    words = words_of(request)
    view = PublishView(
        head=heading(record, reader),
        record=record,
        has_consent=found.has_consent,
        groups=groups_of((one for one in found.shown if one.audience == Sensitivity.PUBLIC), reader),
        inner=groups_of((one for one in found.shown if one.audience != Sensitivity.PUBLIC), reader),
        withheld=found.withheld,
        titles={code: words.gettext(SECTIONS[code].title) for code in STATEMENT_SECTIONS},
    )
    return page(request, "consultations/publish.html", view)


@router.post("", name="manage.consultation.publish")
async def publish(request: Request, session: Writes, id_: UUID, who: Who) -> Response:
    """Publish what may leave the hub."""
    await publish_for_hub(session, who, id_, now=datetime.now(UTC))
    return see_other(request, desk(request, id_, "published"))
