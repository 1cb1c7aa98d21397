// Mouse, pen and finger: choose, drag from the pool, move, resize by eight handles, and with Shift change places.

import { columnsIn, fieldAt, firstSize, largestFree, moved, resized, rowsIn, within } from "./geometry.js";

// How far a pointer goes before it is a drag and no click, in pixels.
const SLACK = 4;

export class Pointer {
  #grip = null;

  constructor(canvas, { layout, carrying, sheet }) {
    Object.assign(this, { canvas, layout, carrying, sheet });
    canvas.addEventListener("pointerdown", (event) => this.#press(event));
    canvas.addEventListener("pointermove", (event) => this.#drag(event));
    canvas.addEventListener("pointerup", (event) => this.#release(event));
    canvas.addEventListener("pointercancel", () => this.#letGo());
    addEventListener("keydown", (event) => this.#grip && event.key === "Escape" && this.#letGo());
    // A drag ends with a click on whatever lies below; that one means nothing.
    canvas.addEventListener("click", (event) => this.#swallow && event.stopPropagation(), { capture: true });
    sheet.boxes.addEventListener("click", (event) => this.#choose(event));
  }

  #swallow = false;

  #press(event) {
    this.#swallow = false;
    if (event.button !== 0 || !this.layout.mayChange || this.#grip) return;
    const grip = this.#gripOn(event.target);
    if (!grip) return;
    this.#grip = { ...grip, pointer: event.pointerId, at: { x: event.clientX, y: event.clientY }, begins: this.sheet.onPaper(event) };
  }

  #gripOn(target) {
    const card = target.closest("[data-card]");
    // A story that lies here already gets one more rectangle; a picture is printed once.
    if (card) return card.dataset.photo && card.classList.contains("lying") ? null : { card };
    const handle = target.closest("[data-handle]")?.dataset.handle;
    if (handle) return { item: this.layout.chosen, handle };
    if (target.closest("[data-ghost]")) return { ghost: { ...this.carrying.load } };
    const box = target.closest(".box");
    return box ? { item: this.layout.item(box.dataset.key) } : null;
  }

  #drag(event) {
    const grip = this.#grip;
    if (!grip || event.pointerId !== grip.pointer) return;
    if (!grip.dragging && !this.#begin(event)) return;
    event.preventDefault();
    if (grip.card) this.#overPage(event);
    else this.#along(event);
  }

  #begin(event) {
    const grip = this.#grip;
    if (Math.hypot(event.clientX - grip.at.x, event.clientY - grip.at.y) < SLACK) return false;
    // A finger on a list scrolls it; it places with a tap.
    if (grip.card && event.pointerType === "touch") return this.#letGo();
    grip.dragging = true;
    this.canvas.setPointerCapture(grip.pointer);
    this.canvas.classList.add("dragging");
    if (grip.card) this.#lift(grip.card);
    else if (grip.item) this.#takeItem(grip.item);
    return true;
  }

  #takeItem({ key, article, photo, placement }) {
    this.layout.select(key);
    const { column, row, width, height } = placement;
    this.carrying.take({ key, article, photo, rectangle: { column, row, width, height }, by: "pointer" });
  }

  #lift(card) {
    const article = Number(card.dataset.article);
    const photo = card.dataset.photo ? Number(card.dataset.photo) : null;
    this.#grip.size = firstSize(this.layout.storyOf(article), this.layout.pictureOf(article, photo), this.layout.template);
    this.carrying.take({ article, photo, rectangle: null, by: "pointer" });
  }

  // From the pool: where the pointer is, as large as it would be or as there is room.
  #overPage(event) {
    if (!this.sheet.isOver(event)) return this.carrying.move(null);
    const { x, y } = this.sheet.onPaper(event);
    const { template } = this.layout;
    const at = fieldAt(x, y, template);
    const wanted = { ...at, ...this.#grip.size };
    wanted.width = Math.min(wanted.width, template.columns - at.column + 1);
    wanted.height = Math.min(wanted.height, template.rows - at.row + 1);
    this.carrying.move(largestFree(wanted, this.layout.taken()) ?? within(wanted, template));
  }

  #along(event) {
    const { begins, handle, item, ghost } = this.#grip;
    const { x, y } = this.sheet.onPaper(event);
    const { template } = this.layout;
    const [across, down] = [columnsIn(x - begins.x, template), rowsIn(y - begins.y, template)];
    const from = ghost ? ghost.rectangle : item.placement;
    if (handle) return this.carrying.move(resized(from, handle, across, down, template));
    this.carrying.move(moved(from, across, down, template), item && event.shiftKey ? this.#below(event, item) : null);
  }

  #below({ clientX, clientY }, item) {
    const found = document.elementsFromPoint(clientX, clientY).map((element) => element.closest(".box"));
    return found.find((box) => box && box.dataset.key !== item.key)?.dataset.key ?? null;
  }

  #release(event) {
    const grip = this.#grip;
    if (!grip || event.pointerId !== grip.pointer) return;
    this.#swallow = Boolean(grip.dragging);
    if (!grip.dragging) return this.#forget();
    if (grip.ghost) return this.#forget();
    if (!this.carrying.putDown()) this.carrying.cancel();
    this.#forget();
  }

  #letGo() {
    if (this.#grip?.dragging && !this.#grip.ghost) this.carrying.cancel();
    this.#forget();
    return false;
  }

  #forget() {
    if (this.#grip?.dragging && this.canvas.hasPointerCapture(this.#grip.pointer)) this.canvas.releasePointerCapture(this.#grip.pointer);
    this.canvas.classList.remove("dragging");
    this.#grip = null;
  }

  #choose(event) {
    const box = event.target.closest(".box");
    if (box) return this.layout.select(box.dataset.key);
    if (event.target.closest("[data-ghost]")) this.carrying.putDown();
    else if (!this.carrying.load) this.layout.select(null);
  }
}
