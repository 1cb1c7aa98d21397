// Two people changed one page: both arrangements side by side, and a choice in which nothing is lost.

import { itemsOf } from "./arrangement.js";
import { equal } from "./geometry.js";
import { drawing } from "./drawing.js";
import { word } from "./words.js";

export class Conflict {
  constructor(dialog, { layout, saving }) {
    Object.assign(this, { dialog, layout, saving });
    saving.addEventListener("state", () => saving.state === "stale" && this.#show(saving.conflict));
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.querySelector("[data-mine]").addEventListener("click", () => this.#decide("insist"));
    dialog.querySelector("[data-theirs]").addEventListener("click", () => this.#decide("yield"));
  }

  #show({ theirs, by, sentence }) {
    if (this.dialog.open) return;
    this.theirs = theirs;
    for (const [article, story] of Object.entries(theirs.stories)) this.layout.known.set(Number(article), story);
    const mine = this.layout.arrangement;
    this.#fill("[data-sentence]", sentence);
    this.#fill("[data-by]", word("theirs_by", { name: by }));
    this.#put("[data-mine-drawn]", drawing(mine, this.layout, word("mine"), alike(theirs.arrangement)));
    this.#put("[data-theirs-drawn]", drawing(theirs.arrangement, this.layout, word("theirs_by", { name: by }), alike(mine)));
    this.dialog.showModal();
  }

  #decide(how) {
    this.dialog.close();
    this.layout[how](this.theirs);
    this.saving.now();
  }

  #fill(selector, sentence) {
    this.dialog.querySelector(selector).textContent = sentence;
  }

  #put(selector, picture) {
    this.dialog.querySelector(selector).replaceChildren(picture);
  }
}

// Whether the other arrangement has the same item at the same place.
function alike(arrangement) {
  const there = new Map(itemsOf(arrangement).map((item) => [item.key, item.placement]));
  return (item) => there.has(item.key) && equal(there.get(item.key), item.placement);
}
