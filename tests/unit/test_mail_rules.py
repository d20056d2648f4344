"""What an address is, what may stand in a header, how long a mail waits."""

from email.headerregistry import Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.features.mail.rules import (
    FIRST_WAIT,
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    SPREAD,
    is_address,
    is_one_line,
    wait_before_next,
)
from tests.factories.mail import a_mail

HEADERS = "reader@example.org\r\nBcc: everybody@example.org"


@pytest.mark.parametrize(
    "text",
    ["a@b.cd", "reader+medina@example.org", "o'neil@sub.example.co.uk", "x" * 64 + "@example.org"],
)
def test_addresses(text: str) -> None:
    """Those that people have."""
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "reader",
        "reader@",
        "@example.org",
        "reader@localhost",
        "reader@example..org",
        "reader@-example.org",
        "two@at@example.org",
        HEADERS,
        "reader@example.org\n",
        "\nreader@example.org",
        "reader@example.org\x00",
        "reader@example.org\u2028",
        "Reader <reader@example.org>",
        "reader@example.org, other@example.org",
        "reader@example.org> SIZE=1",
        '"a b"@example.org',
        "قارئ@example.org",
        "x" * 65 + "@example.org",
        "a@" + ".".join(["x" * 60] * 5) + ".org",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    """And said kindly, with the name of the field."""
    assert not is_address(text)
    with pytest.raises(Invalid) as refused:
        a_mail(recipient=text)
    assert refused.value.errors[0].field == "recipient"


@given(st.text(max_size=300) | st.from_regex(r"\A\S{1,20}@\S{1,20}\.\w{1,5}\s?\Z"))
def test_an_address_is_one_mailbox_and_nothing_else(text: str) -> None:
    """Whatever is accepted has no space or control character, and means the same to the mail library."""
    if is_address(text):
        assert text.isascii()
        assert text.isprintable()
        assert not set(text) & set(' <>,;:"()[]\\')
        assert len(text) <= 254
        user, _, domain = text.partition("@")
        assert (user, domain) == (text[: text.index("@")], text[text.index("@") + 1 :])
        assert "@" not in domain
        assert Address(username=user, domain=domain).addr_spec.endswith(f"@{domain}")


@pytest.mark.parametrize(
    "say",
    [
        {"subject": "Hello\r\nBcc: everybody@example.org"},
        {"subject": "Hello\nthere"},
        {"subject": "Hello\x85there"},
        {"subject": ""},
        {"subject": "x" * 201},
        {"body_text": ""},
        {"kind": "../../etc/passwd"},
        {"kind": "x" * 81},
        {"language": "de"},
    ],
)
def test_mistakes_of_a_caller_are_errors(say: dict[str, Any]) -> None:
    """Before anything is stored."""
    with pytest.raises(ValueError, match="mail"):
        a_mail(**say)


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    """To Python, which knows more ends of a line than mail does."""
    if is_one_line(text):
        assert len(text.splitlines()) <= 1


@given(st.floats(0, 1))
def test_waits_grow_to_a_limit(chance: float) -> None:
    """Each at least as long as the one before; after the last attempt there is none."""
    waits = [wait_before_next(attempts, chance) for attempts in range(1, MOST_ATTEMPTS)]
    known = [wait for wait in waits if wait is not None]
    assert len(known) == MOST_ATTEMPTS - 1
    assert known == sorted(known)
    assert FIRST_WAIT * (1 - SPREAD) <= known[0] <= FIRST_WAIT * (1 + SPREAD)
    assert known[-1] <= LONGEST_WAIT * (1 + SPREAD)
    assert wait_before_next(MOST_ATTEMPTS, chance) is None
