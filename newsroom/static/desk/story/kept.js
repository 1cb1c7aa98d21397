// What is typed into a story's form stays on this device until the server has acknowledged exactly that text, so
// that an ended session, a lost network or a killed browser costs nobody a text. A kept copy is offered, never put
// in unasked.
//
// Each window keeps a copy of its own, named by person, story, the version it continues and the window: two on one
// story, or on two new ones, do not overwrite each other. While a window is open its copy is its own: it is offered in
// another one once that window is gone, however it went.

import { moment } from "../wording.js";
import { holdWindow, OLDEST, whenWindowIsGone, windowOf } from "../windows.js";
import { sameness, takeOver, typed } from "./content.js";
import { copiesNamed, forgetCopy, keepCopy, sayLast } from "./copies.js";
import { form } from "./form.js";
import { newName } from "./naming.js";

// A copy is written when the keys pause, and while they do not, this often.
const PAUSE = 400;
const LONGEST = 2000;

// "state" is told of every change of `state`: "" while there is nothing to keep; "keeping" until everything that is
// typed is on the disk, then "kept"; "unkept" where this device keeps nothing.
export class Kept extends EventTarget {
  state = "";
  #window;
  #name = null;
  #settled;
  #waiting = null;
  #since = null;
  // Which text a copy was written of: what is typed meanwhile makes it an older one.
  #text = 0;

  constructor() {
    super();
    this.#settled = sameness(typed());
    this.#begin();
    for (const happening of ["input", "change", "compositionend"]) form.addEventListener(happening, () => this.soon());
    addEventListener("pagehide", () => this.#leave());
    if ("unsaved" in form.dataset) this.keep();
    this.#offer();
  }

  // From now on the copies are this window's under another name.
  #begin() {
    this.#window = newName();
    this.#name = null;
    holdWindow(this.#window);
  }

  soon() {
    this.#text += 1;
    this.#since ??= Date.now();
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.keep(), Math.max(0, Math.min(PAUSE, this.#since + LONGEST - Date.now())));
    this.#become("keeping");
  }

  // Keep what stands in the form now; whether nothing of it would be lost.
  async keep() {
    clearTimeout(this.#waiting);
    this.#waiting = this.#since = null;
    const fields = typed();
    if (this.#isSettled(fields)) return this.#forget();
    const before = this.#name ?? undefined;
    const [copy, text] = [this.#copyOf(fields), this.#text];
    this.#name = copy.name;
    this.#become("keeping");
    const isKept = await keepCopy(copy, before);
    if (text === this.#text && copy.name === this.#name) this.#become(isKept ? "kept" : "unkept");
    return isKept;
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

  #copyOf(fields) {
    return { name: `${this.#mine}${form.elements.based_on.value}:${this.#window}`, at: Date.now(), fields };
  }

  #isSettled(fields) {
    return sameness(fields) === this.#settled && !("unsaved" in form.dataset);
  }

  // A page that closes may not wait for the disk. A form that the browser's way back has filled in again may long be
  // saved: it says nothing.
  #leave() {
    if (this.state !== "keeping") return;
    const fields = typed();
    if (!this.#isSettled(fields)) sayLast(this.#copyOf(fields));
    this.keep();
  }

  #forget() {
    if (this.#name) forgetCopy(this.#name);
    this.#name = null;
    this.#become("");
    return true;
  }

  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }

  // The newest copy first; deciding on it brings up the one before.
  async #offer() {
    const bar = form.querySelector("[data-offer]");
    const { story } = form.dataset;
    let copies = [];

    function show() {
      bar.hidden = !copies.length;
      if (copies.length) bar.querySelector("[data-said]").textContent = bar.dataset.offer.replace("TIME", moment(copies[0].at));
    }
    bar.querySelector("[data-take]").addEventListener("click", async () => {
      const copy = copies.shift();
      show();
      await this.#makeRoom();
      // Meanwhile this may have become the page of what stood here.
      if (form.dataset.story !== story) return;
      await takeOver(copy.fields);
      if (await this.keep()) forgetCopy(copy.name);
    });
    bar.querySelector("[data-drop]").addEventListener("click", () => {
      forgetCopy(copies.shift().name);
      show();
    });
    // What was typed into other new stories is none of this one.
    form.addEventListener("story:filed", () => ((copies = []), show()));
    for (const window of new Set((await this.#copiesBefore()).map(windowOf))) {
      whenWindowIsGone(window, async () => {
        const left = (await this.#copiesBefore()).filter((copy) => windowOf(copy) === window);
        if (form.dataset.story !== story) return;
        copies = [...copies, ...left].sort((one, other) => other.at - one.at);
        show();
      });
    }
  }

  // What stands here and is not saved stays a copy of its own when another one takes its place.
  async #makeRoom() {
    if (this.#isSettled(typed())) return;
    await this.keep();
    this.#begin();
  }

  // The copies of other windows; what is too old, or says what stands in the form anyway, goes.
  async #copiesBefore() {
    const copies = (await copiesNamed(this.#mine)).filter((copy) => windowOf(copy) !== this.#window);
    const isDone = ({ at, fields }) => Date.now() - at > OLDEST || sameness(fields) === this.#settled;
    for (const { name } of copies.filter(isDone)) forgetCopy(name);
    return copies.filter((copy) => !isDone(copy));
  }
}
