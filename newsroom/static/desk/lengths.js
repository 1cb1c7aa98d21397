// How much a field holds is said by data-longest. A limit that the browser keeps would cut what is pasted without a
// word; so the field takes everything, from nine tenths on it says how long the text is, in red what is too much, and
// the server decides.

import { make } from "./canvas/dom.js";
import { wordsIn } from "./wording.js";

const NEAR = 0.9;
const { counted } = wordsIn("length-words");
const notes = new WeakMap();
const aloud = document.body.appendChild(make("span", { class: "seen-not", role: "status" }));

// As it is sent and counted there: characters, of which the end of a line is two.
const lengthOf = ({ value }) => [...value.trim().replace(/\r?\n/g, "\r\n")].length;

function noteOf(field) {
  if (!notes.has(field)) {
    const note = make("span", { class: "length", "aria-hidden": "true" });
    notes.set(field, note);
    field.after(note);
  }
  return notes.get(field);
}

function show(field) {
  const [length, longest] = [lengthOf(field), Number(field.dataset.longest)];
  if (length < NEAR * longest && !notes.has(field)) return;
  const note = noteOf(field);
  const wasOver = note.classList.contains("over");
  const isOver = length > longest;
  const tooMany = isOver ? counted("too_many", length - longest) : "";
  note.hidden = length < NEAR * longest;
  note.textContent = [`${length} / ${longest}`, tooMany].filter(Boolean).join(" · ");
  note.classList.toggle("over", isOver);
  // Once, and not again at every key.
  if (isOver !== wasOver) aloud.textContent = tooMany;
}

function showAll(root) {
  for (const field of root.querySelectorAll("[data-longest]")) show(field);
}

// Before whoever keeps what is typed in a part of the page to that part. What a script put into a form says so of a
// row or of the whole form.
document.addEventListener("input", ({ target }) => ("longest" in target.dataset ? show(target) : showAll(target)), true);
showAll(document);
