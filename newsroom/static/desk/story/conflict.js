// Where two people changed the same, or one person in two windows: what was, theirs and mine side by side, and for each
// a choice in which nothing is lost. Meanwhile nothing is saved by itself, and it is said whether this device has it.

import { make } from "../canvas/dom.js";
import { marked } from "./differences.js";
import { form } from "./form.js";
import { answerWith } from "./weaving.js";
import { word } from "./words.js";

const KEYS = { 1: "theirs", 2: "mine", 3: "both", 4: "edit" };

export class Conflict {
  #questions = [];

  constructor(dialog, saving, kept) {
    Object.assign(this, { dialog, saving, kept });
    this.list = dialog.querySelector("[data-questions]");
    this.done = dialog.querySelector("[data-decide]");
    saving.addEventListener("state", () => saving.state === "conflict" && this.#show(saving.said));
    kept.addEventListener("state", () => this.#tellKept());
    dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
    this.done.addEventListener("click", () => this.#decide());
    this.list.addEventListener("change", () => this.#check());
    dialog.addEventListener("keydown", (event) => this.#press(event));
  }

  #tellKept() {
    const { state } = this.kept;
    this.dialog.querySelector("[data-kept]").textContent = state && word(state);
  }

  #show({ sentence, who, is_own: isOwn, parted }) {
    if (this.dialog.open) return;
    this.dialog.querySelector("[data-head]").textContent = word(isOwn ? "conflict_head_own" : "conflict_head");
    this.dialog.querySelector("[data-sentence]").textContent = sentence;
    this.#tellKept();
    if (this.shown !== parted) {
      const theirs = isOwn ? word("conflict_saved") : (who ?? word("conflict_theirs"));
      this.#questions = parted.map((question, number) => new Question(question, number, theirs, isOwn));
      this.list.replaceChildren(...this.#questions.map(({ element }) => element));
      this.shown = parted;
    }
    this.#check();
    this.dialog.showModal();
    // What happened is read first, on a narrow screen too.
    this.list.querySelector("input")?.focus({ preventScroll: true });
  }

  #check() {
    this.done.disabled = this.#questions.some(({ choice }) => choice === null);
  }

  #press(event) {
    const writes = event.target.closest("textarea, [contenteditable]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!this.done.disabled) this.#decide();
    }
    const how = !writes && !event.isComposing && KEYS[event.key];
    const question = this.#questions.find(({ element }) => element.contains(event.target));
    if (!how || !question?.choose(how)) return;
    event.preventDefault();
    if (how !== "edit") this.#questions.find(({ choice }) => choice === null)?.focus();
  }

  async #decide() {
    const decided = this.#questions.map(({ question, choice }) => ({ question, choice }));
    this.dialog.close();
    await answerWith(decided);
    form.elements.based_on.value = this.saving.said.version;
    this.saving.decided();
  }
}

class Question {
  constructor(question, number, whose, isOwn) {
    Object.assign(this, { question, isOwn });
    const label = question.kind === "body" ? word("conflict_body") : question.label;
    const [base, theirs, mine] = ["base", "theirs", "mine"].map((side) => textOf(question[side]));
    this.hand = this.#hand(mine);
    const ways = ["theirs", "mine", ...(question.kind === "field" ? [] : ["both"]), ...(question.kind === "list" ? [] : ["edit"])];
    this.element = make(
      "fieldset",
      { class: "question" },
      make("legend", {}, label),
      make("div", { class: "sides" }, side(word("conflict_base"), base), side(whose, marked(base, theirs)), side(word("conflict_mine"), marked(base, mine))),
      make("div", { class: "ways" }, ...ways.map((way) => this.#way(way, number))),
      this.hand,
    );
    this.element.addEventListener("change", () => (this.hand.hidden = this.#chosen !== "edit"));
  }

  get #chosen() {
    return this.element.querySelector("input:checked")?.value ?? null;
  }

  get choice() {
    if (this.#chosen !== "edit") return this.#chosen;
    return { edited: this.question.kind === "body" ? this.hand.innerHTML : this.hand.value };
  }

  choose(how) {
    const way = this.element.querySelector(`input[value=${how}]`);
    if (!way) return false;
    way.click();
    if (how === "edit") this.hand.focus();
    return true;
  }

  focus() {
    this.element.querySelector("input").focus();
  }

  #way(way, number) {
    const input = make("input", { type: "radio", name: `question-${number}`, value: way });
    const key = Object.entries(KEYS).find(([, how]) => how === way)[0];
    return make("label", {}, input, ` ${word(way === "theirs" && this.isOwn ? "conflict_take_saved" : `conflict_take_${way}`)} `, make("kbd", {}, key));
  }

  // A paragraph is edited with its bold letters and links; the vocabulary is kept when it comes into the text.
  #hand(mine) {
    if (this.question.kind !== "body") return Object.assign(make("textarea", { rows: "2", hidden: true, "aria-label": word("conflict_take_edit") }), { value: mine });
    const hand = make("div", { class: "hand body", contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-label": word("conflict_take_edit"), hidden: true });
    hand.innerHTML = this.question.mine || "<p></p>";
    // Pasted are words alone: what is on the clipboard would come into the page as it is.
    hand.addEventListener("paste", (event) => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    });
    return hand;
  }
}

const side = (label, text) => make("div", { class: "side-of" }, make("strong", {}, label), make("p", { lang: "zh-Hans" }, text));

// What a side says: a list a line each, a stretch of the body a line each block.
function textOf(side) {
  if (Array.isArray(side)) return side.map((item) => item?.name ?? item?.caption ?? String(item)).join("\n");
  const text = String(side ?? "");
  if (!text.startsWith("<")) return text;
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const image of page.querySelectorAll("img")) image.replaceWith(`[${word("picture")}]`);
  for (const block of page.querySelectorAll("p, h2, li, figcaption")) block.append("\n");
  return page.body.textContent.trim();
}
