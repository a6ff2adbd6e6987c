// Sends a file in parts and goes on after a cut line. Without this script the form sends it whole.
"use strict";
(() => {
  const form = document.querySelector("form[data-files]");
  if (!form || !window.crypto?.subtle) return;
  const input = form.querySelector("input[type=file]");
  const upload = form.querySelector("[name=upload]");
  const shown = form.querySelector("[data-files-progress]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  const say = (text, share) => {
    shown.hidden = false;
    shown.querySelector("[role=status]").textContent = text;
    if (share !== undefined) shown.querySelector("progress").value = share;
  };

  async function ask(address, body) {
    for (let tries = 0; tries < 40; tries += 1) {
      try {
        const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "error" });
        if (answer.ok) return answer.json();
        if (answer.status < 500) throw new RangeError((await answer.json().catch(() => ({}))).problem || "");
      } catch (problem) {
        if (problem instanceof RangeError) throw problem;
      }
      say(form.dataset.again);
      await wait(Math.min(500 * 2 ** tries, 8000));
    }
    throw new RangeError("");
  }

  async function send(file) {
    const first = new FormData();
    first.append("size", file.size);
    first.append("name", file.name);
    first.append("upload", upload.value);
    const begun = await ask(form.dataset.files, first);
    upload.value = begun.upload;
    const count = Math.ceil(file.size / begun.part);
    const there = new Set(begun.there);
    const address = form.dataset.files.replace(/of\/.*$/, `arriving/${begun.upload}/`);
    for (let number = 0; number < count; number += 1) {
      if (!there.has(number)) {
        const part = await file.slice(number * begun.part, (number + 1) * begun.part).arrayBuffer();
        await ask(`${address}${number}/`, part);
      }
      const share = Math.round((100 * (number + 1)) / count);
      say(`${share} %`, share);
    }
  }

  form.addEventListener("submit", (event) => {
    const file = input.files[0];
    if (!file) return;
    event.preventDefault();
    if (!file.size || file.size > Number(form.dataset.largest)) {
      say(form.dataset.tooLarge);
      return;
    }
    const name = form.querySelector("[name=name]");
    if (!name.value) name.value = file.name;
    send(file).then(
      () => {
        input.disabled = true;
        form.submit();
      },
      (problem) => say(problem.message || form.dataset.failed),
    );
  });
})();
