// A topic on the calendar moved to another day: dragged there, or by its button or the key m in a dialog. Both send
// the one form of the page, which says what was seen; without scripts the button leads to the form of the topic.

import { carry } from "../gripping.js";
import { shortcut } from "../shortcuts.js";

const calendar = document.querySelector("table.calendar");
const dialog = document.getElementById("move");
const form = dialog.querySelector("form");
const MOVABLE = ".entry[data-move]";
const DAY = 24 * 60 * 60 * 1000;
let from = null;

const dayOf = (entry) => entry.closest("[data-day]").dataset.day;
const daysBetween = (one, other) => Math.round((Date.parse(other) - Date.parse(one)) / DAY);
const later = (day, by) => new Date(Date.parse(day) + by * DAY).toISOString().slice(0, 10);

function fill(entry, day) {
  form.action = entry.dataset.move;
  form.elements.seen.value = entry.dataset.seen;
  form.elements.day.value = day;
}

// -- dragged

function over(entry, elements) {
  const cell = elements.map((element) => element.closest("td[data-day]")).find(Boolean);
  if (!cell || cell.contains(entry)) return;
  if (!cell.querySelector("ul")) cell.append(document.createElement("ul"));
  const list = cell.querySelector("ul");
  list.insertBefore(entry, list.querySelector(".more"));
}

function putBack(entry) {
  from.list.insertBefore(entry, from.next);
}

// Whatever day of several was gripped, the topic begins by as many days later or earlier.
function drop(entry) {
  const by = daysBetween(from.day, dayOf(entry));
  if (by === 0) return putBack(entry);
  fill(entry, later(entry.dataset.first, by));
  form.requestSubmit();
}

carry(calendar, {
  gripped: (target) => !target.closest(".move") && target.closest(MOVABLE),
  begin: (entry) => (from = { list: entry.parentElement, next: entry.nextSibling, day: dayOf(entry) }),
  over,
  drop,
  back: putBack,
});

// -- asked for

function ask(entry) {
  fill(entry, entry.dataset.first);
  dialog.querySelector("[data-name]").textContent = entry.querySelector("a").textContent;
  dialog.showModal();
  form.elements.day.focus();
}

calendar.addEventListener("click", (event) => {
  const button = event.target.closest(".move");
  if (!button) return;
  event.preventDefault();
  ask(button.closest(MOVABLE));
});
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
if (calendar.querySelector(MOVABLE)) {
  shortcut("m", dialog.dataset.itself, () => {
    const entry = document.activeElement.closest(MOVABLE);
    if (!entry) return false;
    return ask(entry);
  });
}
