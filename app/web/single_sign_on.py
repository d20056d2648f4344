"""The identity provider of this service, if it has one, and the way there."""

from fastapi import Request

from app.core.errors import NotFound
from app.features.accounts.gateway import IdentityProvider, Question
from app.features.accounts.rules.secrets import bound_secret
from app.settings import Settings
from app.web.render import url_of
from app.web.site import browser_hash
from app.web.throttle import secret_key

BACK = "sign-in.sso.back"


def provider_for(settings: Settings) -> IdentityProvider | None:
    """The provider of the settings; None where there is none."""
    if not settings.oidc_issuer:
        return None
    secret = settings.oidc_client_secret.get_secret_value()
    return IdentityProvider(settings.oidc_issuer, settings.oidc_client_id, secret)


def provider_of(request: Request) -> IdentityProvider:
    """The provider of this service. Raises `NotFound` where there is none."""
    provider = request.app.state.provider
    if not isinstance(provider, IdentityProvider):
        raise NotFound()
    return provider


def address_to_return(request: Request) -> str:
    """Where the provider sends browsers back to: at the configured address, whatever host a request named."""
    settings: Settings = request.app.state.settings
    if not settings.public_url:
        raise ValueError("MEDINA_PUBLIC_URL is not set: nobody would come back from single sign-on")
    return settings.public_url.rstrip("/") + url_of(request, BACK)


def question_of(request: Request, state: str, redirect_uri: str) -> Question:
    """What a sign-in of this browser is bound to.

    Nonce and verifier are made from the state and the browser with a key of ours: neither is stored, and who
    sees the state in an address has neither.
    """
    key, browser = secret_key(request, "single sign-on"), browser_hash(request)
    return Question(
        state,
        bound_secret(key, "nonce", state, browser),
        bound_secret(key, "verifier", state, browser),
        redirect_uri,
    )


def leading_out(address: str) -> dict[str, str]:
    """Headers that take a browser to the provider by itself.

    No redirect: the policy of our pages sends forms to this site only, also by way of redirects.
    """
    return {"Refresh": f"0; url={address}", "Cache-Control": "no-store"}
