// The page on the table: the paper true to scale, the typeset picture on it, columns and rows, and what lies there.

import { itemsOf } from "./arrangement.js";
import { draw, keyed, make } from "./dom.js";
import { equal, millimetres, percentages } from "./geometry.js";
import { fitting, isOver, place, word } from "./words.js";

// A millimetre on a screen, as CSS counts it.
const MILLIMETRE = 96 / 25.4;
// Where the panes stand below one another, the page is as wide as the window.
const NARROW = matchMedia("(max-width: 900px)");
const WIDTHS = [320, 1000, 1600];
const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

export class Sheet {
  zoom = "page";
  // The arrangement that the picture shows, null where there is no picture.
  pictured = null;
  #wanted = "";

  constructor(table, layout, carrying) {
    this.table = table;
    this.layout = layout;
    this.carrying = carrying;
    this.paper = table.querySelector("[data-paper]");
    this.boxes = this.paper.querySelector("[data-boxes]");
    this.ground = make("img", { class: "ground", alt: "", draggable: "false", hidden: true });
    this.covers = make("div", { class: "covers" });
    this.frame = make("div", { class: "frame", hidden: true, "aria-hidden": "true" });
    if (layout.mayChange) this.frame.append(...HANDLES.map((name) => make("i", { class: `handle ${name}`, "data-handle": name })));
    this.boxes.before(this.ground, this.covers, grid(layout));
    this.ghost = make("button", { class: "ghost", type: "button", hidden: true, "data-ghost": "" });
    this.boxes.append(this.ghost);
    this.boxes.after(this.frame);
    this.items = make("div", { class: "items" });
    this.boxes.prepend(this.items);
    new ResizeObserver(() => this.resize()).observe(table);
    layout.addEventListener("change", () => this.show());
    carrying.addEventListener("change", () => this.show());
  }

  setZoom(zoom) {
    this.zoom = zoom;
    this.resize();
  }

  resize() {
    const { width_mm: width, height_mm: height } = this.layout.template;
    const room = getComputedStyle(this.table);
    const inner = (side, ...paddings) => this.table[side] - paddings.reduce((sum, name) => sum + parseFloat(room[name]), 0);
    const across = inner("clientWidth", "paddingLeft", "paddingRight");
    const down = inner("clientHeight", "paddingTop", "paddingBottom");
    const zoom = NARROW.matches ? "width" : this.zoom;
    const shown = { width: across, page: Math.min(across, (down * width) / height), full: width * MILLIMETRE }[zoom];
    this.paper.style.width = `${Math.max(Math.floor(shown), 200)}px`;
    this.paper.style.aspectRatio = `${width} / ${height}`;
    this.#fetchPicture();
  }

  // A point of the screen in millimetres from the paper's top left.
  onPaper({ clientX, clientY }) {
    const box = this.paper.getBoundingClientRect();
    const scale = this.layout.template.width_mm / box.width;
    return { x: (clientX - box.left) * scale, y: (clientY - box.top) * scale };
  }

  isOver({ clientX, clientY }) {
    const [box, table] = [this.paper, this.table].map((element) => element.getBoundingClientRect());
    const inside = ({ left, right, top, bottom }) => clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    return inside(box) && inside(table);
  }

  box(key) {
    return [...this.items.children].find((box) => box.dataset.key === key);
  }

  show() {
    const entries = this.layout.items.map((item) => [item.key, item]);
    keyed(this.items, entries, () => this.#makeBox(), (box, item) => this.#showBox(box, item));
    this.#showCovers();
    this.#showFrame();
    this.#showGhost();
    this.#fetchPicture();
  }

  #makeBox() {
    const box = make("button", { class: "box", type: "button" });
    box.append(make("span", { class: "part" }), make("span", { class: "label" }), make("span", { class: "mark", "aria-hidden": "true" }));
    return box;
  }

  #showBox(box, item) {
    const { layout } = this;
    const fit = item.photo === null ? layout.fitOf(item.article) : null;
    const [part, label] = box.children;
    putAt(box, item.placement, layout.template);
    box.classList.toggle("picture", item.photo !== null);
    // Its label goes towards the middle of the page.
    box.classList.toggle("east", item.placement.column > layout.template.columns / 2);
    box.classList.toggle("over", isOver(fit) && item.part === item.parts);
    box.classList.toggle("unset", !this.#isPictured(item));
    box.classList.toggle("target", this.carrying.load?.exchange === item.key);
    box.classList.toggle("lifted", this.carrying.load?.key === item.key);
    box.setAttribute("aria-pressed", String(layout.selected === item.key));
    box.setAttribute("aria-label", this.#inWords(item, fit));
    part.textContent = item.parts > 1 && item.part ? item.part : "";
    label.textContent = [this.#nameOf(item), fit ? fitting(fit) : ""].filter(Boolean).join(" · ");
  }

  #nameOf(item) {
    const name = this.layout.nameOf(item);
    return item.photo === null ? name : word("picture_of", { name });
  }

  #inWords(item, fit) {
    const said = [this.#nameOf(item)];
    if (item.parts > 1 && item.part) said.push(word("part", { part: item.part, parts: item.parts }));
    said.push(place(item.placement));
    return said.join(word("comma")) + (fit ? `; ${fitting(fit)}` : "");
  }

  #isPictured(item) {
    const drawn = this.pictured?.get(item.key);
    return Boolean(drawn && equal(drawn, item.placement));
  }

  // Paper over what the picture shows and what is no longer there, until the next picture comes.
  #showCovers() {
    const now = new Map(this.layout.items.map((item) => [item.key, item.placement]));
    const gone = [...(this.pictured ?? [])].filter(([key, drawn]) => !now.has(key) || !equal(now.get(key), drawn));
    keyed(this.covers, gone, () => make("div", { class: "cover" }), (cover, drawn) => putAt(cover, drawn, this.layout.template));
  }

  #showFrame() {
    const { chosen, template } = this.layout;
    const lifted = this.carrying.load?.key === this.layout.selected;
    this.frame.hidden = !chosen || lifted;
    if (chosen) putAt(this.frame, chosen.placement, template);
  }

  #showGhost() {
    const { load } = this.carrying;
    this.ghost.hidden = !load?.rectangle;
    if (this.ghost.hidden) return;
    putAt(this.ghost, load.rectangle, this.layout.template);
    this.ghost.classList.toggle("blocked", this.carrying.isBlocked);
    this.ghost.classList.toggle("exchanging", load.exchange !== null);
    this.ghost.replaceChildren(make("span", {}, `${load.rectangle.width} × ${load.rectangle.height}`));
    this.ghost.setAttribute("aria-label", `${this.layout.storyOf(load.article).title}${word("comma")}${this.carrying.inWords}`);
  }

  // The picture of the saved arrangement, in the width that is needed; the old one stays until the new one is there.
  async #fetchPicture() {
    const pixels = this.paper.clientWidth * devicePixelRatio;
    if (!pixels || !this.layout.facts.picture) return;
    const address = new URL(this.layout.facts.picture, location.href);
    address.searchParams.set("width", WIDTHS.find((width) => width >= pixels) ?? WIDTHS.at(-1));
    if (address.href === this.#wanted) return;
    this.#wanted = address.href;
    const shown = new Map(itemsOf(this.layout.facts.arrangement).map((item) => [item.key, item.placement]));
    const drawn = await loaded(address.href);
    if (this.#wanted !== address.href) return;
    this.pictured = drawn ? shown : null;
    this.ground.hidden = !drawn;
    if (drawn) this.ground.src = drawn;
    this.paper.dataset.pictured = drawn ? this.layout.facts.version : "";
    this.show();
  }
}

async function loaded(address) {
  const image = new Image();
  image.src = address;
  try {
    await image.decode();
    return address;
  } catch {
    return null;
  }
}

function putAt(element, rectangle, sheet) {
  const { left, top, width, height } = percentages(rectangle, sheet);
  Object.assign(element.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
}

// Columns, rows and the masthead's place, in millimetres.
function grid({ template, masthead }) {
  const whole = { column: 1, row: 1, width: template.columns, height: template.rows };
  const { left, top, width, height } = millimetres(whole, template);
  const columns = Array.from({ length: template.columns }, (_, index) => {
    const column = millimetres({ ...whole, column: index + 1, width: 1 }, template);
    return draw("rect", { class: "column", x: column.left, y: top, width: column.width, height });
  });
  const rows = Array.from({ length: template.rows + 1 }, (_, index) => {
    const y = top + index * template.row_mm;
    return draw("line", { class: index % 10 ? "row" : "row tenth", x1: left, x2: left + width, y1: y, y2: y });
  });
  const numbers = Array.from({ length: Math.ceil(template.rows / 10) }, (_, index) =>
    draw("text", { class: "number", x: left - 2, y: top + (index * 10 + 0.9) * template.row_mm, "text-anchor": "end" }, String(index * 10 + 1)),
  );
  const size = { viewBox: `0 0 ${template.width_mm} ${template.height_mm}`, class: "grid", "aria-hidden": "true" };
  return draw("svg", size, ...columns, ...rows, ...numbers, ...(masthead ? reserved(masthead, template) : []));
}

function reserved(masthead, template) {
  const { left, top, width, height } = millimetres(masthead, template);
  const hatch = draw("pattern", { id: "hatch", width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  hatch.append(draw("line", { class: "hatch", x1: 0, x2: 0, y1: 0, y2: 4 }));
  return [draw("defs", {}, hatch), draw("rect", { class: "reserved", x: left, y: top, width, height, fill: "url(#hatch)" })];
}
