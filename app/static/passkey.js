// Passkeys: asks the server for a question, lets the device answer it, sends the answer back.
(() => {
  "use strict";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");

  async function send(form, address, body) {
    const answer = await fetch(address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-Form-Token": form.elements.form_token.value,
      },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (told.type?.endsWith("confirm-first")) {
      if (location.pathname.endsWith("/confirm")) location.reload();
      else location.assign(form.dataset.passkeyConfirm);
    }
    if (!answer.ok) throw new Error(told.detail);
    return told;
  }

  const described = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function made(options) {
    const key = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: described(options.excludeCredentials),
      },
    });
    return {
      id: key.id,
      rawId: text(key.rawId),
      type: key.type,
      response: {
        clientDataJSON: text(key.response.clientDataJSON),
        attestationObject: text(key.response.attestationObject),
        transports: key.response.getTransports?.() ?? [],
      },
    };
  }

  async function shown(options) {
    const key = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: described(options.allowCredentials),
      },
    });
    return {
      id: key.id,
      rawId: text(key.rawId),
      type: key.type,
      response: {
        clientDataJSON: text(key.response.clientDataJSON),
        authenticatorData: text(key.response.authenticatorData),
        signature: text(key.response.signature),
        userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
      },
    };
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-passkey]")) return;
    event.preventDefault();
    const problem = form.querySelector("[data-passkey-problem]");
    const button = form.querySelector("button");
    problem.hidden = true;
    button.disabled = true;
    try {
      const options = await send(form, `${form.dataset.passkeyAddress}/options`, {});
      const credential = await (form.dataset.passkey === "make" ? made(options) : shown(options));
      const told = await send(form, form.dataset.passkeyAddress, {
        credential,
        name: form.elements.name?.value ?? "",
        next: form.elements.next?.value ?? "",
      });
      location.assign(told.location);
    } catch (error) {
      const isOurs = !(error instanceof DOMException) && !(error instanceof TypeError) && error.message;
      problem.textContent = isOurs ? error.message : form.dataset.passkeyFailed;
      problem.hidden = false;
      button.disabled = false;
      problem.focus();
    }
  });

  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.closest("[data-needs-passkeys]").hidden = !window.PublicKeyCredential;
  }
})();
