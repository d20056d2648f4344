"""From a view to a page or to the block of it that htmx asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response
from starlette.routing import NoMatchFound, compile_path, replace_params

from app.core.actor import Actor
from app.core.languages import LANGUAGES, Language, direction
from app.features.accounts.rules.demo import OTHER_PERSONAS
from app.web.deps import language_of
from app.web.htmx import VARY, Htmx
from app.web.i18n import LANGUAGE_NAMES, Translator, translator
from app.web.identity import actor_of, caller_of, form_token_of
from app.web.labels import label
from app.web.navigation import NavigationEntry, footer, navigation
from app.web.policy import walk
from app.web.prose import phrase, prose
from app.web.redirects import page_behind, safe_next

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
LANGUAGE_COOKIE = "medina_language"
COOKIE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class PersonaChoice:
    """One entry of the demo's persona switch."""

    value: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What the layout needs to know of every page. `path` keeps no query; `address` does.

    `reader` is the name of whoever is signed in; `form_token` is called by pages that have a form.
    """

    lang: Language
    dir: str
    path: str
    address: str
    route: str
    public_url: str
    alternates: Mapping[Language, str]
    language_names: Mapping[Language, str]
    nav: tuple[NavigationEntry, ...]
    footer: tuple[NavigationEntry, ...]
    actor: Actor
    reader: str
    form_token: Callable[[], str]
    personas: tuple[PersonaChoice, ...]
    demo: bool
    sso_name: str
    sso_issuer: str
    htmx: bool


class Renderer:
    """One Jinja environment per language, so that a translation never leaks into another page."""

    def __init__(self, app: FastAPI) -> None:
        self._fingerprints: dict[str, str] = {}
        self._paths = {str(route.name): compile_path(str(route.path))[1:] for route in walk(app)}
        self.environments = {language: self._environment(language) for language in LANGUAGES}

    def _environment(self, language: Language) -> Environment:
        words = translator(language)
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=_is_markup,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
            auto_reload=False,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            partial(_gettext, words), partial(_ngettext, words), newstyle=False
        )
        environment.globals.update(
            _=partial(_gettext, words),
            gettext=partial(_gettext, words),
            ngettext=partial(_ngettext, words),
            url=partial(self.url, language),
            static=self.static,
            label=partial(label, language),
        )
        environment.filters.update(number=words.number, date=words.date, moment=words.moment, edtf=words.edtf)
        environment.filters.update(prose=prose, phrase=phrase)
        return environment

    def url(
        self, language: Language, route: str, /, *, query: Mapping[str, Any] | None = None, **params: Any
    ) -> str:
        """The path of a page in `language`, with a query where lists are repeated keys.

        Looked up by name: going through all routes for each link would be a fifth of the time of a page.
        """
        path, convertors = self._paths[route]
        if "lang" in convertors:
            params.setdefault("lang", language)
        if params.keys() != convertors.keys():
            raise NoMatchFound(route, params)
        return with_query(replace_params(path, convertors, params)[0], query)

    def static(self, path: str) -> str:
        """The address of a static file, with a fingerprint of its content so that it may be cached."""
        if path not in self._fingerprints:
            file = STATIC / path
            content = file.read_bytes() if file.exists() else b""
            self._fingerprints[path] = blake2b(content, digest_size=6).hexdigest()
        return f"/static/{path}?v={self._fingerprints[path]}"

    def html(
        self, language: Language, template: str, context: Mapping[str, Any], block: str | None = None
    ) -> str:
        """The whole template, or one block of it."""
        found = self.environments[language].get_template(template)
        if block is None:
            return found.render(context)
        return "".join(found.blocks[block](found.new_context(dict(context))))


def with_query(path: str, query: Mapping[str, Any] | None) -> str:
    """`path` with a query string; empty values are left out, sequences repeat their key."""
    pairs: list[tuple[str, str]] = []
    for key, value in (query or {}).items():
        values = value if isinstance(value, list | tuple | set | frozenset) else [value]
        pairs += [(key, str(one)) for one in values if one not in (None, "", False)]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def words_of(request: Request) -> Translator:
    """The translator for the reader of this request."""
    return translator(language_of(request))


def url_of(request: Request, route: str, /, *, query: Mapping[str, Any] | None = None, **params: Any) -> str:
    """The path of a route in the language of this request."""
    renderer: Renderer = request.app.state.renderer
    return renderer.url(language_of(request), route, query=query, **params)


def page(
    request: Request,
    template: str,
    view: object,
    *,
    status: int = 200,
    blocks: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Render `template` for `view`.

    `blocks` maps the id of an element to the block that fills it; htmx gets the block of its
    target, everybody else the whole page.
    """
    renderer: Renderer = request.app.state.renderer
    language = language_of(request)
    htmx = Htmx.of(request)
    block = (blocks or {}).get(htmx.target) if htmx.is_partial else None
    context = {"view": view, "page": frame(request, language, htmx.is_partial)}
    html = renderer.html(language, template, context, block)
    answer = HTMLResponse(html, status_code=status, headers={"Vary": VARY, "Content-Language": language})
    if actor_of(request).is_signed_in:
        answer.headers["Cache-Control"] = "no-store"
    if request.cookies.get(LANGUAGE_COOKIE) != language:
        set_cookie(request, answer, LANGUAGE_COOKIE, language)
    answer.headers.update(headers or {})
    return answer


def set_cookie(request: Request, answer: Response, name: str, value: str) -> None:
    """Let the browser remember `value` for a year: for this site only, out of the reach of scripts."""
    secure = str(request.app.state.settings.public_url).startswith("https://")
    answer.set_cookie(name, value, max_age=COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure)


def frame(request: Request, language: Language, partial_: bool) -> PageFrame:
    """Everything around the content of a page."""
    renderer: Renderer = request.app.state.renderer
    settings = request.app.state.settings
    actor, session = actor_of(request), caller_of(request).session
    words = translator(language)
    route = request.scope.get("route")
    name = getattr(route, "name", "")
    here = page_behind(request)
    query = request.url.query
    suffix = f"?{query}" if query else ""
    return PageFrame(
        lang=language,
        dir=direction(language),
        path=request.url.path,
        address=request.url.path + suffix,
        route=name,
        public_url=settings.public_url.rstrip("/"),
        alternates={other: _alternate(here, language, other) for other in LANGUAGES},
        language_names=LANGUAGE_NAMES,
        nav=navigation(actor, name, words, partial(renderer.url, language)),
        footer=footer(actor, name, words, partial(renderer.url, language)),
        actor=actor,
        reader=session.name if session else "",
        form_token=partial(form_token_of, request),
        personas=_choices(request, words) if settings.demo else (),
        demo=settings.demo,
        sso_name=settings.single_sign_on,
        sso_issuer=settings.oidc_issuer,
        htmx=partial_,
    )


def _alternate(address: str, language: Language, other: Language) -> str:
    """The same page in another language; pages without one in their path take `?lang=`."""
    path = address.partition("?")[0]
    if path == f"/{language}" or path.startswith(f"/{language}/"):
        return f"/{other}{address.removeprefix(f'/{language}')}"
    return f"{safe_next(path) or '/'}?lang={other}"


def _choices(request: Request, words: Translator) -> tuple[PersonaChoice, ...]:
    """The accounts of the demo: officials of a few cities, and one for each other role."""
    cities: Mapping[str, Mapping[str, str]] = request.app.state.demo_cities
    names = {id_: found[words.language] for id_, found in cities.items()}
    first = next(iter(names), "")
    labels = [
        ("visitor", words.gettext("Visitor")),
        *(
            (f"official:{id_}", words.gettext("Official of %(city)s", city=name))
            for id_, name in names.items()
        ),
        *(
            (f"contributor:{id_}", words.gettext("Contributor of %(city)s", city=names[id_]))
            for id_ in ([first] if first else [])
        ),
        *(
            (persona, label(words.language, "account-role", str(role)))
            for persona, role in OTHER_PERSONAS.items()
        ),
    ]
    session = caller_of(request).session
    current = session.name if session else "visitor"
    if current not in dict(labels):
        labels.append((current, current))
    return tuple(PersonaChoice(value, text, value == current) for value, text in labels)


def _is_markup(name: str | None) -> bool:
    """Whether a template is HTML; mails are plain text, where an escaped letter would be shown as it is."""
    return name is None or not name.endswith(".txt")


def _gettext(words: Translator, message: str, **params: Any) -> str:
    """A sentence for a template; when a part of it is markup (a `<bdi>`), the rest is escaped."""
    if any(isinstance(value, Markup) for value in params.values()):
        return escape(words.gettext(message)) % params
    return words.gettext(message, **params)


def _ngettext(words: Translator, one: str, many: str, number: int, **params: Any) -> str:
    params.pop("num", None)
    return words.ngettext(one, many, number, **params)


Url = Callable[..., str]
