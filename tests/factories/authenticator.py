"""An authenticator in software: makes passkeys and shows them, honestly or with one thing wrong."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

ORIGIN = "http://localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
Answer = dict[str, Any]


@dataclass
class Authenticator:
    """One device with one key. `origin` is the page that the browser is on."""

    origin: str = ORIGIN
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(32))
    count: int = 0
    handle: str | None = None

    def make(self, options: Answer, **lies: Any) -> Answer:
        """Answer the question for a new passkey."""
        self.handle = options["user"]["id"]
        told = self._client_data("webauthn.create", options, lies)
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        data = self._data(options["rp"]["id"], ATTESTED, lies)
        data += bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        attestation = {"fmt": "none", "attStmt": {}, "authData": data, **lies.get("attestation", {})}
        response = {"attestationObject": bytes_to_base64url(cbor2.dumps(attestation)), "transports": ["usb"]}
        return self._answer(told, response, lies)

    def show(self, options: Answer, **lies: Any) -> Answer:
        """Answer the question for a passkey that is known."""
        told = self._client_data("webauthn.get", options, lies)
        data = self._data(options["rpId"], 0, lies)
        signer: ec.EllipticCurvePrivateKey = lies.get("key", self.key)
        signature = signer.sign(data + sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(lies.get("signature", signature)),
            "userHandle": lies.get("handle", self.handle),
        }
        return self._answer(told, response, lies)

    def _client_data(self, kind: str, options: Answer, lies: Answer) -> bytes:
        told = {
            "type": lies.get("kind", kind),
            "challenge": lies.get("challenge", options["challenge"]),
            "origin": lies.get("origin", self.origin),
            "crossOrigin": lies.get("cross", False),
        }
        return json.dumps(told).encode()

    def _data(self, host: str, flags: int, lies: Answer) -> bytes:
        self.count += 1
        named = sha256(lies.get("host", host).encode()).digest()
        flags |= lies.get("flags", PRESENT | VERIFIED)
        count: int = lies.get("count", self.count)
        return named + bytes([flags]) + count.to_bytes(4, "big")

    def _answer(self, told: bytes, response: Answer, lies: Answer) -> Answer:
        id_ = bytes_to_base64url(lies.get("id", self.id))
        response = {"clientDataJSON": bytes_to_base64url(told), **response, **lies.get("response", {})}
        return {"id": id_, "rawId": id_, "type": lies.get("type", "public-key"), "response": response}


def decoded(text: str) -> bytes:
    """Bytes of a part of an answer."""
    return base64url_to_bytes(text)
