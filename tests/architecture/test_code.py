"""Rules of the house that no linter knows."""

import ast
import re
from inspect import isasyncgenfunction, iscoroutinefunction
from pathlib import Path

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from app.main import create_app
from app.settings import Settings
from app.web.policy import walk

ROOT = Path(__file__).parent.parent.parent
APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))
TEMPLATES = sorted((APP / "templates").rglob("*.html"))
LONGEST = 300


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_are_short_and_say_what_lives_in_them(path: Path) -> None:
    """At most 300 lines, beginning with a docstring."""
    text = path.read_text()
    assert len(text.splitlines()) <= LONGEST
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", sorted((APP / "features").rglob("*.py")), ids=_name)
def test_only_the_edge_commits(path: Path) -> None:
    """Services change, the edge commits: one request, one transaction."""
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    index_commits_itself = "gateway" in path.parts or path.parent.name == "search"
    assert index_commits_itself or not calls & {"commit", "rollback", "begin"}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_public_functions_say_what_they_do(path: Path) -> None:
    """Functions and classes without a leading underscore have a docstring."""
    tree = ast.parse(path.read_text())
    silent = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and not _is_inner(tree, node)
    ]
    assert silent == []


def _is_inner(tree: ast.Module, wanted: ast.AST) -> bool:
    """Whether a function is defined within another one."""
    return any(
        wanted is not node
        and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(inner is wanted for inner in ast.walk(node))
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_templates_keep_the_policy_of_content(path: Path) -> None:
    """No inline style or script, no unescaped text, no htmx attribute that runs code."""
    text = path.read_text()
    assert not re.search(
        r"\sstyle=|<script(?![^>]*\ssrc=)|\son(?!ly=)\w+=|hx-on|\|\s*safe\b|hx-vals=.?js:", text
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_what_htmx_asks_for_works_without_it(path: Path) -> None:
    """Each element with hx-get or hx-post has an address of its own, and its own target and swap."""
    for tag in re.findall(r"<\w+[^>]*\shx-(?:get|post)=[^>]*>", path.read_text(), re.S):
        assert re.search(r"\s(?:href|action|data-href)=", tag), tag
        assert "hx-target=" in tag, tag
        assert "hx-swap=" in tag, tag


def test_nothing_of_a_request_waits_for_a_thread() -> None:
    """FastAPI sends routes and dependencies that are plain functions to a thread, at a price each time."""
    routes = [route.original_route for route in walk(create_app(Settings(_env_file=None, demo=True)))]
    asked: list[Dependant] = [route.dependant for route in routes if isinstance(route, APIRoute)]
    assert len(asked) > 100
    while asked:
        one = asked.pop()
        asked += one.dependencies
        assert one.call is None or iscoroutinefunction(one.call) or isasyncgenfunction(one.call), one.call
