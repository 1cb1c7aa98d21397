// Rows dragged into their order by a grip; with the grip focused, the arrow keys move.

import { form, show, touch } from "./form.js";
import { listOf, renumber } from "./rows.js";

export function dragRows() {
  show(...form.querySelectorAll("[data-grip]"));
  form.addEventListener("row:added", (event) => show(event.target.querySelector("[data-grip]")));
  form.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (grip && !event.button) drag(grip, event);
  });
  form.addEventListener("keydown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    step(grip.closest(".row"), event.key === "ArrowUp");
    grip.focus();
  });
}

function step(row, up) {
  if (up) row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  settle(row);
}

function settle(row) {
  renumber(row.parentElement.dataset.rows);
  touch(row);
}

function drag(grip, event) {
  event.preventDefault();
  const row = grip.closest(".row");
  const list = listOf(row.parentElement.dataset.rows);
  grip.setPointerCapture(event.pointerId);
  row.classList.add("dragged");

  const follow = ({ clientY }) => {
    const next = [...list.children].find((other) => other !== row && !other.hidden && clientY < middleOf(other));
    if ((next ?? null) !== row.nextElementSibling) list.insertBefore(row, next ?? null);
  };
  const end = () => {
    row.classList.remove("dragged");
    grip.removeEventListener("pointermove", follow);
    settle(row);
  };
  grip.addEventListener("pointermove", follow);
  grip.addEventListener("lostpointercapture", end, { once: true });
}

const middleOf = (element) => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};
