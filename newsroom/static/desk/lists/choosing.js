// Choosing rows: one, all up to another with Shift, all on the page; how many are chosen is said beside the deed.

import { reach } from "../reaching.js";

const boxes = () => [...document.querySelectorAll(".list td.pick input[type=checkbox]")];
const all = document.querySelector("[data-all] input");
const said = document.querySelector("output.chosen");
let last = null;

function show() {
  const every = boxes();
  const chosen = every.filter((box) => box.checked).length;
  for (const box of every) box.closest("tr").classList.toggle("chosen", box.checked);
  if (all) {
    all.checked = chosen > 0 && chosen === every.length;
    all.indeterminate = chosen > 0 && chosen < every.length;
  }
  if (said) said.textContent = chosen === 0 ? "" : chosen === 1 ? said.dataset.one : said.dataset.many.replace("#", chosen);
}

export function choose(row, { range = false } = {}) {
  const box = row?.querySelector("td.pick input[type=checkbox]");
  if (!box) return false;
  box.checked = range || !box.checked;
  if (range && last) reach(boxes(), last, box);
  last = box;
  show();
  return true;
}

export function watchChoice() {
  document.addEventListener("click", (event) => {
    if (!event.target.matches?.("td.pick input[type=checkbox]")) return;
    if (event.shiftKey && last) reach(boxes(), last, event.target);
    last = event.target;
    show();
  });
  if (all) {
    all.closest("[data-all]").hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
      show();
    });
  }
  // A browser that goes back fills the boxes as they were.
  addEventListener("pageshow", show);
}
