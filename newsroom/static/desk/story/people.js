// Names in the byline: suggestions while somebody types, by characters or pinyin. A combobox after ARIA 1.2: the
// focus stays in the field, arrows go through the list, Enter takes, Escape closes. A name that nobody has is taken
// as it is typed.

import { make } from "../canvas/dom.js";
import { afterPause, form, touch } from "./form.js";
import { counted, word } from "./words.js";

const WAIT = 150;
const list = make("ul", { id: "people-found", role: "listbox", class: "found-people", "aria-label": word("people"), hidden: true });
const aloud = make("span", { class: "seen-not", role: "status" });
let field = null;
let chosen = -1;

export function suggestPeople() {
  form.append(aloud);
  form.addEventListener("input", (event) => isName(event.target) && !event.isComposing && askSoon(event.target));
  form.addEventListener("compositionend", (event) => isName(event.target) && askSoon(event.target));
  form.addEventListener("keydown", press);
  form.addEventListener("focusout", (event) => event.target === field && close());
  // Before the field loses the focus.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

const isName = (element) => element.matches("[data-contributor]");

const askSoon = afterPause(async (input) => {
  const typed = input.value.trim();
  if (!typed || document.activeElement !== input) return close();
  const address = new URL(form.dataset.people, location.href);
  address.searchParams.set("q", typed);
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected || input.value.trim() !== typed || document.activeElement !== input) return;
  open(input, (await answer.json()).people);
}, WAIT);

function open(input, people) {
  close();
  if (!people.length) return;
  field = input;
  list.replaceChildren(...people.map((name, index) => make("li", { role: "option", id: `person-${index}`, "aria-selected": "false" }, name)));
  input.after(list);
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  input.setAttribute("aria-controls", list.id);
  aloud.textContent = counted("people_found", people.length);
}

function close() {
  if (!field) return;
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  [field, chosen] = [null, -1];
  aloud.textContent = "";
}

function press(event) {
  if (!isName(event.target) || event.isComposing) return;
  if (event.key === "Enter") event.preventDefault();
  if (event.target !== field) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(event.key === "ArrowDown" ? chosen + 1 : chosen - 1);
  } else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
  else if (event.key === "Escape") close();
}

// Past either end no suggestion is chosen, then the other end.
function choose(index) {
  const many = list.children.length;
  chosen = index < -1 ? many - 1 : index >= many ? -1 : index;
  for (const [place, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(place === chosen));
  if (chosen < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", list.children[chosen].id);
  list.children[chosen].scrollIntoView({ block: "nearest" });
}

function take(option) {
  const input = field;
  input.value = option.textContent;
  close();
  // Of the row, for the field would ask again for what was just taken.
  touch(input.closest(".row"));
}
