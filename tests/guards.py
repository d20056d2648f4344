"""Every permission check of the app, how to take it away, and which tests must notice.

Checks are found by their names, so that a new one cannot be forgotten: a function of the app whose name
begins like one of `WORDS` is a guard, unless `NO_GUARDS` says what it is instead. `make guards` takes
each away in turn. A function that returns nothing lets everybody through, one that answers yes or no
says yes; whatever else it gives stands in `REMOVED`.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

ROOT = Path(__file__).parent.parent
WORDS = (
    "accepted", "acts", "adds", "authorize", "changeable", "check", "copied", "could", "effective", "guard",
    "has_shown", "is_api_token", "is_confirmed", "is_live", "is_private", "is_theirs", "is_within", "fits",
    "leads", "let_in", "managed", "may", "names_private", "readable", "refuse", "refusal", "require",
    "reader_of", "reads_for", "reads_whole",
    "sees", "speaks", "strictest", "visible", "visibility_of", "within_reach",
    "narrow", "narrowed", "uses_of", "files_within",
    "is_ours", "writable", "audience_of", "nothing_of", "scope",
)  # fmt: skip
_NAME = re.compile(rf"_?(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})(?![a-z])")

NO_GUARDS: dict[str, str] = {
    "app.core.addresses:_accepted": "reads an address as typed",
    "app.core.db:ScopedSession.scope": "gives what was told",
    "app.core.db:_refuse_flush": "keeps reading sessions from writing by mistake",
    "app.core.db:_check_wall": "refuses to start a program that forgot the wall",
    "app.features.accounts.rules.secrets:_check": "a check sum",
    "app.features.accounts.rules.secrets:is_api_token": "spares the database what is no token",
    "app.features.audit.queries:check_chain": "reads the chain; its damages have tests of their own",
    "app.features.places.queries:managed_places": "a list; the route decides who sees it",
    "app.features.practices.queries.managed:managed_practices": "a list; the route decides who sees it",
    "app.features.places.queries:managed_place": "a record; the route decides who sees it",
    "app.features.places.queries:managed_source": "a record; the route decides who sees it",
    "app.features.practices.queries.managed:managed_practice": "a record; the route decides who sees it",
    "app.features.records.queries:managed_record": "a record; the route decides who sees it",
    "app.features.engagement.service.known:check_event": "validity of what was typed",
    "app.features.engagement.service.known:_check_places": "validity of what was typed",
    "app.features.engagement.service.known:_check_sources": "validity of what was typed",
    "app.features.engagement.service.known:Names.check": "validity of what was typed",
    "app.features.engagement.service.known:Names.refuse": "validity of what was typed",
    "app.features.vocabulary.service:_check": "validity of what was typed",
    "app.features.engagement.service.recording:_refuse_old": "an optimistic lock",
    "app.features.consultations.service.tightening:refuse_overwriting": "an optimistic lock",
    "app.routers.pages.account.passkeys:_may_add": "asks may_add_passkey",
    "app.routers.pages.consultations_one:check": "a page",
    "app.routers.pages.consultations_one:_check_view": "a page",
    "app.routers.pages.consultations_parts:reader_of": "words for a reader",
    "app.routers.pages.people.person:let_in": "a page",
    "app.routers.pages.people.choices:check_places": "validity; may_grant decides",
    "app.features.confidentiality.queries:_scope_of": "gives what the session was told",
    "app.features.support.views:Where.scope": "a word for where support went",
    "app.settings:Settings._refuse_weak_secret": "settings",
    "app.settings:Settings._refuse_what_is_no_network": "settings",
    "app.settings:Settings._refuse_open_mail": "settings",
    "app.routers.pages.account.single_sign_on:_refuse": "words of a refusal, not whether",
    "app.settings:Settings._refuse_open_provider": "settings",
    "app.web.guard:_is_private": "whether the audit notes a refusal",
    "app.web.guard:guard": "runs the checks below it, each of which is taken away by itself",
    "app.web.rates:Counters.check": "memory is there",
    "app.web.gate:Gate._refusal": "runs checks that have names of their own",
    "app.features.search.gateway.questions:narrow": "words of a question",
}
"""Functions that begin like a guard and are something else."""

REMOVED: dict[str, str] = {
    "app.features.accounts.rules.tokens:narrowed": "frozenset(grants)",
    "app.features.accounts.rules.tokens:uses_of": "frozenset(scopes)",
    "app.core.actor:Actor.scope": "Scope(is_system=True)",
    "app.features.confidentiality.queries:readable": "true()",
    "app.features.confidentiality.queries:writable": "true()",
    "app.features.confidentiality.queries:readable_copies": "true()",
    "app.features.confidentiality.queries:changeable_copies": "true()",
    "app.features.consultations.queries.stored:visible_to": "Consultation.id.is_not(None)",
    "app.features.confidentiality.queries:_names_private": "False",
    "app.features.confidentiality.queries:_nothing_of": "_only(kind, true())",
    "app.features.publication.rules:effective_visibility": "Visibility.NAMED",
    "app.features.publication.rules:copied_visibility": "Visibility.NAMED",
    "app.features.publication.rules:strictest": "Sensitivity.PUBLIC",
    "app.features.publication.rules:reader_of": "Reader.OWN",
    "app.features.consultations.rules.document:visibility_of": "Visibility.NAMED",
    "app.features.consultations.rules.document:audience_of": "Sensitivity.PUBLIC",
    "app.features.accounts.queries.people:_within_reach": "list(grants)",
    "app.web.identity:accepted_form_tokens": "()",
    "app.web.headers:is_private": "False",
    "app.features.accounts.service.people:_managed": "await session.get(Account, account_id)",
    "app.features.engagement.rules.statements:visibility_of": "Visibility.NAMED",
}
"""What a guard gives once it is taken away, in the words of its module and its own parameters."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A permission check."""

    module: str
    name: str
    returns: str

    @property
    def key(self) -> str:
        """How lists name it."""
        return f"{self.module}:{self.name}"

    @property
    def removed(self) -> str:
        """What it gives once it is taken away. Raises `LookupError` where nobody has said that."""
        if self.key in REMOVED:
            return REMOVED[self.key]
        try:
            return {"None": "None", "bool": "True"}[self.returns]
        except KeyError:
            raise LookupError(
                f"{self.key} gives {self.returns}: say in tests/guards.py what without it"
            ) from None


def found_in(source: str, module: str) -> Iterator[Guard]:
    """The functions of a module that are named like guards, in classes too."""
    tree = ast.parse(source)
    for owner, body in (
        (None, tree.body),
        *((n.name, n.body) for n in tree.body if isinstance(n, ast.ClassDef)),
    ):
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _NAME.match(node.name):
                name = f"{owner}.{node.name}" if owner else node.name
                yield Guard(module, name, ast.unparse(node.returns) if node.returns else "None")


def all_guards() -> list[Guard]:
    """Every guard of the app, in the order of the files."""
    found = []
    for path in sorted((ROOT / "app").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found += list(found_in(path.read_text(encoding="utf-8"), module))
    return [guard for guard in found if guard.key not in NO_GUARDS]


def take_away(key: str) -> None:
    """Let a guard give way, wherever it is called from: its code itself is replaced."""
    guard = next(one for one in all_guards() if one.key == key)
    function = _function(guard)
    code = function.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    positional, named = names[: code.co_argcount], names[code.co_argcount :]
    parameters = ", ".join([*positional, *(["*", *named] if named else [])])
    word = "async def" if code.co_flags & 0x80 else "def"
    defined: dict[str, Any] = {}
    exec(f"{word} gives_way({parameters}):\n    return {guard.removed}\n", function.__globals__, defined)
    function.__code__ = defined["gives_way"].__code__


def _function(guard: Guard) -> FunctionType:
    found: Any = importlib.import_module(guard.module)
    for part in guard.name.split("."):
        found = vars(found)[part]
    found = getattr(found, "fget", None) or getattr(found, "__wrapped__", found)
    assert isinstance(found, FunctionType), guard.key
    return found


MATRIX = ("tests/matrix/test_reading.py", "tests/matrix/test_writing.py")
_RIGHTS, _TABLE = "tests/features/test_rights.py", "tests/matrix/test_table.py"
_ESCALATION = "tests/matrix/test_escalation.py"
_TOKENS = "tests/unit/test_token_rules.py"

PROOF: dict[str, tuple[str, ...]] = {
    "app.core.actor": (_RIGHTS, _TOKENS),
    "app.core.sensitivity": (_TOKENS,),
    "app.features.accounts.queries.account": ("tests/pages/test_account_passkeys.py",),
    "app.features.accounts.rules.id_tokens": ("tests/unit/test_id_tokens.py",),
    "app.features.accounts.rules.tokens": (_TOKENS, "tests/pages/test_account_tokens.py"),
    "app.features.accounts.queries.people": (_RIGHTS,),
    "app.features.accounts.queries.identify": ("tests/pages/test_account_rights.py",),
    "app.features.accounts.rules.roles": (_ESCALATION, "tests/pages/test_account_passkeys.py"),
    "app.features.accounts.rules.sessions": (_RIGHTS,),
    "app.features.accounts.queries": (_RIGHTS,),
    "app.features.accounts.service": (_ESCALATION, "tests/features/test_accounts_invitations.py"),
    "app.features.confidentiality": (
        "tests/features/test_confidentiality.py",
        _RIGHTS,
        "tests/pages/test_hidden_rows.py",
    ),
    "app.features.consultations": (_RIGHTS, "tests/unit/test_consultation_rules.py"),
    "app.features.engagement": ("tests/features/test_engagement.py",),
    "app.features.places": (_RIGHTS,),
    "app.features.practices": (_RIGHTS,),
    "app.features.publication": ("tests/unit/test_visibility.py",),
    "app.routers.pages.account.single_sign_on": ("tests/pages/test_single_sign_on.py",),
    "app.web.headers": ("tests/pages/test_headers.py",),
    "app.web.origins": ("tests/unit/test_origins.py", "tests/pages/test_gate.py"),
    "app.web.gate": ("tests/pages/test_gate.py",),
    "app.web.identity": ("tests/pages/test_account_passkeys.py",),
    "app.web.guard": ("tests/security/test_families.py", "tests/pages/test_account_passkeys.py"),
    "app.web.policy": (_TABLE,),
}
"""The tests of a guard by the beginning of its module; they run before the matrix."""


def proof_of(guard: Guard) -> list[str]:
    """The tests that have to notice when a guard is gone, the quickest first."""
    longest = max((part for part in PROOF if guard.module.startswith(part)), key=len, default="")
    return [*PROOF.get(longest, ()), *MATRIX]
