"""The container takes the same steps as the Makefile; no Docker daemon is needed to see that."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def _steps(text: str) -> str:
    """A file's commands with variables and quiet flags evened out."""
    return re.sub(r"@?\$\(BIN\)/|@?\.venv/bin/|\s+", " ", text)


def test_same_steps_as_the_makefile() -> None:
    """Packages by hash, the project without isolation, front-end files, migrate, serve: one way each."""
    docker, makefile = _steps((ROOT / "Dockerfile").read_text()), _steps((ROOT / "Makefile").read_text())
    for step in (
        "pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock",
        "pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .",
        "npm ci --no-progress --loglevel=error",
        "python scripts/vendor.py",
        "medina migrate",
        "medina serve",
    ):
        assert step in docker, step
        assert step in makefile, step


def test_runs_as_a_user_of_its_own_outside_demo_mode() -> None:
    """Non-root, checked for health, and a secret has to be given."""
    docker, compose = (ROOT / "Dockerfile").read_text(), (ROOT / "compose.yaml").read_text()
    assert re.search(r"^USER medina$", docker, re.M)
    assert "HEALTHCHECK" in docker
    assert "/health/ready" in docker
    assert 'MEDINA_DEMO: "0"' in compose
    assert "MEDINA_SECRET_KEY: ${MEDINA_SECRET_KEY:?" in compose
    assert "postgresql+asyncpg://" in compose


def test_who_serves_never_learns_the_password_of_the_owner() -> None:
    """Two roles: one step migrates as the owner, and the service that stays logs in as the other."""
    compose = (ROOT / "compose.yaml").read_text()
    services = dict(re.findall(r"^  (\w+):\n((?:    .*\n|\n)+)", compose, re.M))
    assert "MEDINA_OWNER_DATABASE_URL" in services["migrate"]
    assert '"medina", "serve"' in services["medina"]
    assert "service_completed_successfully" in services["medina"]
    assert "POSTGRES_PASSWORD" not in services["medina"]
    assert "OWNER" not in services["medina"]


def test_every_setting_is_in_the_example() -> None:
    """`.env.example` names each setting, and nothing else."""
    settings = (ROOT / "app" / "settings.py").read_text()
    names = {f"MEDINA_{name.upper()}" for name in re.findall(r"^    (\w+): .+ = Field", settings, re.M)}
    written = set(re.findall(r"^(MEDINA_\w+)=", (ROOT / ".env.example").read_text(), re.M))
    assert written == names
