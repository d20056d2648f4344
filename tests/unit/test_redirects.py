"""Whatever is asked for as the next address, the answer stays on this site."""

import re
from itertools import product
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.redirects import LONGEST, safe_next

HERE = "https://medina.example"
BASE = f"{HERE}/ar/practices"

HOSTS = (
    "evil.example", "evil.example:443", "evil.example/%2f..", "[::1]", "2130706433", "0x7f.1",
    "evil%2eexample", "evil。example", "①②⑦.0.0.1", "user@evil.example", "medina.example@evil.example",
    "medina.example:443@evil.example", "medina.example.evil.example", "evil.example?medina.example",
    "evil.example#medina.example", "evil.example\\@medina.example",
)  # fmt: skip
BEFORE = (
    "//", "///", "////", "/////", "/\\", "\\/", "\\\\", "/\\/", "//\\", "\\//", "/\\\\", "\\",
    "http://", "https://", "HTTPS://", "hTtP://", "http:", "https:", "http:/", "https:/", "https:///",
    "http:\\\\", "https:/\\", "https:\\/", "ftp://", "ws://", "file://", "blob:https://",
    "javascript:alert(1)//", "JaVaScRiPt:alert(1)//", "java\tscript:alert(1)//", "data:text/html,<b>//",
    "vbscript:x//", "view-source:https://", "x:", "x://",
    "/\t/", "/\n/", "/\r/", "/\r\n/", "\t//", "\n//", "\r//", " //", "  //", "\x00//", "\x1f//", "\x0b//",
    "/\x00/", "/\x0c/", "/\x85/", "/\u2028/", "/\u2029/", "/\u00a0/", "/\u3000/", "\u3000//", "\ufeff//",
    "/\u200b/", "/\u200d/", "/\u2060/", "/\ufeff/", "/\u202e/", "/\u202e", "/\u2066/", "/\xad/",
    "/%09/", "/%0a/", "/%0d/", "/%0d%0a/", "/%00/", "/%20/", "/%2f", "/%2F", "/%2f/", "/%2f%2f", "%2f%2f",
    "/%5c", "/%5C", "/%5c/", "/%5c%5c", "%5c%5c", "/%252f", "/%255c",
    "/.//", "/./", "/..//", "/../", "/./\\", "/.\\", "/%2e//", "/%2e%2e//", "/.%2e//", "/%2e%2e/",
    "/a/..//", "/a/../..//", "/a//", "/a/%2e%2e//", "/ar/..//..//", "..//", ".//", "./", "../", "",
    "/\u2215", "/\u2215\u2215", "/\u2044/", "/\uff0f", "\uff0f\uff0f", "/\uff3c", "\uff3c\uff3c",
    "/\u29f8", "/\u29f5", "\u2215\u2215", "/\u3033/", "/\u2571/",
    "/;//", "/;@", "/@", "@", "//@", "/:", "/:80@", "://", ":", "/?//", "/?next=https://", "/#//", "#//",
    "?//",
    "/ /", "/ \\", "/.", "/..", "/~//", "/$//", "/&//", "/{//", "/<//", '/"//', "/'//", "/`//",
    "/|//", "/^//",
    "/\ud800/",
)  # fmt: skip
CORPUS = sorted({before + host for before, host in product(BEFORE, HOSTS)})


def _as_browsers_do(base: str, address: str) -> str:
    """Scheme and authority to which a browser would go, by the URL standard as far as it matters here."""
    text = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(0x21)))))
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", text)
    here = urlsplit(base)
    if found:
        scheme, rest = found[1].lower(), text[found.end() :]
        if scheme not in ("http", "https", "ws", "wss", "ftp", "file"):
            return f"{scheme}:"
        rest = rest.replace("\\", "/")
        if scheme == here.scheme and not rest.startswith("//"):
            return f"{here.scheme}://{here.netloc}"
        return f"{scheme}://" + re.split(r"[/?#]", rest.lstrip("/"), maxsplit=1)[0]
    rest = text.replace("\\", "/")
    if rest.startswith("//"):
        return f"{here.scheme}://" + re.split(r"[/?#]", rest.lstrip("/"), maxsplit=1)[0]
    return f"{here.scheme}://{here.netloc}"


def _stays(address: str) -> bool:
    joined = urlsplit(urljoin(BASE, address))
    return _as_browsers_do(BASE, address) == HERE == f"{joined.scheme}://{joined.netloc}"


def test_the_corpus_would_lead_away() -> None:
    """It is large, and most of it is dangerous as it stands: else this would prove nothing."""
    assert len(CORPUS) >= 2000
    assert sum(not _stays(address) for address in CORPUS if "\ud800" not in address) >= 700
    assert not _stays("//evil.example")
    assert not _stays("/\t/evil.example")
    assert _as_browsers_do(BASE, "/\\evil.example") == "https://evil.example"


def test_no_open_redirect() -> None:
    """Every form is refused, or stays here: read once, read after decoding, and decoded again."""
    led_away = []
    for address in CORPUS:
        safe = safe_next(address)
        if safe is None:
            continue
        decoded = unquote(re.split(r"[?#]", safe, maxsplit=1)[0])
        if not (safe.isascii() and safe.startswith("/") and _stays(safe) and _stays(decoded)):
            led_away.append((address, safe))
    assert led_away == []


@pytest.mark.parametrize("before", ["//", "/\\", "https://", "/\t/", "\t//", "/%2f", "/..//", "/%5c", "/a//"])
def test_the_known_tricks_are_refused(before: str) -> None:
    """Not only made harmless."""
    assert safe_next(f"{before}evil.example") is None


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/ar/",
        "/ar/practices?q=%D8%B4%D8%A8%D8%A7%D8%A8&country=IQ&country=JO",
        "/en/consultations/00000000-0000-4000-8000-000000000000#hub-note",
        "/fr/compare?with=a&next=https%3A%2F%2Fevil.example",
        "/en/practices?q=a//b..c",
    ],
)
def test_our_own_addresses_stay_as_they_are(address: str) -> None:
    """Queries, fragments and what stands encoded in them."""
    assert safe_next(address) == address


def test_letters_go_out_encoded() -> None:
    """A header takes ASCII only."""
    assert safe_next("/ar/practices?q=شباب x") == "/ar/practices?q=%D8%B4%D8%A8%D8%A7%D8%A8%20x"
    assert safe_next("/" + "a" * LONGEST) is None


@given(st.text(alphabet="/\\.:%25cf2e@?#a\t\n \u2215\uff0f", max_size=24))
def test_nothing_made_of_such_signs_leads_away(address: str) -> None:
    """Whatever they are put together to; and what is safe stays so."""
    safe = safe_next(address)
    if safe is not None:
        assert _stays(safe)
        assert safe_next(safe) == safe
