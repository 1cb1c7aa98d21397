// On the page of a story: words that are selected are remarked on where they stand. Everything here is a
// convenience; the form beside the text does the same.

import { called } from "./keys.js";
import { leaveByEscape, sendByKey, shortcut } from "./shortcuts.js";

const story = document.querySelector(".copy .body");
const form = document.getElementById("remark-form");
const text = form.elements.text;
const holder = form.closest("details");

// -- where in the text somebody points: the block, and characters (not UTF-16 units) in its stripped text

function charactersBefore(block, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEnd(node, offset);
  const copy = range.cloneContents();
  for (const number of copy.querySelectorAll(".remark-at")) number.remove();
  return copy.textContent;
}

function wordsOf(block) {
  return charactersBefore(block, block, block.childNodes.length);
}

const size = (characters) => [...characters].length;

function pointedAt() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const inside = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("[data-block]");
  const block = inside(range.startContainer);
  if (!block || !story.contains(block)) return null;
  const whole = wordsOf(block);
  const space = size(whole) - size(whole.trimStart());
  const before = charactersBefore(block, range.startContainer, range.startOffset);
  // A selection that goes on into the next paragraph ends with this one.
  const upTo = inside(range.endContainer) === block ? charactersBefore(block, range.endContainer, range.endOffset) : whole;
  const stripped = [...whole.trim()];
  const start = Math.max(size(before) - space, 0);
  const quote = stripped.slice(start, Math.max(size(upTo) - space, start)).join("");
  return quote.trim() ? { where: `body:${block.dataset.block}`, start, quote, range } : null;
}

// -- the button beside the selection, and the form that comes with it

const button = Object.assign(document.createElement("button"), {
  type: "button",
  className: "button small remark-here",
  hidden: true,
});
button.textContent = `${form.dataset.verb} `;
button.append(Object.assign(document.createElement("kbd"), { textContent: "m" }));
document.body.append(button);
let pointed = null;

function offer() {
  pointed = pointedAt() ?? (button.contains(document.activeElement) ? pointed : null);
  button.hidden = !pointed;
  if (!pointed) return;
  const box = pointed.range.getBoundingClientRect();
  button.style.top = `${scrollY + box.bottom + 6}px`;
  button.style.left = `${Math.min(Math.max(scrollX + box.left, 8), document.documentElement.clientWidth - 130)}px`;
}

function write() {
  if (pointed) {
    form.elements.where.value = pointed.where;
    form.elements.quote.value = pointed.quote;
    form.elements.start.value = pointed.start;
  }
  holder.open = true;
  button.hidden = true;
  text.focus();
  text.scrollIntoView({ block: "center" });
}

document.addEventListener("selectionchange", offer);
button.addEventListener("mousedown", (event) => event.preventDefault());
button.addEventListener("click", write);
shortcut("m", called(holder.querySelector("summary")), write);
const room = document.getElementById("remarks");
sendByKey(room, room.dataset.sendKey, (typed) => typed.form.requestSubmit());
leaveByEscape(room, (typed) => {
  const written = typed.closest("details");
  written.open = false;
  written.querySelector("summary").focus();
});
// Words that are typed over are looked for where they stand.
for (const name of ["quote", "where"]) form.elements[name].addEventListener("input", () => (form.elements.start.value = ""));

// -- a passage and its remark light up together

function shine(number, on) {
  for (const part of document.querySelectorAll(`[data-remarks~="${number}"], #remark-${number}`)) part.classList.toggle("shining", on);
}
for (const part of document.querySelectorAll("[data-remarks], [data-remark]")) {
  const numbers = (part.dataset.remarks ?? part.dataset.remark).split(" ");
  part.addEventListener("mouseenter", () => numbers.forEach((number) => shine(number, true)));
  part.addEventListener("mouseleave", () => numbers.forEach((number) => shine(number, false)));
}
