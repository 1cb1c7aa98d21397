// The focal point of a photo by click, drag or arrow keys, and its crops as they come out, before they are saved.

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const percent = (value) => Math.round(Math.max(0, Math.min(100, value)));

const form = document.getElementById("framing");
const stage = form.querySelector("[data-stage]");
const { focal_x: left, focal_y: top } = form.elements;
const told = form.querySelector("[data-told]");
const photo = { width: Number(form.dataset.width), height: Number(form.dataset.height) };

function point(x, y) {
  [left.value, top.value] = [percent(x), percent(y)];
  show();
}

function show() {
  Object.assign(stage.querySelector("[data-point]").style, { left: `${left.value}%`, top: `${top.value}%` });
  told.textContent = told.dataset.words.replace("{x}", left.value).replace("{y}", top.value);
  form.querySelectorAll("[data-ratio]").forEach(showCrop);
}

function showCrop(card) {
  const name = card.dataset.ratio;
  const field = (part) => form.elements[`${part}_${name}`];
  if (!field("hand").checked) [field("x").value, field("y").value, field("zoom").value] = [left.value, top.value, 100];
  const [wide, high] = name.split("x").map(Number);
  const part = partAround(wide / high, Number(field("x").value), Number(field("y").value), Number(field("zoom").value) || 100);
  card.querySelector("svg").setAttribute("viewBox", part.join(" "));
}

// The same part as `crops.part_around` gives, in pixels of the photo: left, top, width, height.
function partAround(ratio, x, y, zoom) {
  const own = photo.width / photo.height;
  const width = (photo.width * Math.min(ratio / own, 1) * 100) / zoom;
  const height = (photo.height * Math.min(own / ratio, 1) * 100) / zoom;
  const start = (at, size, whole) => Math.max(0, Math.min(whole - size, (at * whole) / 100 - size / 2));
  return [start(x, width, photo.width), start(y, height, photo.height), width, height];
}

function pointAt({ clientX, clientY }) {
  const box = stage.getBoundingClientRect();
  point((100 * (clientX - box.left)) / box.width, (100 * (clientY - box.top)) / box.height);
}

stage.addEventListener("pointerdown", (event) => {
  stage.setPointerCapture(event.pointerId);
  pointAt(event);
});
stage.addEventListener("pointermove", (event) => stage.hasPointerCapture(event.pointerId) && pointAt(event));
stage.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const far = event.shiftKey ? 1 : 5;
  point(Number(left.value) + far * step[0], Number(top.value) + far * step[1]);
});

// A crop set by hand is moved by dragging its picture; a click that moves nothing follows the link to the file.
for (const card of form.querySelectorAll("[data-ratio]")) {
  const picture = card.querySelector("svg");
  const field = (part) => form.elements[`${part}_${card.dataset.ratio}`];
  let from = null;
  let moved = false;
  picture.addEventListener("pointerdown", (event) => {
    moved = false;
    if (!field("hand").checked) return;
    event.preventDefault();
    picture.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, left: Number(field("x").value), top: Number(field("y").value) };
  });
  picture.addEventListener("pointermove", (event) => {
    if (!picture.hasPointerCapture(event.pointerId)) return;
    const scale = picture.viewBox.baseVal.width / picture.getBoundingClientRect().width;
    field("x").value = percent(from.left - (100 * (event.clientX - from.x) * scale) / photo.width);
    field("y").value = percent(from.top - (100 * (event.clientY - from.y) * scale) / photo.height);
    moved = true;
    showCrop(card);
  });
  picture.parentElement.addEventListener("click", (event) => moved && event.preventDefault());
}
form.addEventListener("input", show);
stage.hidden = false;
stage.tabIndex = 0;
show();
