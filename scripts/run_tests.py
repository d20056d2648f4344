"""Runs all tests in parallel; leaves the browser out, and says so last, where there is no Chromium."""

import os
import subprocess
import sys

from tests.browser.chromium import find_chromium


def main() -> int:
    """The exit code of pytest; warns last when browser tests were not run."""
    chromium = find_chromium()
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(os.cpu_count() or 2), "--dist", "loadgroup"]
    if chromium is None:
        command += ["-m", "not browser"]
    code = subprocess.run(command, check=False).returncode
    if chromium is None:
        print("Browser tests were not run: no Chromium found (Debian: apt-get install chromium).")
    return code


if __name__ == "__main__":
    sys.exit(main())
