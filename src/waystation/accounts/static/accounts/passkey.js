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
// Why it failed is for a person to read, not the browser's own words.
const say = (button) => {
  const place = button.parentElement.querySelector("[role=alert]") || button.parentElement.appendChild(document.createElement("span"));
  place.setAttribute("role", "alert");
  place.className = "problem";
  place.textContent = button.dataset.failed;
};
const wire = (selector, attribute, ask) => document.querySelectorAll(selector).forEach((button) => {
  const url = button.getAttribute(attribute);
  button.addEventListener("click", async () => {
    try {
      const options = await (await fetch(url, { headers: { "Accept": "application/json" } })).json();
      await answer(url, await ask(options.publicKey || options));
    } catch { say(button); }
  });
});
if (window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON) {
  wire("[data-passkey-add]", "data-passkey-add", (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
  wire("[data-passkey]", "data-passkey", (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
}
