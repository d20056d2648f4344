"""Where Debian's Chromium is, and how to start it."""

import os
import shutil

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """The path of the browser, or None. MEDINA_CHROMIUM may name it."""
    return os.environ.get("MEDINA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
