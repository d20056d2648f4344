"""People's words as HTML: what is interpreted, what stays as typed, what never comes out."""

import re
import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from app.web import prose as module
from app.web.prose import ALLOWED, LONGEST, phrase, prose
from tests.factories.payloads import PAYLOADS

REL = 'rel="nofollow noopener noreferrer"'

_PLAIN = [
    "5 * 3 = 15",
    "2*3*4",
    "* with a star in front",
    "The fund* pays; see the note*",
    "- On n’a pas été consultés.",
    "1. The first point is this.",
    "1990. A great year",
    "# of young people trained: 40",
    "#1 of our priorities",
    "#شباب_الموصل",
    "> 50 % of households",
    "_",
    "___ to be filled in ___",
    "snake_case_name and C:\\files\\_x",
    "Sha`b and Al-`Abdali",
    "Title\n---",
    "a\n===",
    "***",
    "    indented by four",
    "&lt;b&gt; and &copy;",
    "<https://example.org>",
    "https://example.org/?a=1&b=2",
    "[a]: https://example.org\n[a]",
    "[words](javascript:alert(1))",
    "[words](/en/sign-out)",
    "[words](//example.org)",
    "[words](data:text/html,x)",
    "[brackets] (and parentheses)",
    "~~struck~~ | a | b |",
    "- a dash\n\nthen a paragraph\n\n+ a plus",
    "3. third\n7. seventh",
    "نسبة البطالة > 30٪\n* ملاحظة",
    "L’élu·e a dit : « non » – puis rien.",
    "٢٠٢٣. كان عامًا صعبًا",
]


@pytest.mark.parametrize("text", _PLAIN)
def test_ordinary_prose_stays_as_it_was_typed(text: str) -> None:
    """No sign on its own surprises: every character that was typed is read, and nothing is set apart."""
    html = prose(text)
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "br"}
    assert _read(html) == [line.strip() for line in text.split("\n") if line.strip()]
    assert unescape(re.sub(r"<[^>]*>", "", phrase(text))) == text.strip(" ")


def _read(html: str) -> list[str]:
    """The lines of a text as a browser shows them."""
    return [unescape(line) for line in re.split(r"<br>|</?p>", html) if line]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one", "<p>one</p>"),
        ("one\ntwo\r\n\r\nthree", "<p>one<br>two</p><p>three</p>"),
        ("a **b** and *c*, _d_", "<p>a <strong>b</strong> and <em>c</em>, <em>d</em></p>"),
        ("و**كلمة**كم", "<p>و<strong>كلمة</strong>كم</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        (
            "intro\n* a\n* b\n\nend",
            "<p>intro</p><ul><li>a</li><li>b</li></ul><p>end</p>",
        ),
        ("- a\n  - b\n  - c\n- d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        ("4. a\n5. b", '<ol><li value="4">a</li><li value="5">b</li></ol>'),
        (
            "1. a\n2. b\n\n7. c",
            '<ol><li value="1"><p>a</p></li><li value="2"><p>b</p></li><li value="7"><p>c</p></li></ol>',
        ),
        ("## Head\ntext", "<p><strong>Head</strong></p><p>text</p>"),
        ("[x](https://example.org/a)", f'<p><a href="https://example.org/a" {REL}>x</a></p>'),
        ("[x](HTTPS://example.org 'title')", f'<p><a href="HTTPS://example.org" {REL}>x</a></p>'),
        ("[x](mailto:hub@example.org)", f'<p><a href="mailto:hub@example.org" {REL}>x</a></p>'),
        ("![x](https://example.org/a.png)", f'<p>!<a href="https://example.org/a.png" {REL}>x</a></p>'),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        (" \n\n ", ""),
    ],
)
def test_what_is_interpreted(text: str, html: str) -> None:
    """Paragraphs, line breaks, bold, lists, links, and headings as strong paragraphs."""
    assert str(prose(text)) == html


def test_within_a_line_there_are_no_blocks() -> None:
    """Emphasis and links only; line breaks are left to the style sheet."""
    assert str(phrase("- a\n- **b**\n\n1. c")) == "- a\n- <strong>b</strong>\n\n1. c"


class _Elements(HTMLParser):
    """All elements of a piece of HTML with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _check(html: str) -> None:
    for tag, attributes in _Elements(html).found:
        assert tag in ALLOWED
        assert set(attributes) <= ALLOWED[tag] | ({"rel"} if tag == "a" else set())
        if tag == "a":
            assert re.match(r"(?i)(https?://|mailto:)", attributes.get("href", "https://") or "")
            assert attributes["rel"] == "nofollow noopener noreferrer"
        if "value" in attributes:
            assert (attributes["value"] or "").isdigit()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_hostile_comes_out(payload: str) -> None:
    """Every payload alone, in bold, in a list, in a heading and as the words of a link."""
    for text in (
        payload,
        f"**{payload}**",
        f"- a\n- {payload}\n",
        f"## {payload}",
        f"[{payload}](https://example.org)",
        f"[x]({payload})",
        f"[x](https://example.org/{payload})",
        f"متن {payload} متن\n\n{payload}",
    ):
        _check(prose(text))
        _check(phrase(text))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_second_wall_holds_alone(payload: str) -> None:
    """What the reader of Markdown would let through, the allow-list does not."""
    _check(module._CLEANER.clean(payload))


_TEXTS = st.lists(
    st.sampled_from([*"ab1.2) \n\t*_#[](){}<>&\"'`~|!-+=\\:/@مس\u202e", "- ", "](https://", "&amp;", "**"])
).map("".join)


@given(_TEXTS)
def test_whatever_is_typed(text: str) -> None:
    """Only allowed elements come out, in balance; no letter is lost."""
    html = prose(text)
    _check(html)
    for tag in set(ALLOWED) - {"br"}:
        assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>")
    typed, shown = (re.sub("[^abمس]", "", one) for one in (text, _Elements(html).text))
    assert shown == typed or ("](" in text and len(shown) < len(typed)), "only addresses leave the text"


@given(st.text(st.sampled_from([*"ab1 \n<>&\"'`~|!=\\:/@مس{}()"])))
def test_text_without_signs_is_the_same_by_both_ways(text: str) -> None:
    """The short way for plain text gives what the reader of Markdown would."""
    typed = module._tidy(text)
    long_way = module._CLEANER.clean(module._BLOCKS.render(typed, {"markers": frozenset()}))
    assert unescape(prose(text)) == unescape(long_way.replace("\n", ""))


@pytest.mark.parametrize(
    "text", ["**" * 9999, "[" * 19_999, "*a " * 6600, "[a](" * 4999, "- a\n" * 4999, "[x](https://x)" * 1400]
)
def test_no_text_takes_long(text: str) -> None:
    """The longest texts made of signs only; ordinary ones take a thousandth of it."""
    started = time.perf_counter()
    prose(text)
    phrase(text)
    assert time.perf_counter() - started < 10


def test_a_longer_text_is_shown_as_typed() -> None:
    """Beyond the bound nothing is interpreted and nothing is lost."""
    text = "**a** <b>\n\n" * LONGEST
    assert str(prose(text)).startswith("<p>**a** &lt;b&gt;</p><p>**a**")
    assert prose(text).count("<p>") == LONGEST
    assert phrase(text) == escape(text.strip())
