"""Templates: each is shown by some page, and what they name exists."""

import ast
import re
from functools import cache

import pytest
from jinja2 import Environment, nodes

from app.web.labels import LABELS
from app.web.policy import POLICY
from app.web.render import STATIC, TEMPLATES

APP = TEMPLATES.parent
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))

_PARSER = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
_NAMED = re.compile(r"^[\w/-]+\.html$")


@cache
def _text(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _tree(name: str) -> nodes.Template:
    return _PARSER.parse(_text(name))


@cache
def _named_in_code() -> frozenset[str]:
    """The templates that a route or the handling of errors shows."""
    constants = (
        node.value
        for path in [*(APP / "routers").rglob("*.py"), *(APP / "web").rglob("*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return frozenset(value for value in constants if _NAMED.match(value))


def _constants(tree: nodes.Template, function: str) -> set[str]:
    """The first arguments of all calls of a function, where they are written out."""
    return {
        call.args[0].value
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == function
        if call.args and isinstance(call.args[0], nodes.Const)
    }


def _parts(name: str) -> set[str]:
    """The templates that a template extends, includes or imports from."""
    tree = _tree(name)
    named = [
        *(one.template for one in tree.find_all(nodes.Extends)),
        *(one.template for one in tree.find_all(nodes.Include)),
        *(one.template for one in tree.find_all(nodes.FromImport)),
    ]
    return {one.value for one in named if isinstance(one, nodes.Const)}


def test_every_template_is_shown() -> None:
    """By a route, or as a part of a template that is; and those that routes show exist."""
    assert _named_in_code() <= set(NAMES)
    found: set[str] = set()
    waiting = set(_named_in_code())
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= _parts(name) - found
    assert set(NAMES) - found == set()


def test_every_macro_is_used() -> None:
    """No macro is left over when the last page that called it is gone."""
    everything = "\n".join(_text(name) for name in NAMES)
    unused = [
        f"{name}: {macro.name}"
        for name in NAMES
        for macro in _tree(name).find_all(nodes.Macro)
        if len(re.findall(rf"\b{macro.name}\b(?=\()", everything)) < 2
    ]
    assert unused == []


def test_every_import_is_used() -> None:
    """No macro is imported for nothing."""
    unused = []
    for name in NAMES:
        for found in _tree(name).find_all(nodes.FromImport):
            for one in found.names:
                alias = one if isinstance(one, str) else one[1]
                if len(re.findall(rf"\b{alias}\b", _text(name))) < 2:
                    unused.append(f"{name}: {alias}")
    assert unused == []


@pytest.mark.parametrize("name", NAMES)
def test_what_a_template_names_exists(name: str) -> None:
    """Routes, lists of words and static files."""
    tree = _tree(name)
    assert _constants(tree, "url") <= set(POLICY)
    assert _constants(tree, "label") <= set(LABELS)
    assert [path for path in _constants(tree, "static") if not (STATIC / path).is_file()] == []


def test_blocks_that_htmx_gets_exist() -> None:
    """`blocks={"id": "block"}`: the template has the block, within an element of that id."""
    checked = 0
    for path in sorted((APP / "routers").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            blocks = next((word.value for word in call.keywords if word.arg == "blocks"), None)
            if isinstance(blocks, ast.Dict):
                template = ast.literal_eval(call.args[1])
                named = {block.name for block in _tree(template).find_all(nodes.Block)}
                for id_, block in ast.literal_eval(blocks).items():
                    checked += 1
                    assert block in named, (path.name, block)
                    assert re.search(rf'id="{id_}"[^>]*>\s*\{{% block {block}\b', _text(template)), template
    assert checked
