// What a story's page offers beside the story: text size, reading aloud, sharing, pictures in full view.
// Without this the text is read as it is, links are links, and a picture opens by itself.

import { offerReading } from "./for-reading.js";

const text = document.querySelector(".story .text");
const tools = document.querySelector(".reading-tools");
const said = tools.querySelector("[role=status]");

offerReading(document.querySelector("main article"));

// -- sharing: by what the device has, with nobody told

const address = document.querySelector("link[rel=canonical]").href;
const share = tools.querySelector("[data-share]");
const copy = tools.querySelector("[data-copy]");

if (navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
}
if (navigator.clipboard) {
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(address);
    said.textContent = copy.textContent = copy.dataset.say;
  });
} else copy.hidden = true;

// -- pictures in full view

const full = document.querySelector(".full");
const pictures = [...text.querySelectorAll("figure > a:has(img)")];
const steps = full.querySelectorAll("[data-step]");
let shown = 0;

function show(next) {
  shown = Math.min(Math.max(next, 0), pictures.length - 1);
  const link = pictures[shown];
  const picture = Object.assign(new Image(), { src: link.href, alt: link.querySelector("img").alt });
  full.querySelector(".shown").replaceChildren(picture);
  full.querySelector(".under p").textContent = link.parentElement.querySelector("figcaption")?.textContent ?? "";
  for (const button of steps) button.ariaDisabled = String(!pictures[shown + Number(button.dataset.step)]);
}

for (const [place, link] of pictures.entries()) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(place);
    full.showModal();
  });
}
for (const button of steps) {
  button.hidden = pictures.length < 2;
  button.addEventListener("click", () => show(shown + Number(button.dataset.step)));
}
full.querySelector("[data-close]").addEventListener("click", () => full.close());
full.addEventListener("keydown", ({ key }) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step) show(shown + step);
});
full.addEventListener("close", () => pictures[shown].focus());
full.querySelector(".shown").addEventListener("click", () => full.close());
