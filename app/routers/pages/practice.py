"""The page of one practice, its citations, and the form for corrections."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from app.core.errors import Invalid, NotFound
from app.core.languages import LANGUAGES, Translation
from app.features.practices.commands import SuggestCorrection
from app.features.practices.queries import practice_by_slug, practice_cards, related_practices
from app.features.practices.rules.citation import AUTHOR, Citation, bibtex, ris
from app.features.practices.rules.criteria import RIGHTS_QUESTIONS, TRANSFER_POINTS
from app.features.practices.service import suggest_correction
from app.features.practices.views import PracticeCard, PracticeRecord, RelatedPractice
from app.web.deps import Config, Lang, Reads, Writes
from app.web.downloads import attachment
from app.web.errors import ShowAgain
from app.web.forms import Form, command_from, read_form
from app.web.htmx import see_other
from app.web.i18n import Translator
from app.web.labels import label
from app.web.reference import OnShelf
from app.web.render import page, url_of, words_of
from app.web.throttle import throttle_suggestion

router = APIRouter(prefix="/{lang:lang}/practices/{slug}", include_in_schema=False)

UNREVIEWED = frozenset({Translation.MACHINE_DRAFT, Translation.OUT_OF_DATE})


@dataclass(frozen=True, slots=True)
class ScoredPoint:
    """One of the eight points of transferability, in words; `value` is None where nobody scored it."""

    label: str
    value: int | None
    word: str


@dataclass(frozen=True, slots=True)
class PracticeView:
    """The page of a practice. `original_href` leads to the original where this page has translations."""

    record: PracticeRecord
    related: tuple[RelatedPractice, ...]
    points: tuple[ScoredPoint, ...]
    questions: tuple[str, ...]
    citation: str
    original_href: str | None
    hub_email: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """The form for a correction."""

    card: PracticeCard
    form: Form
    is_sent: bool = False


@router.get("", name="practice")
async def practice(
    request: Request, session: Reads, slug: str, shelf: OnShelf, lang: Lang, config: Config
) -> Response:
    """The whole record."""
    record = await practice_by_slug(session, slug, shelf)
    related = await related_practices(session, slug, shelf)
    view = view_of(request, record, related, config.hub_email)
    return page(request, "practices/record.html", view)


def view_of(
    request: Request, record: PracticeRecord, related: tuple[RelatedPractice, ...], hub_email: str
) -> PracticeView:
    """What the page of a record shows; the hub's preview shows the same."""
    words = words_of(request)
    return PracticeView(
        record=record,
        related=related,
        points=tuple(_point(record, point, words) for point in TRANSFER_POINTS),
        questions=RIGHTS_QUESTIONS,
        citation=_as_text(_citation(request, record), words),
        original_href=_original(request, record),
        hub_email=hub_email,
    )


@router.get("/cite.{form}", name="practice.cite")
async def cite(request: Request, session: Reads, slug: str, form: str, shelf: OnShelf) -> Response:
    """The citation as a file for reference managers (`bib`, `ris`) or as text (`txt`)."""
    if form not in CITATIONS:
        raise NotFound()
    media_type, write = CITATIONS[form]
    record = await practice_by_slug(session, slug, shelf)
    content = write(_citation(request, record), words_of(request))
    return Response(
        content,
        media_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": attachment(f"medina-{record.card.slug}.{form}")},
    )


@router.get("/correction", name="correction")
async def correction(request: Request, session: Reads, slug: str, shelf: OnShelf) -> Response:
    """The form for a correction."""
    return _correction(request, await _card(session, slug, shelf), Form({}))


@router.post("/correction", name="correction.send")
async def send_correction(
    request: Request, session: Writes, slug: str, shelf: OnShelf, lang: Lang
) -> Response:
    """Keep what the reader suggests; nothing about the reader."""
    await throttle_suggestion(request)
    card = await _card(session, slug, shelf)
    form = await read_form(request)
    try:
        command = command_from(SuggestCorrection, {"text": form.get("text")})
    except Invalid as error:
        again = form.rejected(error, words_of(request))
        raise ShowAgain(_correction(request, card, again, status=422)) from error
    await suggest_correction(session, slug, command, language=lang, now=datetime.now(UTC))
    return see_other(request, url_of(request, "correction.sent", slug=slug))


@router.get("/correction/sent", name="correction.sent")
async def correction_sent(request: Request, session: Reads, slug: str, shelf: OnShelf) -> Response:
    """Thanks."""
    view = CorrectionView(await _card(session, slug, shelf), Form({}), is_sent=True)
    return page(request, "practices/correction.html", view)


async def _card(session: Reads | Writes, slug: str, shelf: OnShelf) -> PracticeCard:
    found = await practice_cards(session, [slug], shelf)
    if not found:
        raise NotFound()
    return found[0]


def _correction(request: Request, card: PracticeCard, form: Form, *, status: int = 200) -> Response:
    view = CorrectionView(card, form)
    return page(request, "practices/correction.html", view, status=status, blocks={"form": "form"})


def _point(record: PracticeRecord, point: str, words: Translator) -> ScoredPoint:
    value = record.transfer_scores.get(point)
    word = words.gettext("Not reported") if value is None else label(words.language, "transfer-score", value)
    return ScoredPoint(label(words.language, "transfer-point", point), value, word)


def _original(request: Request, record: PracticeRecord) -> str | None:
    """The page in the language the texts were written in, where this one shows unreviewed translations."""
    source = record.source_language
    shown = any(text.is_fallback or text.status in UNREVIEWED for text in record.texts.values())
    if not shown or source not in LANGUAGES or source == words_of(request).language:
        return None
    return url_of(request, "practice", slug=record.card.slug, lang=source)


def _citation(request: Request, record: PracticeRecord) -> Citation:
    path = url_of(request, "practice", slug=record.card.slug)
    return Citation(
        key=record.card.slug,
        title=record.card.title.text,
        version_of=record.published_on,
        address=request.app.state.settings.public_url.rstrip("/") + path,
        language=record.card.title.language,
    )


def _as_text(citation: Citation, words: Translator) -> str:
    return words.gettext(
        "%(author)s: “%(title)s”. Medina, good practice library, version of %(date)s. %(address)s",
        author=AUTHOR,
        title=citation.title,
        date=words.date(citation.version_of),
        address=citation.address,
    )


CITATIONS: Mapping[str, tuple[str, Callable[[Citation, Translator], str]]] = {
    "bib": ("application/x-bibtex", lambda citation, _: bibtex(citation)),
    "ris": ("application/x-research-info-systems", lambda citation, _: ris(citation)),
    "txt": ("text/plain", lambda citation, words: _as_text(citation, words) + "\n"),
}
