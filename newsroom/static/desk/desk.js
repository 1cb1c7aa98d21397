// On every page of the desk: suggestions of names while somebody types one, menus, and the bar of places.

import "./unsent.js";

const WAIT = 150;

// What is answered after something else was typed, or to somebody who is signed out, suggests nothing.
async function suggest(field, typed) {
  const address = new URL(field.list.dataset.source, location.href);
  address.searchParams.set("q", typed);
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || field.value.trim() !== typed) return;
  const { people } = await answer.json();
  field.list.replaceChildren(...people.map((name) => Object.assign(document.createElement("option"), { value: name })));
}

let waiting;
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("[data-suggest]") || !field.list?.dataset.source || event.isComposing) return;
  clearTimeout(waiting);
  const typed = field.value.trim();
  if (typed) waiting = setTimeout(() => suggest(field, typed), WAIT);
});

// A menu closes when something else is clicked, or with Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A form that is on its way is not sent again by a double click or a key pressed twice: the second would be refused,
// and whoever signed would read that they did not. A script that sends a form itself has prevented this by now.
const ON_ITS_WAY = 3000;
const sent = new WeakSet();
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), ON_ITS_WAY);
});

// What somebody began to say in a form that folds, a reason for instance, is before their eyes when they come back.
const begun = (field) =>
  field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
addEventListener("pageshow", () => {
  for (const folded of document.querySelectorAll("details:not([open])"))
    if ([...folded.querySelectorAll("textarea, input[type=checkbox]")].some(begun)) folded.open = true;
});

// On a phone the bar is wider than the screen: where one is shall be seen.
const places = document.querySelector(".places");
const here = places?.querySelector("[aria-current]");
if (here) places.scrollLeft = here.offsetLeft - (places.clientWidth - here.offsetWidth) / 2;
