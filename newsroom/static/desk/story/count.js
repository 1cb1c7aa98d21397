// Characters by the paper's rule; the pattern of what counts half comes from the server.

import { body, form } from "./form.js";

const halfWidthRun = new RegExp(form.dataset.halfWidthRun, "g");
const counter = form.querySelector("[data-characters]");
const BLOCKS = "p, h2, li, blockquote";

function plainText(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const caption of page.querySelectorAll("figcaption")) caption.remove();
  for (const block of page.querySelectorAll(BLOCKS)) block.append("\n");
  return page.body.textContent;
}

function countCharacters(text) {
  let halves = 0;
  const whole = text.replace(halfWidthRun, (run) => ((halves += [...run].length), "")).replace(/\s+/g, "");
  return [...whole].length + Math.ceil(halves / 2);
}

function showCount() {
  counter.textContent = countCharacters(plainText(body.value));
}

export function count() {
  body.addEventListener("input", showCount);
  showCount();
}
