// What lies on the page, in reading order, with the fit of each story.

import { keyed, make } from "./dom.js";
import { fitting, isOver, word } from "./words.js";

export class Contents {
  constructor(section, { layout, showItem }) {
    this.layout = layout;
    this.list = section.querySelector("ol");
    this.empty = section.querySelector("[data-empty]");
    this.list.addEventListener("click", (event) => showItem(event.target.closest("[data-item]")?.dataset.item));
    layout.addEventListener("change", () => this.show());
  }

  show() {
    const entries = this.layout.items.map((item) => [item.key, item]);
    keyed(this.list, entries, () => make("li", {}, make("button", { type: "button" })), (entry, item) => this.#showEntry(entry, item));
    this.empty.hidden = entries.length > 0;
  }

  // How the story fits is said at its last rectangle: there its text ends.
  #showEntry(entry, item) {
    const button = entry.firstElementChild;
    const fit = item.part && item.part === item.parts ? this.layout.fitOf(item.article) : null;
    const name = item.part ? this.layout.nameOf(item) : word("picture_of", { name: this.layout.nameOf(item) });
    button.dataset.item = item.key;
    button.setAttribute("aria-current", String(item.key === this.layout.selected));
    button.replaceChildren(
      make("span", { class: "name" }, item.parts > 1 && item.part ? `${name} (${item.part})` : name),
      make("span", { class: isOver(fit) ? "fit over" : "fit" }, fitting(fit)),
    );
  }
}
