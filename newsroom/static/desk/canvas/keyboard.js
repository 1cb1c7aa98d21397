// The whole canvas without a pointer. Arrows move what has the focus, with Shift they resize it; Enter picks up,
// puts down or opens the inspector; Esc lets go; Delete takes off the page; Ctrl+Z and Ctrl+Shift+Z go back and forth.

import { announce } from "./announce.js";
import { withPlacement, without } from "./arrangement.js";
import { isTyping } from "./dom.js";
import { firstSize, freePlace, isFree, moved, rectangleOf, resized } from "./geometry.js";
import { fitting, place, word } from "./words.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], PageUp: [0, -10], PageDown: [0, 10] };

export class Keyboard {
  #from = null;

  constructor(canvas, { layout, carrying, sheet, openInspector, showKeys }) {
    Object.assign(this, { canvas, layout, carrying, sheet, openInspector, showKeys });
    sheet.boxes.addEventListener("keydown", (event) => this.#onPage(event));
    sheet.boxes.addEventListener("focusin", (event) => this.#arrive(event.target));
    sheet.boxes.addEventListener("focusout", (event) => this.#leave(event));
    document.addEventListener("keydown", (event) => this.#anywhere(event));
  }

  // Bring something from the pool to the first place where there is room for it.
  pickUp(card, article, photo) {
    const { layout } = this;
    const size = firstSize(layout.storyOf(article), layout.pictureOf(article, photo), layout.template);
    const rectangle = freePlace(size, layout.taken(), layout.template) ?? { column: 1, row: 1, ...size };
    this.#from = card;
    this.carrying.take({ article, photo, rectangle, by: "keys" });
    this.sheet.ghost.focus();
    this.sheet.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
    announce(word("picked_up", { where: this.carrying.inWords }));
  }

  #anywhere(event) {
    if (document.querySelector("dialog[open]") || event.isComposing) return;
    const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z";
    if (isUndo && !isTyping(event.target)) this.#walk(event);
    else if (event.key === "?" && !isTyping(event.target)) this.showKeys();
    else if (event.key === "Escape" && event.target.closest("[data-inspector]")) this.#backToPage();
  }

  #walk(event) {
    event.preventDefault();
    if (this.layout.mayChange) this.walk(event.shiftKey ? "redo" : "undo");
  }

  walk(way) {
    this.carrying.cancel();
    announce(word(this.layout[way]() ? `${way}_done` : `${way}_none`));
  }

  #backToPage() {
    this.sheet.box(this.layout.selected)?.focus();
  }

  #arrive(target) {
    if (target.matches(".box") && this.carrying.load?.key !== target.dataset.key) this.layout.select(target.dataset.key);
  }

  // What is carried by keys and was not put down goes back to where it came from.
  #leave({ target, relatedTarget }) {
    const goesOn = !relatedTarget || relatedTarget === target || relatedTarget.closest("[data-carrying]");
    if (this.carrying.load?.by === "keys" && !goesOn) this.carrying.cancel();
  }

  #onPage(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest(".box, [data-ghost]")) return;
    if (event.key in STEPS) return this.layout.mayChange && this.#step(event);
    const act = { Enter: () => this.#enter(event), Escape: () => this.#escape(event), Delete: () => this.#remove(event), Backspace: () => this.#remove(event) }[event.key];
    act?.();
  }

  #step(event) {
    event.preventDefault();
    const [across, down] = STEPS[event.key];
    const { template } = this.layout;
    const shift = (from) => (event.shiftKey ? resized(from, "se", across, down, template) : moved(from, across, down, template));
    if (event.target === this.sheet.ghost) this.#stepGhost(shift);
    else this.#stepItem(this.layout.item(event.target.dataset.key), shift, event.repeat);
  }

  #stepGhost(shift) {
    this.carrying.move(shift(this.carrying.load.rectangle));
    announce(this.carrying.inWords);
  }

  // To a free place at once; over something else it is carried on, and comes down where there is room again.
  #stepItem(item, shift, isHeld) {
    const { layout, carrying } = this;
    const { key, article, photo } = item;
    const carried = carrying.load?.key === key ? carrying.load.rectangle : null;
    const rectangle = shift(carried ?? rectangleOf(item.placement));
    if (isFree(rectangle, layout.taken(key))) {
      carrying.cancel();
      layout.change(withPlacement(layout.arrangement, key, rectangle), isHeld ? `keys ${key}` : null);
      announce(place(rectangle));
    } else {
      if (!carried) carrying.take({ key, article, photo, rectangle, by: "keys" });
      else carrying.move(rectangle);
      announce(carrying.inWords);
    }
  }

  #enter(event) {
    event.preventDefault();
    if (this.carrying.load) this.putDown();
    else this.openInspector();
  }

  putDown() {
    if (!this.carrying.putDown()) return;
    const key = this.layout.selected;
    this.sheet.box(key)?.focus();
    announce(word("put_down", { where: place(this.layout.chosen.placement) }));
    this.#from = null;
  }

  #escape(event) {
    if (this.carrying.load) this.letGo();
    else if (event.target.matches(".box")) this.layout.select(null);
  }

  letGo() {
    const { load } = this.carrying;
    if (!load) return;
    this.carrying.cancel();
    (load.key ? this.sheet.box(load.key) : this.#from)?.focus();
    announce(word("let_go"));
  }

  #remove(event) {
    if (!this.layout.mayChange || event.target === this.sheet.ghost) return;
    event.preventDefault();
    this.remove(event.target.dataset.key);
  }

  // Take it off the page; the focus goes on to what is read next.
  remove(key) {
    const { layout } = this;
    const item = layout.item(key);
    const place = layout.items.findIndex((other) => other.key === key);
    this.carrying.cancel();
    layout.change(without(layout.arrangement, key));
    const next = layout.items[Math.min(place, layout.items.length - 1)];
    (next ? this.sheet.box(next.key) : this.sheet.boxes).focus();
    announce(word("taken_off", { name: layout.storyOf(item.article).title }));
  }
}

// What a screen reader hears of the chosen story when its fit comes from the server.
export function announceFit(layout) {
  const { chosen } = layout;
  const fit = chosen && layout.fitOf(chosen.article);
  if (fit) announce(`${place(chosen.placement)}; ${fitting(fit)}`);
}
