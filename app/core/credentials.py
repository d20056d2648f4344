"""The words that accounts and what opens them are told in."""

from enum import StrEnum


class AccountState(StrEnum):
    """Whether somebody may come in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


class Strength(StrEnum):
    """How a session was begun; hub roles act only in one begun with a passkey."""

    EMAIL = "e-mail"
    RECOVERY = "recovery code"
    SINGLE_SIGN_ON = "single sign-on"
    PASSKEY = "passkey"
    DEMO = "demo"


class LinkPurpose(StrEnum):
    """What a link or code in a mail is good for."""

    SIGN_IN = "sign-in"
    CONFIRM = "confirm"
    ADDRESS = "address"
