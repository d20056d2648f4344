"""Settings from the environment (prefix MEDINA_) or a `.env` file, typed and checked."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMO_SECRET = "demo-only-not-a-secret"
MINIMUM_SECRET_LENGTH = 32


class Settings(BaseSettings):
    """Everything that can be set from outside. Defaults fit a developer's machine."""

    model_config = SettingsConfigDict(env_prefix="MEDINA_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = Field(
        "sqlite+aiosqlite:///var/medina.db",
        description="SQLAlchemy URL: sqlite+aiosqlite:///… or postgresql+asyncpg://…",
    )
    secret_key: SecretStr = Field(
        SecretStr(DEMO_SECRET), description="Signs cookies; at least 32 characters outside demo mode"
    )
    previous_secret_keys: SecretStr = Field(
        SecretStr(""), description="Earlier secrets, comma separated: what they signed stays valid"
    )
    public_url: str = Field("", description="Address readers use; default http://localhost:<PORT>")
    demo: bool = Field(False, description="Demo mode: persona switch, loopback only")
    index_path: Path = Field(Path("var/index"), description="Folder of the search index (derived)")
    hub_email: str = Field(
        "menaregionalhub@strongcitiesnetwork.org", description="Address of the hub shown as contact"
    )
    hub_contact: str = Field(
        "Zouhair Racheha", description="Who heads the hub, named as contact; empty: the address only"
    )
    log_json: bool = Field(False, description="Write logs as JSON lines")

    @model_validator(mode="after")
    def _refuse_weak_secret(self) -> Self:
        for secret in self.every_secret:
            if not self.demo and (secret == DEMO_SECRET or len(secret) < MINIMUM_SECRET_LENGTH):
                raise ValueError(
                    "MEDINA_SECRET_KEY must be set to at least 32 random characters outside demo mode, "
                    "and so must each of MEDINA_PREVIOUS_SECRET_KEYS"
                )
        return self

    @property
    def every_secret(self) -> tuple[str, ...]:
        """The secret that signs, then the earlier ones whose signatures are still believed."""
        earlier = self.previous_secret_keys.get_secret_value().split(",")
        return (self.secret_key.get_secret_value(), *(key.strip() for key in earlier if key.strip()))

    @property
    def async_database_url(self) -> str:
        """The database URL with an async driver, whatever form was given."""
        scheme, _, rest = self.database_url.partition("://")
        driver = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg"}
        driver["postgresql"] = driver["postgres"]
        return f"{driver.get(scheme, scheme)}://{rest}"
