// Rows that have an order: byline and pictures.

import { form, show, touch } from "./form.js";

export const LISTS = ["bylines", "pictures"];

export const listOf = (list) => form.querySelector(`[data-rows=${list}]`);
export const rowsOf = (list) => [...form.querySelectorAll(`[data-rows=${list}] > .row`)];
export const fieldOf = (row, name) => row.querySelector(`[name$="-${name}"]`);

export function renumber(list) {
  rowsOf(list).forEach((row, index) => (fieldOf(row, "ORDER").value = index + 1));
}

// A row is heard of by "row:added", with what it is still lacking.
export function addRow(list) {
  const total = form.elements[`${list}-TOTAL_FORMS`];
  const made = document.createElement("div");
  made.innerHTML = form.querySelector(`template[data-row=${list}]`).innerHTML.replaceAll("__prefix__", total.value);
  total.value = Number(total.value) + 1;
  const row = made.firstElementChild;
  listOf(list).append(row);
  show(...row.querySelectorAll("[data-up], [data-down]"));
  renumber(list);
  row.dispatchEvent(new CustomEvent("row:added", { bubbles: true }));
  return row;
}

export function showRemoval(row) {
  row.classList.toggle("removed", fieldOf(row, "DELETE").checked);
}

function move(button) {
  const row = button.closest(".row");
  if ("up" in button.dataset) row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  renumber(row.parentElement.dataset.rows);
  button.focus();
  touch(row);
}

export function orderRows() {
  show(...form.querySelectorAll("[data-add], [data-up], [data-down]"));
  for (const list of LISTS) renumber(list);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[type=button]");
    if (button && "add" in button.dataset) addRow(button.dataset.add).querySelector("input[type=text]").focus();
    if (button?.matches("[data-up], [data-down]")) move(button);
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[name$=-DELETE]")) showRemoval(event.target.closest(".row"));
  });
}

// As many rows as these fields have; one that they do not have is marked to go, and is seen to go.
export function takeOverRows(fields) {
  for (const list of LISTS) {
    while (Number(form.elements[`${list}-TOTAL_FORMS`].value) < Number(fields[`${list}-TOTAL_FORMS`])) addRow(list);
    for (const row of rowsOf(list)) {
      const goes = fieldOf(row, "DELETE");
      goes.checked = !(fieldOf(row, "ORDER").name in fields) || goes.name in fields;
      showRemoval(row);
    }
  }
}

export function inWrittenOrder() {
  for (const list of LISTS) {
    const place = (row) => Number(fieldOf(row, "ORDER").value);
    listOf(list).append(...rowsOf(list).sort((one, other) => place(one) - place(other)));
    renumber(list);
  }
}
