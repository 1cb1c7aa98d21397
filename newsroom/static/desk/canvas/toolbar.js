// The bar above the page: what is saved, undo and redo, zoom, "Propose", the keys; and the bar that goes with what
// is being carried by keys or by a tap.

import { word } from "./words.js";

const SAID = { saved: "saved", saving: "saving", unreachable: "unreachable", "signed-out": "signed_out", refused: "refused", stale: "stale" };

export class Toolbar {
  constructor(canvas, { layout, saving, sheet, carrying, keyboard, proposing, keys }) {
    Object.assign(this, { canvas, layout, saving, sheet, carrying });
    this.#on("undo", () => keyboard.walk("undo"));
    this.#on("redo", () => keyboard.walk("redo"));
    this.#on("propose", () => proposing.open());
    this.#on("show-keys", () => keys.showModal());
    this.#on("again", () => saving.now());
    this.#on("put-down", () => keyboard.putDown());
    this.#on("let-go", () => keyboard.letGo());
    keys.querySelector("[data-close]").addEventListener("click", () => keys.close());
    for (const button of canvas.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => (sheet.setZoom(button.dataset.zoom), this.show()));
    }
    this.#on("grid", () => (canvas.classList.toggle("plain"), this.show()));
    for (const happening of [layout, carrying]) happening.addEventListener("change", () => this.show());
    saving.addEventListener("state", () => this.show());
  }

  show() {
    const { layout, saving } = this;
    this.#part("undo").disabled = !layout.mayChange || !layout.history.past.length;
    this.#part("redo").disabled = !layout.mayChange || !layout.history.future.length;
    this.#part("propose").disabled = !layout.mayChange;
    this.#part("grid").setAttribute("aria-pressed", String(!this.canvas.classList.contains("plain")));
    for (const button of this.canvas.querySelectorAll("[data-zoom]")) {
      button.setAttribute("aria-pressed", String(button.dataset.zoom === this.sheet.zoom));
    }
    this.#showState(saving);
    this.#part("carrying").hidden = this.carrying.load?.by !== "keys";
  }

  #showState(saving) {
    const state = this.#part("state");
    const said = this.layout.mayChange ? [word(SAID[saving.state]), ...saving.sentences] : [word("read_only")];
    // Written only where it differs: it is read out.
    if (state.textContent !== said.join(" ")) state.textContent = said.join(" ");
    state.dataset.state = saving.state;
    this.#part("again").hidden = !["unreachable", "signed-out", "refused", "stale"].includes(saving.state);
    this.canvas.setAttribute("aria-busy", String(saving.state === "saving"));
  }

  #on(name, act) {
    this.#part(name).addEventListener("click", act);
  }

  #part(name) {
    return this.canvas.querySelector(`[data-${name}]`);
  }
}
