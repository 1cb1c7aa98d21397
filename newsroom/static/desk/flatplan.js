// The flat plan of an edition: a page dragged to another place puts the pages into a new order. The buttons beside
// the plan do the same without a pointer.

const SLACK = 5;

const plan = document.querySelector("[data-plan]");
let grip = null;

const pages = () => [...plan.children];
const order = () => pages().map((page) => page.dataset.page);

function press(event) {
  const page = event.target.closest("[data-page]");
  if (!page || event.button !== 0 || event.pointerType === "touch") return;
  grip = { page, pointer: event.pointerId, at: event, before: order(), dragging: false };
}

function drag(event) {
  if (!grip || event.pointerId !== grip.pointer) return;
  if (!grip.dragging && Math.hypot(event.clientX - grip.at.clientX, event.clientY - grip.at.clientY) < SLACK) return;
  if (!grip.dragging) begin();
  const below = document.elementsFromPoint(event.clientX, event.clientY).map((element) => element.closest("[data-page]"));
  const other = below.find((page) => page && page !== grip.page);
  if (!other) return;
  const { left, width } = other.getBoundingClientRect();
  const isBehind = event.clientX > left + width / 2;
  if (isBehind) other.after(grip.page);
  else other.before(grip.page);
}

function begin() {
  grip.dragging = true;
  plan.setPointerCapture(grip.pointer);
  grip.page.classList.add("lifted");
}

function release(event) {
  if (!grip || event.pointerId !== grip.pointer) return;
  const { dragging, before } = grip;
  end();
  if (dragging && order().join() !== before.join()) send();
}

// The pages go back to where they were.
function letGo() {
  if (!grip) return;
  const { before } = grip;
  end();
  plan.append(...pages().sort((one, other) => before.indexOf(one.dataset.page) - before.indexOf(other.dataset.page)));
}

function end() {
  grip.page.classList.remove("lifted");
  // The click that ends a drag would open the page.
  if (grip.dragging) addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
  grip = null;
}

function send() {
  const form = document.getElementById("plan-order");
  for (const number of order()) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "page", value: number }));
  form.submit();
}

// Where there is no typeset picture, the map below it is seen.
for (const picture of plan.querySelectorAll("img")) {
  if (picture.complete && !picture.naturalWidth) picture.remove();
  else picture.addEventListener("error", () => picture.remove());
}

if (document.getElementById("plan-order")) {
  plan.classList.add("movable");
  plan.addEventListener("dragstart", (event) => event.preventDefault());
  plan.addEventListener("pointerdown", press);
  plan.addEventListener("pointermove", drag);
  plan.addEventListener("pointerup", release);
  plan.addEventListener("pointercancel", letGo);
  addEventListener("keydown", (event) => event.key === "Escape" && letGo());
}
