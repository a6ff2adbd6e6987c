// Counts that stay on the phone until they are sent: each is a line of its own in the browser's storage, under an id
// made here, so that it can be sent twice and counts once. No names, nothing but what the form asks.
"use strict";
(() => {
  const page = document.getElementById("main");
  const form = document.getElementById("count");
  const words = page.dataset;
  const part = (id) => document.getElementById(id);
  const PREFIX = "waystation-count:";
  const AT_ONCE = 200;
  const PAUSE = 1500;

  const fresh = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const say = (text, kind = "") => { part("said").textContent = text; part("said").className = `alert ${kind}`; };
  // One tab at a time takes from the store and gives to the node.
  const alone = (work) => (navigator.locks ? navigator.locks.request("waystation-count", work) : work());

  const store = {
    all() {
      const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
      const rows = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map(read).filter((row) => row && row.id);
      return rows.sort((one, other) => one.made - other.made);
    },
    has: (id) => localStorage.getItem(PREFIX + id) !== null,
    put(row) { localStorage.setItem(PREFIX + row.id, JSON.stringify(row)); },
    drop(id) { localStorage.removeItem(PREFIX + id); },
  };
  try { store.put({ id: "try" }); store.drop("try"); } catch { say(words.full, "now"); return; }
  document.querySelectorAll("[data-needs-script]").forEach((one) => { one.hidden = false; });
  document.querySelectorAll("[data-without-script]").forEach((one) => { one.hidden = true; });
  if (!part("said").textContent) part("said").hidden = true;

  const ready = (rows) => rows.filter((row) => !row.why);
  const last = () => ready(store.all()).filter((row) => !row.taken_back).pop();

  function show() {
    const rows = store.all();
    part("waiting").textContent = rows.length;
    part("lost").textContent = rows.length;
    part("undo").disabled = !last();
    part("said").hidden = !part("said").textContent;
    form.querySelectorAll("button[data-words]").forEach((button) => {
      const many = rows.filter((row) => !row.taken_back && `${row.sex}:${row.age_band}` === button.value).reduce((sum, row) => sum + row.people, 0);
      button.querySelector("[data-so-far]").textContent = many || "";
    });
    const refused = rows.filter((row) => row.why);
    part("refused").hidden = part("to-mend").hidden = !refused.length;
    part("refused").querySelector("ul").replaceChildren(...refused.map(line));
  }

  function line(row) {
    const made = part("refused-row").content.cloneNode(true);
    made.querySelector("[data-facts]").textContent = `${row.words} × ${row.people}`;
    made.querySelector("[data-why]").textContent = row.why;
    const day = made.querySelector("[data-day]");
    day.value = row.day || new Date().toISOString().slice(0, 10);
    made.querySelector("[data-mend]").addEventListener("click", () => {
      store.put({ ...row, day: day.value, post: words.post, why: "" });
      show();
      send();
    });
    made.querySelector("[data-drop]").addEventListener("click", () => { store.drop(row.id); show(); });
    return made;
  }

  const ticked = (name) => [...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value);
  let timer = 0;
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    event.preventDefault();
    if (!button || !button.value) return;
    const people = form.querySelector("[name=people]");
    if (!/^\d+$/.test(people.value) || people.value < 1 || people.value > 50) { people.value = 1; people.focus(); return; }
    const [sex, age_band] = button.value.split(":");
    const now = new Date();
    try {
      store.put({
        id: fresh(), post: words.post, at: now.toISOString(), made: now.getTime(), sex, age_band, people: Number(people.value),
        services: [...ticked("services"), ...ticked("more")], items: ticked("items"), words: button.dataset.words,
      });
    } catch { say(words.full, "now"); return; }
    people.value = 1;
    say(`${words.counted} ${button.dataset.words}`, "done");
    show();
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });

  part("undo").addEventListener("click", () => alone(async () => {
    const row = last();
    if (!row) return;
    // Once it was on its way it may have been counted: then the node must be told that it is taken back.
    if (row.sent) store.put({ ...row, taken_back: true }); else store.drop(row.id);
    say(`${words.taken} ${row.words}`);
    show();
  }));

  const signedOut = () => { part("sign-in").hidden = false; say(words.signedOut, "soon"); };

  async function ask(method, headers = {}, body = undefined) {
    const answer = await fetch(words.sync, { method, headers: { Accept: "application/json", ...headers }, body, redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new RangeError("signed out");
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    return answer.json();
  }

  async function sendAll() {
    const rows = ready(store.all());
    if (!rows.length) return;
    const { token } = await ask("GET");
    part("sign-in").hidden = true;
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const some = rows.slice(from, from + AT_ONCE);
      some.forEach((row) => store.put({ ...row, sent: true }));
      const body = JSON.stringify({ now: new Date().toISOString(), contacts: some });
      const { answers } = await ask("POST", { "Content-Type": "application/json", "X-CSRFToken": token }, body);
      some.forEach((row, place) => settle(row, answers[place]));
    }
    const left = store.all().some((row) => row.why);
    say(left ? words.some : words.sent, left ? "soon" : "done");
  }

  function settle(row, answer) {
    if (!answer || answer.id !== row.id) return;
    if (answer.verdict !== "refused" || row.taken_back) store.drop(row.id);
    else if (store.has(row.id)) store.put({ ...row, sent: false, why: answer.says });
  }

  function send() {
    clearTimeout(timer);
    return alone(() => sendAll().catch((problem) => {
      if (problem instanceof RangeError) signedOut(); else say(words.noLine, "soon");
    })).then(show);
  }

  part("send").addEventListener("click", send);
  window.addEventListener("online", send);
  window.addEventListener("storage", show);

  async function keepPage() {
    if (!("serviceWorker" in navigator)) { say(words.notReady, "soon"); return; }
    await navigator.serviceWorker.register(words.worker);
    const { active } = await navigator.serviceWorker.ready;
    const channel = new MessageChannel();
    const assets = [...document.querySelectorAll("link[href^='/static/'], script[src^='/static/']")].map((one) => one.getAttribute("href") || one.getAttribute("src"));
    channel.port1.onmessage = (event) => {
      if (event.data && !part("said").textContent) say(words.ready, "done");
      if (event.data) page.dataset.kept = "yes";
      show();
    };
    active.postMessage({ keep: assets }, [channel.port2]);
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  }

  const asking = (asked) => { part("wipe-asks").hidden = !asked; part("wipe").hidden = asked; };
  part("wipe").addEventListener("click", () => asking(true));
  part("wipe-not").addEventListener("click", () => asking(false));
  part("wipe-now").addEventListener("click", () => alone(async () => {
    store.all().forEach((row) => store.drop(row.id));
    if (window.caches) await caches.delete("waystation-count");
    const workers = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
    await Promise.all(workers.map((worker) => worker.unregister()));
    asking(false);
    say(words.wiped, "done");
    show();
  }));

  show();
  send();
  keepPage().catch(() => show());
})();
