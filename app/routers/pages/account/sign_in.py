"""Signing in by mail: ask for a link, open it or type its code in the same browser; signing out."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from app.core.credentials import LinkPurpose, Strength
from app.core.errors import FieldError, Invalid
from app.core.languages import LANGUAGES
from app.core.messages import noop
from app.features.accounts.commands.people import AskForLink
from app.features.accounts.service.links import active_account, make_link, use_code, use_link
from app.features.accounts.service.sessions import end_session
from app.features.mail.rules import NOBODY
from app.routers.pages.account.beginning import begin, way_on
from app.web.deps import Asking, Lang, Writes, database_of
from app.web.errors import ShowAgain
from app.web.forms import Form, command_from, read_form
from app.web.htmx import see_other
from app.web.identity import drop_session
from app.web.mail import send_mail
from app.web.redirects import safe_next
from app.web.render import page, url_of, words_of
from app.web.site import at_better_address, browser_hash
from app.web.throttle import secret_key, throttle_code, throttle_mail, throttle_sign_in

OUT = "signed-out"

router = APIRouter(prefix="/{lang:lang}", include_in_schema=False)

WRONG_CODE = noop("This code is wrong, too old or was used already. Check it, or ask for a new mail.")
WRONG_LINK = noop(
    "This link works once, within 10 minutes, in the browser that asked for it. "
    "Type the code of the mail there, or ask for a new mail here."
)


@dataclass(frozen=True, slots=True)
class SignInView:
    """The form that asks for an address."""

    next: str
    form: Form = field(default_factory=lambda: Form({}))
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class CodeView:
    """The form that takes the code of a mail."""

    next: str
    form: Form = field(default_factory=lambda: Form({}))


@dataclass(frozen=True, slots=True)
class LinkView:
    """The button behind a link: opening it alone does nothing, since mail programs open links too."""

    token: str
    next: str
    problem: str = ""


@router.get("/sign-in", name="sign-in")
async def sign_in(request: Request, caller: Asking, next: str = "", said: str = "") -> Response:
    """Ask for an address, or for a passkey; says so to those who have just signed out."""
    if elsewhere := at_better_address(request):
        return elsewhere
    if caller.session is not None:
        return see_other(request, safe_next(next) or url_of(request, "account"))
    return page(request, "account/sign_in.html", SignInView(safe_next(next) or "", is_out=said == OUT))


@router.post("/sign-in", name="sign-in.ask")
async def ask(request: Request, session: Writes, lang: Lang) -> Response:
    """Send a link and a code, if there is an account; answer and work are the same if there is none."""
    form = await read_form(request)
    back = safe_next(form.get("next")) or ""
    try:
        command = command_from(AskForLink, {"email": form.get("email")})
    except Invalid as error:
        again = SignInView(back, form.rejected(error, words_of(request)))
        raise ShowAgain(page(request, "account/sign_in.html", again, status=422)) from error
    await throttle_mail(request, command.email)
    now = datetime.now(UTC)
    account = await active_account(session, command.email)
    link = await make_link(
        session,
        LinkPurpose.SIGN_IN,
        account.id if account else None,
        browser_hash(request),
        secret_key(request, "codes"),
        now=now,
    )
    language = next((one for one in LANGUAGES if account and one == account.language), lang)
    send_mail(
        request.app,
        session,
        account.email if account else NOBODY,
        language,
        "sign-in",
        now=now,
        expires_at=link.expires_at,
        path=url_of(request, "sign-in.link", token=link.token, query={"next": back}),
        code=link.code,
    )
    return see_other(request, url_of(request, "sign-in.code", query={"next": back}))


@router.get("/sign-in/code", name="sign-in.code")
async def code(request: Request, next: str = "") -> Response:
    """Where the code of the mail is typed."""
    return page(request, "account/code.html", CodeView(safe_next(next) or ""))


@router.post("/sign-in/code", name="sign-in.code.use")
async def type_code(request: Request, session: Writes) -> Response:
    """Sign in with the code of a mail."""
    form = await read_form(request)
    back = safe_next(form.get("next")) or ""
    await throttle_code(request, browser_hash(request))
    now = datetime.now(UTC)
    used = await use_code(
        session,
        LinkPurpose.SIGN_IN,
        form.get("code"),
        browser_hash(request),
        secret_key(request, "codes"),
        now=now,
    )
    if used is None:
        error = Invalid([FieldError("code", WRONG_CODE)])
        again = CodeView(back, form.rejected(error, words_of(request)))
        raise ShowAgain(page(request, "account/code.html", again, status=422))
    await begin(request, session, used.account_id, Strength.EMAIL, now=now)
    return see_other(request, await way_on(request, session, used.account_id, Strength.EMAIL, back))


@router.get("/sign-in/link/{token}", name="sign-in.link")
async def link(request: Request, token: str, next: str = "") -> Response:
    """A button: whoever only opens the link has not used it."""
    return page(request, "account/link.html", LinkView(token, safe_next(next) or ""))


@router.post("/sign-in/link/{token}", name="sign-in.link.use")
async def open_link(request: Request, session: Writes, token: str) -> Response:
    """Sign in with the link of a mail."""
    form = await read_form(request)
    back = safe_next(form.get("next")) or ""
    await throttle_sign_in(request, browser_hash(request))
    now = datetime.now(UTC)
    used = await use_link(session, LinkPurpose.SIGN_IN, token, browser_hash(request), now=now)
    if used is None:
        view = LinkView(token, back, words_of(request).gettext(WRONG_LINK))
        raise ShowAgain(page(request, "account/link.html", view, status=422))
    await begin(request, session, used.account_id, Strength.EMAIL, now=now)
    return see_other(request, await way_on(request, session, used.account_id, Strength.EMAIL, back))


@router.post("/sign-out", name="sign-out")
async def sign_out(request: Request, caller: Asking) -> Response:
    """Sign this browser out; it forgets what it has kept of our pages."""
    if caller.session is not None:
        async with database_of(request).writing() as session:
            await end_session(session, caller.session.id, now=datetime.now(UTC))
    drop_session(request)
    return see_other(request, url_of(request, "sign-in", query={"said": OUT}))
