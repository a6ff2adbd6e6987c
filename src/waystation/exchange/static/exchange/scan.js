// Reads the code of another node with the camera, where the browser can; without this the text is pasted.
"use strict";
(() => {
  const part = document.querySelector("[data-scan]");
  const text = document.querySelector("textarea[name=text]");
  if (!part || !text || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const [video, said] = [part.querySelector("video"), part.querySelector("[role=status]")];
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  part.hidden = false;

  async function read(detector) {
    while (video.srcObject) {
      const codes = await detector.detect(video);
      const found = codes.find((code) => code.rawValue.startsWith(part.dataset.scan));
      if (found) return found.rawValue;
      if (codes.length) said.textContent = part.dataset.other;
      await wait(250);
    }
    return "";
  }

  function stop() {
    video.srcObject?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    video.hidden = true;
  }

  part.querySelector("button").addEventListener("click", async () => {
    if (video.srcObject) { stop(); return; }
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.hidden = false;
      said.textContent = part.dataset.hold;
      await video.play();
      const value = await read(new BarcodeDetector({ formats: ["qr_code"] }));
      if (!value) return;
      text.value = value;
      text.dispatchEvent(new Event("input", { bubbles: true }));
      said.textContent = part.dataset.done;
    } catch {
      said.textContent = part.dataset.none;
    } finally {
      stop();
    }
  });
})();
