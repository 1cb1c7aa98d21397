// The flat plan of an edition: a page dragged to another place puts the pages into a new order. The buttons beside
// the plan do the same without a pointer.

import { carry } from "./gripping.js";

const plan = document.querySelector("[data-plan]");
let before = [];

const pages = () => [...plan.children];
const order = () => pages().map((page) => page.dataset.page);

function over(page, elements, event) {
  const other = elements.map((element) => element.closest("[data-page]")).find((found) => found && found !== page);
  if (!other) return;
  const { left, width } = other.getBoundingClientRect();
  if (event.clientX > left + width / 2) other.after(page);
  else other.before(page);
}

function putBack() {
  plan.append(...pages().sort((one, other) => before.indexOf(one.dataset.page) - before.indexOf(other.dataset.page)));
}

function send() {
  if (order().join() === before.join()) return;
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
  const gripped = (target) => target.closest("[data-page]");
  carry(plan, { gripped, begin: () => (before = order()), over, drop: send, back: putBack });
}
