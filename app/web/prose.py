"""The one place where people's words become HTML: paragraphs, bold, lists and links, and nothing else.

Two walls. The reader of Markdown knows a few rules and escapes everything else, so that no tag that
somebody typed is ever a tag; what it writes then passes an allow-list of elements and attributes.
Templates show the result in elements with `hx-ignore` only (`ui/text.html`), so that htmx would look
at nothing within them even if both walls fell.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.heading import heading
from markdown_it.rules_block.list import list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize
from markupsafe import Markup, escape

LONGEST = 20_000
"""Characters. A longer text is shown as it was typed: nothing is cut off, nothing is interpreted."""

ALLOWED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "p": frozenset(),
        "br": frozenset(),
        "strong": frozenset(),
        "em": frozenset(),
        "ul": frozenset(),
        "ol": frozenset(),
        "li": frozenset({"value"}),
        "a": frozenset({"href"}),
    }
)
"""Elements that may come out, each with the attributes it may have. `rel` is ours."""

SCHEMES = frozenset({"http", "https", "mailto"})
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)

_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    attributes={"*": set(), **{tag: set(names) for tag, names in ALLOWED.items()}},
    clean_content_tags=set(),
    url_schemes=set(SCHEMES),
    url_relative="deny",
    link_rel="nofollow noopener noreferrer",
    generic_attribute_prefixes=set(),
)

_ITEM = re.compile(r"([ ]*)([-*+]|[1-9]\d?(?=[.)]))[.)]?[ ]+\S")
_BLANK_LINES = re.compile(r"\n *\n[ \n]*")
_SIGNS = re.compile(r"[*_\[]|##")
"""Without one of these, and without lists, a text has nothing to interpret."""


def prose(text: object) -> Markup:
    """A text of several lines as HTML: `<p>`, `<ul>`, `<ol>` side by side, line breaks as `<br>`.

    Anything with a text form is taken; nothing but blanks gives nothing.
    """
    typed = _tidy(text)
    if len(typed) > LONGEST:
        return _as_typed(typed)
    markers = _markers(typed)
    if not markers and not _SIGNS.search(typed):
        return _as_typed(typed)
    return Markup(_CLEANER.clean(_BLOCKS.render(typed, {"markers": markers})).replace("\n", ""))


def phrase(text: object) -> Markup:
    """A text within a line as HTML: emphasis and links; line breaks are left to the style sheet."""
    typed = _tidy(text)
    if len(typed) > LONGEST or not _SIGNS.search(typed):
        return escape(typed)
    return Markup(_CLEANER.clean(_INLINE.renderInline(typed)))


def _as_typed(text: str) -> Markup:
    """Paragraphs and line breaks, and nothing interpreted."""
    parts = _BLANK_LINES.split(text) if text else []
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(line.strip(" ") for line in part.split("\n")))
        for part in parts
    )


def _tidy(text: object) -> str:
    """Line breaks of one kind, tabs as blanks, nothing that no text has, no blanks around it."""
    plain = str(text).replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return plain.replace("\x00", "").strip(" \n")


def _markers(text: str) -> frozenset[int]:
    """Where in `text` the items of lists begin: at least two alike, numbers in their order.

    A single line that begins with a dash or with `1.` is a line, as is a year with a full stop.
    """
    found: set[int] = set()
    before: dict[int, tuple[int, str]] = {}  # by indentation: where the last item began, and its marker
    start, is_after_blank = 0, False
    for line in text.split("\n"):
        item = _ITEM.match(line)
        if item:
            indent, marker = len(item[1]), item[2]
            place = start + indent
            before = {key: value for key, value in before.items() if key <= indent}
            if indent in before and _follows(before[indent][1], marker):
                found |= {before[indent][0], place}
            before[indent] = (place, marker)
        elif line.strip() and is_after_blank:
            indent = len(line) - len(line.lstrip())
            before = {key: value for key, value in before.items() if key < indent}
        is_after_blank = not line.strip()
        start += len(line) + 1
    return frozenset(found)


def _follows(earlier: str, later: str) -> bool:
    """Whether `later` is the marker that comes after `earlier` in a list."""
    if earlier.isdigit() and later.isdigit():
        return int(later) == int(earlier) + 1
    return earlier == later


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list, where `_markers` saw one."""
    place = state.bMarks[start] + state.tShift[start]
    return place in state.env["markers"] and list_block(state, start, end, silent)


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A heading of two signs or more; a line that begins with one `#` speaks of a number."""
    return state.src.startswith("##", state.bMarks[start] + state.tShift[start]) and heading(
        state, start, end, silent
    )


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Stars as usual, but a single one between letters or digits is a star: 3*4*5."""
    before, after = state.src[state.pos - 1 : state.pos], state.src[state.pos + 1 : state.pos + 2]
    if state.src[state.pos] == "*" and before.isalnum() and after.isalnum():
        return False
    return tokenize(state, silent)


def _plainer(state: StateCore) -> None:
    """Headings are strong paragraphs; the items of a list keep the numbers that were typed."""
    for place, token in enumerate(state.tokens):
        if token.type in ("heading_open", "heading_close"):
            token.type, token.tag = token.type.replace("heading", "paragraph"), "p"
            if token.nesting == 1 and (inner := state.tokens[place + 1]).content:
                inner.content = f"**{inner.content.replace('*', '')}**"
        elif token.type == "ordered_list_open":
            token.attrs = {}
        elif token.type == "list_item_open" and token.info:
            token.attrs = {"value": token.info}


class _Reader(MarkdownIt):
    """A reader for which an address may be followed when it has a scheme, and one of a few."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Whether a link becomes one; otherwise it stays as it was typed."""
        return bool(_LINK.match(url))


def _reader(*, breaks: bool) -> MarkdownIt:
    """A reader of Markdown that knows our rules only; tags, pictures and addresses on their own are text."""
    reader = _Reader("zero", {"maxNesting": 10, "breaks": breaks, "html": False, "linkify": False})
    ends: Any = {"alt": ["paragraph"]}
    reader.block.ruler.at("list", _list, ends)
    reader.block.ruler.at("heading", _heading, ends)
    reader.inline.ruler.at("emphasis", _emphasis)
    reader.core.ruler.after("block", "plainer", _plainer)
    reader.enable(["list", "heading", "newline", "emphasis", "link", "plainer"])
    return reader


_BLOCKS = _reader(breaks=True)
_INLINE = _reader(breaks=False)
