"""Settings from the environment (prefix MEDINA_) or a `.env` file, typed and checked."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMO_SECRET = "demo-only-not-a-secret"
MINIMUM_SECRET_LENGTH = 32
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this machine; nothing that is said to them leaves it."""
Network = IPv4Network | IPv6Network


class Settings(BaseSettings):
    """Everything that can be set from outside. Defaults fit a developer's machine."""

    model_config = SettingsConfigDict(env_prefix="MEDINA_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = Field(
        "sqlite+aiosqlite:///var/medina.db",
        description="SQLAlchemy URL: sqlite+aiosqlite:///… or postgresql+asyncpg://…",
    )
    owner_database_url: str = Field(
        "",
        description="The same database as the role that owns its tables; default DATABASE_URL",
    )
    secret_key: SecretStr = Field(
        SecretStr(DEMO_SECRET), description="Signs cookies; at least 32 characters outside demo mode"
    )
    previous_secret_keys: SecretStr = Field(
        SecretStr(""), description="Earlier secrets, comma separated: what they signed stays valid"
    )
    public_url: str = Field("", description="Address readers use; default http://localhost:<PORT>")
    demo: bool = Field(False, description="Demo mode: persona switch, loopback only")
    allowed_hosts: str = Field(
        "", description="Host names served beside those of loopback, comma separated; default public_url's"
    )
    trusted_proxies: str = Field(
        "", description="Networks of proxies whose X-Forwarded-* headers count, comma separated; default none"
    )
    index_path: Path = Field(Path("var/index"), description="Folder of the search index (derived)")
    hub_email: str = Field(
        "menaregionalhub@strongcitiesnetwork.org", description="Address of the hub shown as contact"
    )
    hub_contact: str = Field(
        "Zouhair Racheha", description="Who heads the hub, named as contact; empty: the address only"
    )
    smtp_host: str = Field("", description="Mail server; empty: mails are written to files in MAIL_FOLDER")
    smtp_port: int = Field(587, description="Port of the mail server", ge=1, le=65535)
    smtp_user: str = Field("", description="Name to sign in to the mail server with; empty: without")
    smtp_password: SecretStr = Field(SecretStr(""), description="Password for that name")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How mails are encrypted on the way; none: only to this machine itself"
    )
    mail_from: str = Field(
        "", description="Sender of mails, as name@host or Name <name@host>; needed with SMTP_HOST"
    )
    mail_folder: Path = Field(Path("var/mail"), description="Folder for mails when there is no mail server")
    oidc_issuer: str = Field(
        "", description="Identity provider for single sign-on (OpenID Connect), as https://…; empty: none"
    )
    oidc_client_id: str = Field("", description="Name of this service there; needed with OIDC_ISSUER")
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), description="Secret of this service there; empty: none was given"
    )
    oidc_name: str = Field("", description="What the button calls the provider; default the issuer's host")
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

    @field_validator("trusted_proxies")
    @classmethod
    def _refuse_what_is_no_network(cls, given: str) -> str:
        for part in _parts(given):
            ip_network(part)
        return given

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The networks of `trusted_proxies`."""
        return tuple(ip_network(part) for part in _parts(self.trusted_proxies))

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which this site is served, in small letters and without ports.

        Those of this machine are always among them: checks of its health use them.
        """
        given = {part.lower().strip("[]") for part in _parts(self.allowed_hosts)}
        return LOOPBACK_HOSTS | (given or {urlsplit(self.public_url).hostname or "localhost"})

    @property
    def is_https(self) -> bool:
        """Whether readers use HTTPS."""
        return self.public_url.startswith("https://")

    @model_validator(mode="after")
    def _refuse_open_mail(self) -> Self:
        if not self.smtp_host:
            return self
        if self.smtp_security == "none" and self.smtp_host not in LOOPBACK_HOSTS:
            raise ValueError("MEDINA_SMTP_SECURITY=none is only for a mail server on this machine")
        if "@" not in self.mail_from or not self.mail_from.isprintable():
            raise ValueError("MEDINA_MAIL_FROM must be an e-mail address when MEDINA_SMTP_HOST is set")
        return self

    @model_validator(mode="after")
    def _refuse_open_provider(self) -> Self:
        if not self.oidc_issuer:
            return self
        parts = urlsplit(self.oidc_issuer)
        is_closed = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK_HOSTS)
        is_plain = not (parts.query or parts.fragment or parts.username) and self.oidc_issuer.isprintable()
        if not (is_closed and is_plain and parts.hostname):
            raise ValueError("MEDINA_OIDC_ISSUER must be an https:// address without query or fragment")
        if not self.oidc_client_id:
            raise ValueError("MEDINA_OIDC_CLIENT_ID must be set when MEDINA_OIDC_ISSUER is set")
        return self

    @property
    def single_sign_on(self) -> str:
        """What readers call the identity provider; empty where there is none."""
        return self.oidc_issuer and (self.oidc_name or urlsplit(self.oidc_issuer).hostname or "")

    @property
    def every_secret(self) -> tuple[str, ...]:
        """The secret that signs, then the earlier ones whose signatures are still believed."""
        earlier = self.previous_secret_keys.get_secret_value().split(",")
        return (self.secret_key.get_secret_value(), *(key.strip() for key in earlier if key.strip()))

    @property
    def async_database_url(self) -> str:
        """The database URL with an async driver, whatever form was given."""
        return _with_async_driver(self.database_url)

    @property
    def async_owner_database_url(self) -> str:
        """The same for the role that migrates."""
        return _with_async_driver(self.owner_database_url or self.database_url)


def _parts(text: str) -> list[str]:
    """The parts of a comma separated text."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _with_async_driver(url: str) -> str:
    scheme, _, rest = url.partition("://")
    driver = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg"}
    driver["postgresql"] = driver["postgres"]
    return f"{driver.get(scheme, scheme)}://{rest}"
