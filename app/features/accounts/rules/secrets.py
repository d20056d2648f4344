"""Secrets that we give out: how they are made, and what is stored of them.

Tokens have 256 random bits, so a plain hash is enough. Codes that people type are short, so their hash is
keyed with the secret of the server: whoever has the database alone cannot try them all.
"""

import hmac
import secrets
from hashlib import sha256
from unicodedata import normalize

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0, 1, I, L, O or U: they are mistaken for one another."""
CODE_LENGTH = 8
RECOVERY_LENGTH = 16
RECOVERY_CODES = 10
API_PREFIX = "medina_"
_CHECK_LENGTH = 6
_SALT_BYTES = 8
_LONGEST_TYPED = 200
_LOOKALIKES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def new_token() -> str:
    """A token for an address or a cookie: 256 random bits."""
    return secrets.token_urlsafe(32)


def new_code(length: int = CODE_LENGTH) -> str:
    """A code that people can read aloud and type."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def new_api_token() -> str:
    """A token for a program: a prefix that scanners know, 256 random bits, and a check sum."""
    body = secrets.token_hex(32)
    return f"{API_PREFIX}{body}{_check(body)}"


def is_api_token(text: str) -> bool:
    """Whether a text has the form of a token of ours; spares the database the others."""
    body = text.removeprefix(API_PREFIX)
    is_form = text.startswith(API_PREFIX) and len(body) == 64 + _CHECK_LENGTH and body.isascii()
    return is_form and hmac.compare_digest(body[64:], _check(body[:64]))


def _check(body: str) -> str:
    return sha256(f"{API_PREFIX}{body}".encode()).hexdigest()[:_CHECK_LENGTH]


def hash_token(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()


def hash_code(key: bytes, code: str) -> str:
    """What is stored of a code that people type; the same for all ways to type it."""
    return hmac.new(key, tidy_code(code).encode(), sha256).hexdigest()


def tidy_code(typed: str) -> str:
    """A code as we made it: capitals, no blanks or hyphens, digits of any script, letters of any width."""
    plain = normalize("NFKC", typed[:_LONGEST_TYPED]).translate(_LOOKALIKES).upper()
    return "".join(c for c in plain if c.isalnum())[:64]


def derived_key(secret: str, purpose: str) -> bytes:
    """A key for one purpose from the secret of the server."""
    return hmac.new(secret.encode(), f"medina:{purpose}".encode(), sha256).digest()


def form_token(key: bytes, bound_to: str, salt: str = "") -> str:
    """What a form carries to prove that our own page made it for this very session.

    It begins with something random: one that is the same on every page could be guessed letter by letter
    from the size of compressed pages.
    """
    salt = salt or secrets.token_hex(_SALT_BYTES)
    return salt + hmac.new(key, f"{salt}:{bound_to}".encode(), sha256).hexdigest()


def is_form_token(key: bytes, bound_to: str, token: str) -> bool:
    """Whether a form carries a token that was made for this session."""
    salt = token[: 2 * _SALT_BYTES]
    expected = form_token(key, bound_to, salt) if len(salt) == 2 * _SALT_BYTES else ""
    return bool(expected) and hmac.compare_digest(expected.encode(), token.encode())


def bound_secret(key: bytes, purpose: str, *bound_to: str) -> str:
    """A secret that can be made again from what it is bound to, and need not be stored: 64 digits."""
    return hmac.new(key, "\n".join((purpose, *bound_to)).encode(), sha256).hexdigest()
