// Passkeys (WebAuthn, JSON forms of level 3 where the browser has them). Without this file, codes do the same.
"use strict";
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const answer = async (url, credential) => {
  const response = await fetch(url, {
    method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token(), "Accept": "application/json" },
    body: JSON.stringify(credential.toJSON()),
  });
  const body = await response.json();
  if (response.ok) location.assign(body.next); else throw new Error(body.title);
};
const wire = (selector, attribute, ask) => document.querySelectorAll(selector).forEach((button) => {
  const url = button.getAttribute(attribute);
  button.addEventListener("click", async () => {
    try {
      const options = await (await fetch(url, { headers: { "Accept": "application/json" } })).json();
      await answer(url, await ask(options.publicKey || options));
    } catch (problem) { button.after(document.createTextNode(" " + problem.message)); }
  });
});
if (window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON) {
  wire("[data-passkey-add]", "data-passkey-add", (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
  wire("[data-passkey]", "data-passkey", (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
}
