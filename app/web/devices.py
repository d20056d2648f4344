"""A browser in a few words, so that people know their devices again."""

import re

from fastapi import Request

_BROWSERS = (
    ("Edge", re.compile("Edg")),
    ("Firefox", re.compile("Firefox|FxiOS")),
    ("Chrome", re.compile("Chrome|CriOS|Chromium")),
    ("Safari", re.compile("Safari")),
)
_SYSTEMS = (
    ("Android", re.compile("Android")),
    ("iPhone", re.compile("iPhone")),
    ("iPad", re.compile("iPad")),
    ("Windows", re.compile("Windows")),
    ("Mac", re.compile("Macintosh|Mac OS")),
    ("Linux", re.compile("Linux|X11")),
)
_MOST_READ = 400


def device_of(request: Request) -> str:
    """Names of browser and system, such as `Firefox, Android`; nothing else is kept."""
    agent = request.headers.get("user-agent", "")[:_MOST_READ]
    found = (
        next((name for name, sign in kinds if sign.search(agent)), "") for kinds in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(name for name in found if name)
