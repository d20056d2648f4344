"""Colours that may meet on a page are told apart well enough, in light and in dark (WCAG 2.2)."""

import json
import re
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
TOKENS = (APP / "static" / "css" / "tokens.css").read_text()
COMPONENTS = (APP / "static" / "css" / "components.css").read_text()
THEMES = [
    concept["slug"]
    for concept in json.loads((APP / "data" / "vocabulary.json").read_text())
    if concept["scheme"] == "theme"
]

TEXT, CONTROL = 4.5, 3.0

BACKGROUNDS = ("canvas", "surface", "sunken", "brand-tint")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "link", "link-hover") for ground in (*BACKGROUNDS, "accent-tint")),
    *(("muted", ground) for ground in BACKGROUNDS),
    *(("danger", ground) for ground in ("canvas", "surface", "danger-tint")),
    *(("success", ground) for ground in ("canvas", "surface", "success-tint")),
    *(("ink", f"{tone}-tint") for tone in ("danger", "success", "info")),
    ("info", "info-tint"),
    ("warning", "accent-tint"),
    ("on-brand", "brand"),
    ("on-brand", "link-hover"),
    ("on-deep", "brand-deep"),
    ("on-deep-2", "brand-deep"),
    ("on-accent", "accent"),
    ("on-focus", "focus"),
    *((f"theme-{code}", ground) for code in THEMES for ground in BACKGROUNDS),
]
CONTROL_PAIRS = [
    *((line, ground) for line in ("line-strong", "brand") for ground in ("canvas", "surface")),
    ("line-strong", "accent-tint"),
    ("danger", "surface"),
    ("accent", "brand-deep"),
]


def _schemes() -> dict[str, dict[str, str]]:
    """The colours of each scheme; a scheme by choice of the reader equals the one of the device."""
    rules = re.findall(r"(:root[^{\s]*)\s*\{([^}]*--canvas[^}]*)\}", TOKENS)
    colours = {selector: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", body)) for selector, body in rules}
    light, device, chosen = (
        colours[":root"],
        colours[':root:not([data-theme="light"])'],
        colours[':root[data-theme="dark"]'],
    )
    assert device == chosen
    assert light.keys() == chosen.keys()
    return {"light": light, "dark": chosen}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT_PAIRS, TEXT), (CONTROL_PAIRS, CONTROL)], ids=["text", "controls"]
)
def test_colours_that_meet_are_told_apart(scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = _schemes()[scheme]
    too_close = {
        f"{front} on {back}": round(_contrast(colours[front], colours[back]), 2)
        for front, back in pairs
        if _contrast(colours[front], colours[back]) < least
    }
    assert too_close == {}


def test_every_theme_of_the_vocabulary_has_its_colour() -> None:
    assert len(THEMES) == 11
    for code in THEMES:
        assert f".theme-{code} {{" in COMPONENTS
    colours = _schemes()
    for scheme in colours.values():
        assert len({scheme[f"theme-{code}"] for code in THEMES}) == len(THEMES)
