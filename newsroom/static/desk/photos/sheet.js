// A caption sheet by keyboard: to the same field of the next photo, as with the photo before, save.

import { listen, shortcut } from "../shortcuts.js";
import { wordsIn } from "../wording.js";

const FIELDS = "textarea, input:not([type=hidden])";
const form = document.getElementById("sheet");
const { word } = wordsIn("sheet-words");

const rows = [...form.querySelectorAll("[data-row]")].map((row) => [...row.querySelectorAll(FIELDS)]);

// The field at the same place of the row `by` rows further, if the focus stands in a row and there is one.
function neighbour(field, by) {
  const row = rows.findIndex((fields) => fields.includes(field));
  return row < 0 ? undefined : rows[row + by]?.[rows[row].indexOf(field)];
}

const go = (by) => () => {
  const field = neighbour(document.activeElement, by);
  field?.focus();
  if (field?.type === "text") field.select();
  return Boolean(field);
};

function asAbove() {
  const field = document.activeElement;
  const above = neighbour(field, -1);
  if (above) field.value = above.value;
  return Boolean(above);
}

// In a field of one line, Enter goes on to the next photo: a sheet is saved by its button or its key alone.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || !event.target.matches("input")) return;
  event.preventDefault();
  go(1)();
});

const isChanged = () => "unsaved" in form.dataset || rows.flat().some((field) => field.value !== field.defaultValue);
let isSaving = false;
form.addEventListener("submit", () => (isSaving = true));
addEventListener("pageshow", () => (isSaving = false));
addEventListener("beforeunload", (event) => !isSaving && isChanged() && event.preventDefault());

shortcut("Alt-ArrowDown", word("down"), go(1));
shortcut("Alt-ArrowUp", word("up"), go(-1));
shortcut("Mod-d", word("as_above"), asAbove);
shortcut("Mod-s", word("save"), () => form.requestSubmit());
listen(document.getElementById("keys"));
(form.querySelector("[aria-invalid=true]") ?? rows[0][0]).focus();
