"""Who is asking: the demo persona, and the name of the session's cookie."""

import re
from collections.abc import Iterable

from fastapi import Request
from itsdangerous import BadSignature, URLSafeSerializer

from app.core.actor import VISITOR, Actor, Persona
from app.settings import Settings

PERSONA_COOKIE = "medina_persona"
PERSONA_HEADER = "Medina-Persona"
SESSION_COOKIE = "__Host-medina_session"

_PERSONA = re.compile(r"(visitor|practitioner|editor)|(official):([a-z]{2}-[a-z0-9-]{1,70})")


def parse_persona(text: str) -> Actor | None:
    """An actor from `visitor`, `practitioner`, `editor` or `official:<place id>`; None for anything else."""
    found = _PERSONA.fullmatch(text)
    if found is None:
        return None
    if found[2]:
        return Actor(Persona.OFFICIAL, found[3])
    return Actor(Persona(found[1]))


def sign_persona(settings: Settings, persona: str) -> str:
    """The value of the cookie that remembers a persona of the demo. Raises ValueError for none there is."""
    if parse_persona(persona) is None:
        raise ValueError(persona)
    signed = signer(settings).dumps(persona)
    return signed.decode() if isinstance(signed, bytes) else signed


def signer(settings: Settings) -> URLSafeSerializer:
    """Signs the persona cookie."""
    return URLSafeSerializer(settings.secret_key.get_secret_value(), salt="persona")


def actor_of(request: Request) -> Actor:
    """Who is asking. Outside demo mode everybody is a visitor."""
    settings: Settings = request.app.state.settings
    if not settings.demo:
        return VISITOR
    if header := request.headers.get(PERSONA_HEADER):
        return parse_persona(header) or VISITOR
    try:
        signed = signer(settings).loads(request.cookies.get(PERSONA_COOKIE, ""))
    except BadSignature:
        return VISITOR
    return parse_persona(str(signed)) or VISITOR


def is_loopback(hosts: Iterable[str]) -> bool:
    """Whether all addresses are of this machine only."""
    return all(host in ("127.0.0.1", "localhost", "::1") for host in hosts)
