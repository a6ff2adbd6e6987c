// What pages gain when scripts run; every page works without this file.
"use strict";
document.addEventListener("click", (event) => {
  const printer = event.target.closest("[data-print]");
  if (printer) { event.preventDefault(); window.print(); }
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send-on-change]")) event.target.form.requestSubmit();
});
document.querySelectorAll("[data-needs-script]").forEach((part) => { part.hidden = false; });
document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
const wrong = document.querySelector(".summary-of-errors");
if (wrong) wrong.focus();
// After the idle time the page goes to where the server would send it, so that no name stays on an empty desk's screen.
const idle = Number(document.body.dataset.idleSeconds || 0);
if (idle) {
  let timer = 0;
  const restart = () => { clearTimeout(timer); timer = setTimeout(() => location.reload(), (idle + 5) * 1000); };
  ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, restart, { passive: true }));
  restart();
}
