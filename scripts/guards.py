"""Takes each permission check away in turn; tests must turn red. Lists those that nobody missed.

`make guards`, or `python -m scripts.guards [part of a name …]` for some of them.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.databases import Templates, make_templates
from tests.guards import MATRIX, Guard, all_guards, proof_of

RED = 1
"""The exit code of pytest when tests failed; others mean that they could not run."""


def run(folder: Path, guard: Guard | None, tests: list[str]) -> tuple[int, str]:
    """The exit code of tests on SQLite without a guard, and their last words."""
    environment = {**os.environ, "MEDINA_MATRIX": "small", "MEDINA_TEST_TEMPLATES": str(folder)}
    if guard is not None:
        environment["MEDINA_GUARD"] = guard.key
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "--no-header",
        "--tb=line",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(
        [*command, "-m", "not postgresql and not browser", *tests],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout[-600:] + done.stderr[-600:]


def without(folder: Path, guard: Guard) -> str | None:
    """What is wrong with the proof of a guard; None when tests turned red without it."""
    began = time.monotonic()
    code, said = run(folder, guard, proof_of(guard))
    verdict = {0: "NOBODY MISSED IT", RED: "red"}.get(code, f"could not run ({code}): {said}")
    print(f"{time.monotonic() - began:6.1f} s  {guard.key}  {verdict}", flush=True)
    return None if code == RED else f"{guard.key}: {verdict}"


def main() -> int:
    """0 when all tests are green with every guard, and red without any one of them."""
    wanted = [
        one for one in all_guards() if not sys.argv[1:] or any(part in one.key for part in sys.argv[1:])
    ]
    with tempfile.TemporaryDirectory(prefix="medina-guards-") as name:
        folder = Path(name)
        asyncio.run(make_templates(Templates(folder, "", "kept"), ("sqlite",)))
        every = sorted({test for guard in wanted for test in (*proof_of(guard), *MATRIX)})
        code, said = run(folder, None, every)
        if code:
            print(f"Not green with all guards in place, so red would mean nothing:\n{said}")
            return code
        with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            missed = [one for one in pool.map(partial(without, folder), wanted) if one]
    print(f"{len(wanted)} guards, {len(missed)} that no test missed", *missed, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
