// The page's picture from near: pinch and drag, two taps, Ctrl and the wheel, buttons, and + − 0 and the arrows.

const MOST = 6;
const STEP = 1.5;
const DRAG = 6; // pixels a finger may tremble
const TWICE = 280; // milliseconds between two taps

const viewer = document.querySelector(".viewer");
const view = viewer.querySelector(".view");
const canvas = view.querySelector(".canvas");
const tools = viewer.querySelector(".zoom");
const picture = [...canvas.querySelectorAll("[sizes]")].map((source) => [source, source.sizes]);
let [scale, x, y] = [1, 0, 0];

function draw() {
  x = Math.min(Math.max(x, view.clientWidth * (1 - scale)), 0);
  y = Math.min(Math.max(y, view.clientHeight * (1 - scale)), 0);
  canvas.style.transform = scale > 1 ? `translate(${x}px, ${y}px) scale(${scale})` : "";
  view.classList.toggle("near", scale > 1);
  tools.querySelector("output").textContent = `${Math.round(scale * 100)}%`;
  for (const [name, end] of [["out", 1], ["in", MOST], ["whole", 1]]) {
    tools.querySelector(`[data-zoom=${name}]`).setAttribute("aria-disabled", scale === end);
  }
  // The browser takes the larger picture when this one has become too small.
  for (const [source, whole] of picture) source.sizes = scale > 1 ? `${Math.ceil(view.clientWidth * scale)}px` : whole;
}

// The middle of what is on the screen, for the page is often higher than the window.
function middle() {
  const { top, bottom } = view.getBoundingClientRect();
  return [view.clientWidth / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2 - top];
}

function zoom(to, [left, top] = middle()) {
  const next = Math.min(Math.max(to, 1), MOST);
  x = left - ((left - x) * next) / scale;
  y = top - ((top - y) * next) / scale;
  scale = next;
  draw();
}

function pan(across, down) {
  x += across;
  y += down;
  draw();
}

function at(event) {
  const frame = view.getBoundingClientRect();
  return [event.clientX - frame.left, event.clientY - frame.top];
}

const acts = { in: () => zoom(scale * STEP), out: () => zoom(scale / STEP), whole: () => zoom(1) };
tools.hidden = false;
tools.addEventListener("click", (event) => acts[event.target.dataset.zoom]?.());

view.tabIndex = 0;
viewer.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = { "+": "in", "=": "in", "-": "out", 0: "whole" }[event.key];
  const way = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  if (act) acts[act]();
  else if (way && scale > 1) pan(way[0] * view.clientWidth * 0.2, way[1] * view.clientHeight * 0.2);
  else return;
  event.preventDefault();
});

// Whoever walks the stories with the keyboard is shown where they are.
view.addEventListener("focusin", ({ target }) => {
  if (scale === 1 || target === view || !target.matches(":focus-visible")) return;
  const [box, frame] = [target.getBoundingClientRect(), view.getBoundingClientRect()];
  pan(frame.left + (frame.width - box.width) / 2 - box.left, frame.top + (frame.height - box.height) / 2 - box.top);
});

view.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  zoom(scale * Math.exp(-event.deltaY / 200), at(event));
}, { passive: false });

// -- fingers and the mouse

const fingers = new Map();
// No tap yet is long ago: a page is there before TWICE has passed since it was asked for.
let [moved, kind, tapped, waiting] = [0, "", -TWICE, 0];

view.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  if (!fingers.size) moved = 0;
  kind = event.pointerType;
  fingers.set(event.pointerId, at(event));
});

addEventListener("pointermove", (event) => {
  const from = fingers.get(event.pointerId);
  if (!from) return;
  const to = at(event);
  const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
  fingers.set(event.pointerId, to);
  moved += Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (other) {
    const [before, now] = [from, to].map((one) => Math.hypot(one[0] - other[0], one[1] - other[1]));
    zoom((scale * now) / Math.max(before, 1), [(to[0] + other[0]) / 2, (to[1] + other[1]) / 2]);
    pan((to[0] - from[0]) / 2, (to[1] - from[1]) / 2);
  } else if (scale > 1 && moved > DRAG) pan(to[0] - from[0], to[1] - from[1]);
});

for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (event) => fingers.delete(event.pointerId));

view.addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });
view.addEventListener("dragstart", (event) => event.preventDefault());

// A drag is no click; the first of two taps opens nothing.
view.addEventListener("click", (event) => {
  const dragged = event.detail && moved > DRAG;
  moved = 0;
  if (dragged) return stop(event);
  if (kind !== "touch" || !event.isTrusted || !event.detail) return;
  stop(event);
  clearTimeout(waiting);
  if (event.timeStamp - tapped < TWICE) {
    tapped = -TWICE;
    return scale > 1 ? zoom(1) : zoom(2.5, at(event));
  }
  tapped = event.timeStamp;
  waiting = setTimeout(() => event.target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })), TWICE);
}, true);

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

addEventListener("resize", draw);
draw();
