"""People's words become markup in one module and one template only."""

import ast
import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from app.web.render import TEMPLATES

APP = TEMPLATES.parent
ONLY_MODULE = "web/prose.py"
ONLY_TEMPLATE = "ui/text.html"
MODULES = sorted(APP.rglob("*.py"))
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))

RENDERED = frozenset({"prose", "phrase"})
UNESCAPED = frozenset({"safe", "tojson", "xmlattr", "urlize", "striptags"})
"""Filters that give markup out of text, or texts that look like markup."""

_PARSER = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
_SHIELDED = re.compile(r"<[^<>]*\shx-ignore>\{\{ text \| (?:prose|phrase) \}\}</")


def makes_markup(source: str) -> list[int]:
    """The lines of a module that declare something to be markup. Asking whether something is, is fine."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.split(".")[0] == "Markup" or called.rpartition(".")[2] == "Markup":
                found.append(node.lineno)
        elif isinstance(node, ast.FunctionDef) and node.name == "__html__":
            found.append(node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module == "markupsafe":
            found += [node.lineno for one in node.names if one.asname]
        elif isinstance(node, ast.Import):
            found += [node.lineno for one in node.names if one.name == "markupsafe"]
    return found


def lets_markup_in(source: str, name: str) -> list[str]:
    """What a template does that could let a text become markup."""
    tree = _PARSER.parse(source)
    filters = [found.name for found in tree.find_all(nodes.Filter)]
    wrong = [found for found in filters if found in UNESCAPED]
    wrong += ["autoescape" for _ in tree.find_all(nodes.ScopedEvalContextModifier)]
    rendered = [found for found in filters if found in RENDERED]
    if rendered and name != ONLY_TEMPLATE:
        wrong += rendered
    elif len(rendered) != len(_SHIELDED.findall(source)):
        wrong.append("not shielded")
    return wrong


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(APP)))
def test_one_module_makes_markup(path: Path) -> None:
    """`Markup(…)` declares a text to be safe; that is decided in one place."""
    found = makes_markup(path.read_text(encoding="utf-8"))
    assert bool(found) is (str(path.relative_to(APP)) == ONLY_MODULE), found


@pytest.mark.parametrize("name", NAMES)
def test_one_template_shows_it(name: str) -> None:
    """No filter that lets markup through, and the renderer only in elements that htmx leaves alone."""
    assert lets_markup_in((TEMPLATES / name).read_text(encoding="utf-8"), name) == []


@pytest.mark.parametrize(
    "source",
    [
        "from markupsafe import Markup\nx = Markup('<b>')",
        "import markupsafe\nx = markupsafe.Markup('<b>')",
        "from markupsafe import Markup as Safe\nx = Safe('<b>')",
        "from markupsafe import Markup\nx = Markup.escape('<b>')",
        "class A:\n    def __html__(self): return '<b>'",
    ],
)
def test_the_check_of_modules_can_fail(source: str) -> None:
    """Ways to declare markup."""
    assert makes_markup(source)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("{{ text | safe }}", "a.html"),
        ("{{ (text | upper) | safe }}", ONLY_TEMPLATE),
        ("{% autoescape false %}{{ text }}{% endautoescape %}", "a.html"),
        ("<p hx-ignore>{{ text | prose }}</p>", "a.html"),
        ("<p>{{ text | prose }}</p>", ONLY_TEMPLATE),
        ("<p hx-ignore><b>{{ text | phrase }}</b></p>", ONLY_TEMPLATE),
    ],
)
def test_the_check_of_templates_can_fail(source: str, name: str) -> None:
    """Ways to let a text out as markup, or out of the shield."""
    assert lets_markup_in(source, name)
