"""What the pages of a consultation share: words for codes, the list of sections, the frame of a page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from fastapi import Request

from app.core.actor import Actor
from app.core.db import ReadSession
from app.core.messages import noop
from app.features.consultations.queries.desk import desk_record
from app.features.consultations.queries.offers import load_offers
from app.features.consultations.rules.questionnaire import SECTIONS
from app.features.consultations.views.desk import DeskRecord, SectionNote
from app.features.consultations.views.reader import Reader
from app.web.deps import language_of
from app.web.labels import label
from app.web.reference import current_reference
from app.web.render import url_of, words_of

CHECK = noop("Check your answers")
CHECK_STEP = "check"

_NAME = re.compile(r"[a-z_]{1,40}(\.[a-z0-9-]{1,60}(\.[a-z_]{1,40})?)?")


@dataclass(frozen=True, slots=True)
class Step:
    """A section in the task list and beside the form."""

    href: str | None
    label: str
    status: str
    done: bool
    current: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head of each page of a consultation says."""

    id: UUID
    title: str | None
    reference: str | None
    place_id: str
    place: str
    country: str
    is_illustration: bool


async def reader_of(
    request: Request, session: ReadSession, place_id: str | None = None, reference: str | None = None
) -> Reader:
    """What turns codes into words; with what this city can choose, where a place is given."""
    known = await current_reference(request, session)
    words = words_of(request)
    language = language_of(request)
    offers = (
        await load_offers(session, place_id, known.gazetteer, language, but=reference) if place_id else {}
    )
    return Reader(
        known.vocabulary, known.gazetteer, language, partial(label, language), words.gettext, offers
    )


async def record_and_reader(
    request: Request, session: ReadSession, actor: Actor, id_: UUID, sections: Iterable[str] = SECTIONS
) -> tuple[DeskRecord, Reader]:
    """A stored consultation for somebody who may know of it, and the words for it."""
    record = await desk_record(session, actor, id_, sections=tuple({*sections, "about"}))
    return record, await reader_of(request, session, record.place_id, record.reference)


def heading(record: DeskRecord, reader: Reader) -> Heading:
    """The head of a page."""
    return Heading(
        id=record.id,
        title=record.title,
        reference=record.reference,
        place_id=record.place_id,
        place=reader.place(record.place_id),
        country=reader.country_of(record.place_id),
        is_illustration=record.is_illustration,
    )


def steps(request: Request, record: DeskRecord, current: str = "") -> tuple[Step, ...]:
    """All sections with how far each is, and the check at the end."""
    words = words_of(request)
    found = [
        _step(request, record, code, words.gettext(section.title), record.note(code), current)
        for code, section in SECTIONS.items()
    ]
    found.append(
        Step(
            url_of(request, "consultation.check", id_=record.id),
            words.gettext(CHECK),
            "",
            done=False,
            current=current == CHECK_STEP,
        )
    )
    return tuple(found)


def _step(
    request: Request, record: DeskRecord, code: str, title: str, note: SectionNote, current: str
) -> Step:
    return Step(
        url_of(request, "consultation.section", id_=record.id, section=code),
        title,
        label(language_of(request), "section-status", note.status),
        note.is_done,
        code == current,
    )


def after(section: str) -> str | None:
    """The section that follows; None after the last."""
    codes = list(SECTIONS)
    at = codes.index(section) + 1
    return codes[at] if at < len(codes) else None


def possible_names(values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Typed values under names that a form of ours could have; other names come from elsewhere."""
    return {name: typed for name, typed in values.items() if _NAME.fullmatch(name)}


def desk(request: Request, id_: UUID, said: str, of: str = "") -> str:
    """The hub's page of a consultation, which says what was just done, there where it was done."""
    path = url_of(request, "manage.consultation", id_=id_, query={"said": said, "of": of})
    return f"{path}#{of}" if of else path
