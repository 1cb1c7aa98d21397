// The crop of a picture by the point that it keeps and a zoom: click on the picture, or arrow keys on it.

import { millimetres } from "./geometry.js";
import { word } from "./words.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
// Rows that the caption takes below the picture, and the least resolution a press can print well.
const CAPTION_ROWS = 2;
const COARSE = 200;

const percent = (value) => Math.round(Math.max(0, Math.min(100, value)));

export class Crop {
  constructor(section, changed) {
    this.changed = changed;
    this.stage = section.querySelector("[data-stage]");
    this.image = section.querySelector("img");
    this.kept = section.querySelector("[data-kept]");
    this.point = section.querySelector("[data-point]");
    this.zoom = section.querySelector("[name=zoom]");
    this.output = section.querySelector("output");
    this.stage.addEventListener("click", (event) => event.detail && this.#click(event));
    this.stage.addEventListener("keydown", (event) => this.#key(event));
    this.zoom.addEventListener("input", () => changed({ zoom: Number(this.zoom.value) }));
  }

  show(placement, picture, sheet) {
    this.placement = placement;
    if (this.image.getAttribute("src") !== picture.thumbnail) this.image.src = picture.thumbnail;
    this.stage.style.aspectRatio = `${picture.width} / ${picture.height}`;
    const part = keptPart(placement, picture, sheet);
    Object.assign(this.kept.style, { left: `${part.left}%`, top: `${part.top}%`, width: `${part.width}%`, height: `${part.height}%` });
    Object.assign(this.point.style, { left: `${placement.focal_x}%`, top: `${placement.focal_y}%` });
    this.zoom.value = placement.zoom;
    this.output.textContent = `${placement.zoom} %`;
    this.stage.setAttribute("aria-label", word("focal_point", { x: placement.focal_x, y: placement.focal_y }));
    this.#resolve(placement, picture, sheet, part);
  }

  #resolve(placement, picture, sheet, part) {
    const inches = millimetres(placement, sheet).width / 25.4;
    const dots = Math.round((picture.width * part.width) / 100 / inches);
    this.isCoarse = dots < COARSE;
    this.resolution = word(this.isCoarse ? "coarse" : "resolution", { dots });
  }

  #click({ clientX, clientY }) {
    const box = this.stage.getBoundingClientRect();
    const at = (value, from, size) => percent((100 * (value - from)) / size);
    this.changed({ focal_x: at(clientX, box.left, box.width), focal_y: at(clientY, box.top, box.height) });
  }

  #key(event) {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 1 : 5;
    const { focal_x: x, focal_y: y } = this.placement;
    this.changed({ focal_x: percent(x + far * step[0]), focal_y: percent(y + far * step[1]) });
  }
}

// The part of the picture that is printed, in per cent of it: as much as fills the frame, divided by the zoom, as
// near to the focal point as the picture's edges allow.
function keptPart({ focal_x: x, focal_y: y, zoom, ...rectangle }, picture, sheet) {
  const frame = millimetres(rectangle, sheet);
  const shape = frame.width / Math.max(frame.height - CAPTION_ROWS * sheet.row_mm, sheet.row_mm);
  const own = picture.width / picture.height;
  const width = (100 * Math.min(1, shape / own) * 100) / zoom;
  const height = (100 * Math.min(1, own / shape) * 100) / zoom;
  const start = (at, size) => Math.max(0, Math.min(100 - size, at - size / 2));
  return { left: start(x, width), top: start(y, height), width, height };
}
