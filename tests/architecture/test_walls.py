"""What the first wall cannot see: shapes of statements that slip past it are refused in the source.

The criteria of `app.features.confidentiality` reach whatever is asked of a mapped class. They do not
reach the shapes below, which security.md 4.4 measured. The scope helper itself may use them; where a
statement needs a plain table, text or a connection, it lives among the queries, to be looked at.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models import Base
from app.models.base import Confidential

ROOT = Path(__file__).parent.parent.parent
APP = ROOT / "app"
HELPER = ("app/core/db.py", "app/core/rowsecurity.py", "app/features/confidentiality/")
MODELS = {mapper.class_.__name__ for mapper in Base.registry.mappers}


def _names_below(kind: type) -> Iterator[str]:
    yield kind.__name__
    subclasses: list[type] = kind.__subclasses__()
    for below in subclasses:
        yield from _names_below(below)


PRIVATE = frozenset(_names_below(Confidential))
PUBLIC = frozenset(MODELS - PRIVATE)

GET = "session.get answers from what is in memory: select a private model by its key"
TABLE = "a plain table has no criteria: select the mapped class"
TEXT = "text has no criteria: select the mapped class"
FROM_STATEMENT = "from_statement has no criteria: select the mapped class"
CONNECTION = "a connection passes the session by"
INSERT = "INSERT … VALUES is not looked at: add objects to the session"
MOVE = "a row keeps its place for life"
ELSEWHERE = "statements on private models live in queries and services"


def _is_module(path: str, word: str) -> bool:
    parts = Path(path).with_suffix("").parts
    return word in parts


def findings(path: str, source: str) -> list[str]:
    """What is wrong with a module: line and reason."""
    if path.startswith(HELPER):
        return []
    tree = ast.parse(source)
    in_queries = _is_module(path, "queries")
    may_ask = in_queries or _is_module(path, "service")
    names = _names_of_sqlalchemy(tree)
    found = []
    for node in ast.walk(tree):
        for reason in (*_anywhere(node), *([] if in_queries else _outside_queries(node, names))):
            found.append(f"{path}:{getattr(node, 'lineno', 0)} {reason}")
        if not may_ask and _asks(node):
            found.append(f"{path}:{getattr(node, 'lineno', 0)} {ELSEWHERE}")
    return found


def _anywhere(node: ast.AST) -> Iterator[str]:
    """What is refused in every module."""
    if isinstance(node, ast.Call):
        called, first = _called(node), node.args[0] if node.args else None
        is_of_session = isinstance(node.func, ast.Attribute) and _is_session(node.func.value)
        if called in {"get", "get_one"} and is_of_session and _name(first) not in PUBLIC:
            yield GET
        if called == "insert" and isinstance(first, ast.Name | ast.Attribute) and _name(first) not in PUBLIC:
            yield INSERT
        if called == "setattr" and len(node.args) > 1 and _constant(node.args[1]) == "place_id":
            yield MOVE
        if called == "values" and any(keyword.arg == "place_id" for keyword in node.keywords):
            yield MOVE
    if isinstance(node, ast.Attribute) and node.attr == "place_id" and isinstance(node.ctx, ast.Store):
        yield MOVE


def _outside_queries(node: ast.AST, names: dict[str, str]) -> Iterator[str]:
    """What is refused where nobody looks for statements."""
    if isinstance(node, ast.Attribute) and node.attr in {"__table__", "local_table", "metadata"}:
        yield TABLE
    if isinstance(node, ast.Call):
        called = _called(node)
        meant = called if _of_sqlalchemy(node) else names.get(called, "")
        if meant in {"Table", "table"}:
            yield TABLE
        if meant in {"text", "literal_column", "TextClause"}:
            yield TEXT
        if called == "from_statement":
            yield FROM_STATEMENT
        is_of_session = isinstance(node.func, ast.Attribute) and _is_session(node.func.value)
        if called in {"exec_driver_sql", "create_async_engine", "create_engine"}:
            yield CONNECTION
        if called == "connection" and is_of_session:
            yield CONNECTION


def _asks(node: ast.AST) -> bool:
    """Whether this begins a statement on a private model."""
    if not (
        isinstance(node, ast.Call) and _called(node) in {"select", "update", "delete", "aliased", "exists"}
    ):
        return False
    return any(_name(part) in PRIVATE for arg in node.args for part in ast.walk(arg))


def _names_of_sqlalchemy(tree: ast.Module) -> dict[str, str]:
    """What is imported from SQLAlchemy, by the name it has here."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
    }


def _called(node: ast.Call) -> str:
    return _name(node.func)


def _name(node: ast.AST | None) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _constant(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _is_session(node: ast.AST) -> bool:
    return _name(node).lower().endswith(("session", "reading", "writing", "reads", "writes"))


def _of_sqlalchemy(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and _name(node.func.value) in {"sa", "sqlalchemy"}


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_statement_slips_past_the_wall(path: Path) -> None:
    """No module of the app has a shape that the wall cannot see."""
    assert findings(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) == []


PLANTED = {
    "found = await session.get(Consultation, id_)": GET,
    "found = await self._session.get_one(Need, id_)": GET,
    "found = await session.get(table, id_)": GET,
    "rows = await session.execute(select(Consultation.__table__))": TABLE,
    "rows = await session.execute(select(Base.metadata.tables['need']))": TABLE,
    "from sqlalchemy import Table\nrows = select(Table('need', MetaData()))": TABLE,
    "from sqlalchemy import text\nrows = await session.execute(text('SELECT * FROM need'))": TEXT,
    "from sqlalchemy import text as words\nrows = words('SELECT * FROM need')": TEXT,
    "rows = await session.execute(sa.text('SELECT * FROM need'))": TEXT,
    "rows = await session.scalars(select(Place).from_statement(other))": FROM_STATEMENT,
    "connection = await session.connection()": CONNECTION,
    "rows = await connection.exec_driver_sql('SELECT * FROM need')": CONNECTION,
    "engine = create_async_engine(url)": CONNECTION,
    "await session.execute(insert(Need), rows)": INSERT,
    "await session.execute(insert(models.StoredAnswer).values(key=key))": INSERT,
    "consultation.place_id = place_id": MOVE,
    "a.b.place_id, c = place_id, 1": MOVE,
    "setattr(consultation, 'place_id', place_id)": MOVE,
    "await session.execute(update(Consultation).values(place_id=place_id))": MOVE,
}


@pytest.mark.parametrize(("planted", "reason"), PLANTED.items(), ids=PLANTED)
def test_every_shape_is_found(planted: str, reason: str) -> None:
    """Each of them, planted into a service, is found; so the rules above can fail."""
    source = f"async def planted():\n    {planted.replace(chr(10), chr(10) + '    ')}\n"
    found = findings("app/features/places/service/planted.py", source)
    assert [line.partition(" ")[2] for line in found].count(reason) >= 1


@pytest.mark.parametrize(
    "verb", ["select(Need.text)", "update(Practice)", "delete(Event)", "aliased(Concern)"]
)
def test_private_models_are_asked_for_in_queries_and_services(verb: str) -> None:
    """A page, a view or a rule that asks by itself is found."""
    for path, expected in (
        ("app/routers/pages/planted.py", 1),
        ("app/features/needs/views.py", 1),
        ("app/features/needs/queries.py", 0),
        ("app/features/needs/service/planted.py", 0),
    ):
        assert len(findings(path, f"statement = {verb}")) == expected, path


def test_public_models_are_free() -> None:
    """Places and published copies may be fetched by key and put in by the dozen."""
    source = "session.get(Place, id_)\nsession.execute(insert(PublishedFacet), rows)\nvalues.get(need)\n"
    assert findings("app/features/places/service.py", source) == []


def test_every_table_is_private_or_public_by_name() -> None:
    """A new table is one or the other because somebody has said so here."""
    copies = {"PublishedRecord", "PublishedFacet", "PublishedPlace", "PublicationChange"}
    reference = {"Country", "Place", "PlaceAlias", "Membership", "Engagement", "Source"}
    words = {"Concept", "ConceptAlias", "SynonymSet"}
    mechanism = {"AuditEntry", "AuditHead", "OutboxMail", "ReferenceCounter", "ThrottleCount"}
    accounts = {
        "Account",
        "ApiToken",
        "ExternalIdentity",
        "Invitation",
        "MailedLink",
        "OidcRequest",
        "Passkey",
        "PasskeyChallenge",
        "RecoveryCode",
        "RoleGrant",
        "SignInSession",
    }
    assert copies | reference | words | mechanism | accounts == PUBLIC
