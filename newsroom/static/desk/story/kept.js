// What is typed into a story's form stays on this device until the server has acknowledged exactly that text, so
// that an ended session, a lost network or a closed window costs nobody a text. A kept copy is offered, never put
// in unasked.
//
// Each showing of the form keeps a copy of its own, named by person, story, the version it continues and the
// moment: two windows on one story do not overwrite each other.

import { sameness, takeOver, typed } from "./content.js";
import { form } from "./form.js";
import { moment } from "./words.js";

const OLDEST = 14 * 24 * 3600 * 1000;
const PAUSE = 800;

// Storage may be full or forbidden; then the form works as it does without it.
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
const forget = (key) => attempt(() => localStorage.removeItem(key));

export class Kept {
  #opened = Date.now();
  #key = null;
  #settled;
  #waiting = null;

  constructor() {
    this.#settled = sameness(typed());
    for (const happening of ["input", "change", "compositionend"]) form.addEventListener(happening, () => this.soon());
    // Only what was typed just now: a form that the browser's way back has filled in again may long be saved.
    addEventListener("pagehide", () => this.#waiting && this.keep());
    if ("unsaved" in form.dataset) this.keep();
    this.#offer();
  }

  soon() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.keep(), PAUSE);
  }

  keep() {
    clearTimeout(this.#waiting);
    this.#waiting = null;
    const fields = typed();
    if (sameness(fields) === this.#settled && !("unsaved" in form.dataset)) return this.#forget();
    const key = `${this.#mine}${form.elements.based_on.value}:${this.#opened}`;
    if (key !== this.#key) this.#forget();
    this.#key = key;
    attempt(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields })));
  }

  // The server has this text now; what was typed since is kept on, under the version that it continues.
  acknowledge(settled) {
    this.#settled = settled;
    delete form.dataset.unsaved;
    this.keep();
  }

  get #mine() {
    return `story:${document.body.dataset.person}:${form.dataset.story}:`;
  }

  #forget() {
    if (this.#key) forget(this.#key);
    this.#key = null;
  }

  // The newest copy first; deciding on it brings up the one before.
  #offer() {
    const bar = form.querySelector("[data-offer]");
    const copies = copiesOf(this.#mine, (fields) => sameness(fields) === this.#settled);

    function show() {
      bar.hidden = !copies.length;
      if (copies.length) bar.querySelector("[data-said]").textContent = bar.dataset.offer.replace("TIME", moment(copies[0].at));
    }
    bar.querySelector("[data-take]").addEventListener("click", () => {
      const copy = copies.shift();
      takeOver(copy.fields);
      this.keep();
      forget(copy.name);
      show();
    });
    bar.querySelector("[data-drop]").addEventListener("click", () => {
      forget(copies.shift().name);
      show();
    });
    show();
  }
}

// The copies of earlier windows; what is too old, or says what stands in the form anyway, goes.
function copiesOf(mine, isSettled) {
  const copies = [];
  for (const name of attempt(() => Object.keys(localStorage)) ?? []) {
    if (!name.startsWith(mine)) continue;
    const copy = read(name);
    if (!copy || Date.now() - copy.at > OLDEST || isSettled(copy.fields)) forget(name);
    else copies.push({ ...copy, name });
  }
  return copies.sort((one, other) => other.at - one.at);
}
