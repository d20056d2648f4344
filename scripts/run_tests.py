"""Runs all tests in parallel, those in a browser by themselves; says last where there is no Chromium.

Playwright and the asynchronous tests each want the event loop of their process, so they get two runs.
"""

import os
import subprocess
import sys

from tests.browser.chromium import find_chromium


def run(marker: str) -> int:
    """The exit code of pytest for the tests that `marker` chooses."""
    workers = str(os.cpu_count() or 2)
    command = [sys.executable, "-m", "pytest", "-q", "-n", workers, "--dist", "loadgroup", "-m", marker]
    return subprocess.run(command, check=False).returncode


def main() -> int:
    """The first exit code that is not 0; warns last when browser tests were not run."""
    codes = [run("not browser")]
    if find_chromium() is None:
        print("Browser tests were not run: no Chromium found (Debian: apt-get install chromium).")
    else:
        codes.append(run("browser"))
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
