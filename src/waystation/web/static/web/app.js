// What pages gain when scripts run; every page works without this file.
"use strict";
document.addEventListener("click", (event) => {
  const printer = event.target.closest("[data-print]");
  if (printer) { event.preventDefault(); window.print(); }
});
// Whether a form of the page holds something typed that was not sent: it must not go without a question.
let typed = false;
document.addEventListener("input", (event) => { if (event.target.closest("main form[method=post]") && !event.target.closest("[role=search]")) typed = true; });
document.addEventListener("submit", (event) => { if (event.target.closest("main")) typed = false; });
document.addEventListener("change", (event) => {
  const choice = event.target;
  if (!choice.matches("[data-send-on-change]")) return;
  if (typed && !window.confirm(document.body.dataset.unsaved)) { choice.form.reset(); return; }
  choice.form.requestSubmit();
});
// More than the server takes at once is said here: it would answer with a page of its own.
document.addEventListener("change", (event) => {
  const choice = event.target;
  if (!choice.matches("input[data-most-bytes]")) return;
  const total = [...choice.files].reduce((sum, file) => sum + file.size, 0);
  const tooMany = total > Number(choice.dataset.mostBytes);
  choice.setCustomValidity(tooMany ? choice.dataset.tooMany : "");
  choice.form.noValidate = !tooMany;
  choice.reportValidity();
});
document.querySelectorAll("[data-needs-script]").forEach((part) => { part.hidden = false; });
document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
const wrong = document.querySelector(".summary-of-errors");
if (wrong) wrong.focus();
const added = document.querySelector("[data-just-added] input");
if (added) added.focus();
// After the idle time the page goes to where the server would send it, so that no name stays on an empty desk's screen.
// What was typed is not thrown away: it is hidden until someone has signed in, in another tab.
const idle = Number(document.body.dataset.idleSeconds || 0);
if (idle) {
  const main = document.getElementById("main");
  const note = document.createElement("div");
  let timer = 0;
  const restart = () => { clearTimeout(timer); if (!main.hidden) timer = setTimeout(leave, (idle + 5) * 1000); };
  const leave = async () => {
    if (!typed) { location.reload(); return; }
    main.hidden = true;
    main.after(note);
    const answer = await fetch("/start/", { headers: { "HX-Request": "true" } });
    if (!answer.redirected) { note.innerHTML = await answer.text(); return; }
    main.hidden = false;
    note.remove();
    restart();
  };
  ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, restart, { passive: true }));
  window.addEventListener("focus", () => { if (main.hidden) leave(); });
  restart();
}
