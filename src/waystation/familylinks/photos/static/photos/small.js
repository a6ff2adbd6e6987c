// Makes a chosen photo small before it is sent, so that a weak line carries it. Without scripts it is sent as it is.
const LONGEST = 1000;

async function small(file) {
  const drawn = await createImageBitmap(file, { imageOrientation: "from-image" });
  const share = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(drawn.width * share);
  canvas.height = Math.round(drawn.height * share);
  canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
}

for (const input of document.querySelectorAll("input[data-small]")) {
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    try {
      const kept = new DataTransfer();
      kept.items.add(new File([await small(file)], "photo.jpg", { type: "image/jpeg" }));
      input.files = kept.files;
    } catch {
      // What the browser cannot draw the server refuses in words.
    }
  });
}
