"""Copies front-end files from node_modules into app/static/vendor: htmx, icons, fonts cut to our letters.

Fonts: IBM Plex Sans Arabic (OFL 1.1; the licence goes beside them). Arabic is cut to Arabic and
Sorani Kurdish letters; one tiny file holds only the word for the Arabic language.
"""

import re
import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

ROOT = Path(__file__).parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "app" / "static" / "vendor"
PLEX = MODULES / "@fontsource" / "ibm-plex-sans-arabic"

ARABIC = [
    *range(0x0600, 0x0606),
    *range(0x060C, 0x061D),
    *range(0x061E, 0x06D6),
    0x06E4,
    *range(0x06F0, 0x06FA),
    *range(0x2010, 0x2027),
    *range(0x200B, 0x2010),
    *range(0x2066, 0x206A),
    *range(0x20, 0x40),
    0xA0,
    0xAB,
    0xBB,
    0xFDF2,
]
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    0x2009,
    *range(0x2010, 0x2027),
    0x202F,
    0x2039,
    0x203A,
    0x2044,
    *range(0x2066, 0x206A),
    0x20AC,
    0x2122,
    0x2190,
    0x2192,
    0x2212,
]
LATIN_EXTENDED = [*range(0x100, 0x250), *range(0x1E00, 0x1F00), *range(0x20A0, 0x20C1)]
FACES = {"arabic": ARABIC, "latin": LATIN, "latin-ext": LATIN_EXTENDED}
OWN_NAME = [ord(letter) for letter in "العربية"]


def cut(source: Path, target: Path, letters: list[int]) -> None:
    """Write the part of a font that has `letters`, with the joining of Arabic kept."""
    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    options.ignore_missing_unicodes = True
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    save_font(font, str(target), options)


def fonts() -> None:
    """The faces that pages use, and their licence."""
    folder = VENDOR / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for face, letters in FACES.items():
        for weight in (400, 600):
            source = PLEX / "files" / f"ibm-plex-sans-arabic-{face}-{weight}-normal.woff2"
            cut(source, folder / f"plex-{face}-{weight}.woff2", letters)
    arabic = PLEX / "files" / "ibm-plex-sans-arabic-arabic-400-normal.woff2"
    cut(arabic, folder / "plex-ar-label.woff2", OWN_NAME)
    shutil.copy(PLEX / "LICENSE", folder / "LICENSE")


def icons() -> None:
    """One sprite with the icons named in scripts/icons.txt."""
    names = (ROOT / "scripts" / "icons.txt").read_text().split()
    symbols = [
        symbol(name, (MODULES / "lucide-static" / "icons" / f"{name}.svg").read_text()) for name in names
    ]
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
    (VENDOR / "icons.svg").write_text(sprite)


def symbol(name: str, svg: str) -> str:
    """An icon as a symbol that takes its colour and size from where it is used."""
    inner = re.sub(r"\s+", " ", svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]).strip()
    drawn = (
        'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    )
    return f'<symbol id="{name}" viewBox="0 0 24 24" {drawn}>{inner}</symbol>'


def main() -> None:
    """Fill the folder anew."""
    if not MODULES.exists():
        sys.exit("node_modules is missing: run make setup")
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    shutil.copy(MODULES / "htmx.org" / "dist" / "htmx.min.js", VENDOR)
    icons()
    fonts()


if __name__ == "__main__":
    main()
