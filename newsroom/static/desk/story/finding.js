// Find and replace over everything a story says: the deck, the body, the captions. The whole of a replacement is
// one step back.

import { editorReady, form, touch } from "./form.js";
import { highlight } from "./highlights.js";
import { rowsOf, fieldOf } from "./rows.js";
import { shortcut } from "../shortcuts.js";
import { counted, word } from "./words.js";

const DECK = ["kicker", "headline", "subhead", "web_headline", "summary"];

class Finding {
  #found = [];
  #at = -1;
  #undo = null;

  constructor(panel, editor) {
    Object.assign(this, { panel, editor });
    this.wanted = panel.querySelector("[data-find]");
    this.instead = panel.querySelector("[data-replace]");
    this.exactly = panel.querySelector("[data-exactly]");
    this.said = panel.querySelector("[data-said]");
    panel.addEventListener("input", (event) => (event.stopPropagation(), event.target !== this.instead && this.#look()));
    panel.addEventListener("change", (event) => event.stopPropagation());
    panel.addEventListener("keydown", (event) => this.#press(event));
    for (const name of ["next", "previous", "one", "all", "back", "close"]) {
      panel.querySelector(`[data-${name}]`).addEventListener("click", () => this[name]());
    }
    form.addEventListener("input", () => !panel.hidden && this.#look({ quietly: true }));
    shortcut("Mod-f", word("key_find"), (event) => this.#open(event, this.wanted));
    shortcut("Mod-h", word("key_replace"), (event) => this.#open(event, this.instead));
  }

  // What is selected is looked for.
  #open(event, field) {
    if (!form.contains(event.target)) return false;
    const selected = getSelection().toString();
    if (selected && !selected.includes("\n")) this.wanted.value = selected;
    this.panel.hidden = false;
    (this.wanted.value ? field : this.wanted).focus();
    this.wanted.select();
    this.#look();
  }

  close() {
    this.panel.hidden = true;
    this.#show([]);
    this.editor.commands.focus();
  }

  next() {
    this.#go(this.#at + 1);
  }

  previous() {
    this.#go(this.#at - 1);
  }

  // Replace what is shown and go on to the next.
  one() {
    const place = this.#found[this.#at];
    if (!place) return this.next();
    const at = this.#at;
    this.#replace([place]);
    this.#look({ quietly: true });
    this.#go(at);
  }

  all() {
    const many = this.#found.length;
    if (!many) return;
    this.#replace(this.#found);
    this.#look({ quietly: true });
    this.said.textContent = counted("replaced", many);
  }

  back() {
    this.#undo?.();
    this.#undo = null;
    this.panel.querySelector("[data-back]").hidden = true;
    this.#look();
  }

  #press(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.close();
    if (event.key !== "Enter" || event.target.matches("button")) return;
    event.preventDefault();
    if (event.target === this.instead) this.one();
    else if (event.shiftKey) this.previous();
    else this.next();
  }

  #look({ quietly = false } = {}) {
    const wanted = this.wanted.value;
    const places = wanted ? placesOf(this.editor, patternOf(wanted, this.exactly.checked)) : [];
    this.#at = quietly ? Math.min(this.#at, places.length - 1) : -1;
    this.#show(places);
  }

  #show(places) {
    this.#found = places;
    highlight("find", places.filter(({ field }) => !field));
    this.#mark();
    this.said.textContent = this.wanted.value ? counted("found", places.length) : "";
  }

  #mark() {
    const place = this.#found[this.#at];
    highlight("found", place && !place.field ? [place] : []);
    for (const marked of form.querySelectorAll(".found-in")) marked.classList.remove("found-in");
    place?.field?.classList.add("found-in");
  }

  #go(index) {
    const many = this.#found.length;
    if (!many) return;
    this.#at = (index + many) % many;
    this.#mark();
    this.said.textContent = word("found_at", { number: this.#at + 1, count: many });
    bringIntoSight(this.editor, this.#found[this.#at]);
  }

  #replace(places) {
    const before = new Map(places.filter(({ field }) => field).map(({ field }) => [field, field.value]));
    const { tr } = this.editor.state;
    for (const place of places.toReversed()) put(tr, place, this.instead.value);
    if (tr.docChanged) this.editor.view.dispatch(tr);
    for (const field of before.keys()) touch(field);
    this.#undo = () => {
      if (tr.docChanged) this.editor.commands.undo();
      for (const [field, value] of before) touch(Object.assign(field, { value }));
    };
    this.panel.querySelector("[data-back]").hidden = false;
  }
}

const patternOf = (wanted, exactly) => new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), exactly ? "gu" : "giu");

// Every place where it stands, in reading order: {field, from, to} of a field, {from, to} of the editor.
function placesOf(editor, pattern) {
  const captions = rowsOf("pictures").filter((row) => !row.hidden).flatMap((row) => ["caption", "credit", "alt"].map((name) => fieldOf(row, name)));
  const deck = DECK.map((name) => form.elements[name]);
  return [...deck.slice(0, 4).flatMap((field) => inField(field, pattern)), ...inBody(editor, pattern), ...captions.flatMap((field) => inField(field, pattern)), ...inField(deck[4], pattern)];
}

const inField = (field, pattern) => [...field.value.matchAll(pattern)].map((match) => ({ field, from: match.index, to: match.index + match[0].length }));

function inBody(editor, pattern) {
  const found = [];
  editor.state.doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    for (const match of node.textContent.matchAll(pattern)) found.push({ from: position + 1 + match.index, to: position + 1 + match.index + match[0].length });
    return false;
  });
  return found;
}

function put(transaction, { field, from, to }, text) {
  if (field) field.value = field.value.slice(0, from) + text + field.value.slice(to);
  else if (text) transaction.insertText(text, from, to);
  else transaction.delete(from, to);
}

function bringIntoSight(editor, { field, from, to }) {
  if (!field) return editor.view.domAtPos(from + 1).node.parentElement.scrollIntoView({ block: "center" });
  field.setSelectionRange(from, to);
  field.scrollIntoView({ block: "center" });
}

export async function offerFinding(panel) {
  const editor = await editorReady;
  new Finding(panel, editor);
}
