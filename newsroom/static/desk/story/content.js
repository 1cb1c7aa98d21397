// What stands in the form, as plain values, and the way back into it.

import { body, editorReady, form, touch } from "./form.js";
import { showLeadIn } from "./leadin.js";
import { showPictureRow } from "./pictures.js";
import { addRow, fieldOf, inWrittenOrder, renumber, rowsOf, showRemoval, takeOverRows } from "./rows.js";

// What a save is named by and goes on from; no part of the story.
const NAMING = new Set(["based_on", "attempt", "filing_token"]);
const OWN = new Set(["csrfmiddlewaretoken", "body", "photos", ...NAMING]);
const WRITTEN = new Set(["text", "textarea", "date"]);
const COLUMNS = { bylines: ["contributor", "name", "role"], pictures: ["photo", "caption", "credit", "alt"] };

// Every field that is sent, by its name.
export function typed() {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken" && typeof value === "string") fields[name] = value;
  }
  return fields;
}

// Two forms say the same, whichever version they continue.
export function sameness(fields) {
  const words = Object.entries(fields).filter(([name]) => !NAMING.has(name) && !name.endsWith("_FORMS"));
  return JSON.stringify(words.map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]).sort());
}

// Whether anything is written or put in; a choice alone, of a section for instance, says nothing yet.
export function isBegun() {
  const isWritten = ({ name, type, value, defaultValue }) => name && WRITTEN.has(type) && value !== defaultValue;
  return "unsaved" in form.dataset || [...form.elements].some(isWritten) || itemsOf("pictures").length > 0;
}

const isScalar = ({ name }) => name && !OWN.has(name) && !/^(bylines|pictures)-/.test(name);

// The story as it stands here: {fields, body, bylines, pictures}, the lists without what is taken out.
export function contentNow() {
  const fields = Object.fromEntries([...form.elements].filter(isScalar).map(({ name, value }) => [name, value]));
  return { fields, body: body.value, bylines: itemsOf("bylines"), pictures: itemsOf("pictures") };
}

const named = (row, list) => fieldOf(row, list === "bylines" ? "name" : "photo").value.trim();

function itemsOf(list) {
  return rowsOf(list)
    .filter((row) => !fieldOf(row, "DELETE").checked && named(row, list))
    .map((row) => Object.fromEntries(COLUMNS[list].map((column) => [column, fieldOf(row, column).value])));
}

// Let the rows of a list say these items; rows that are left over are taken out.
export function setItems(list, items) {
  while (rowsOf(list).length < items.length) addRow(list);
  rowsOf(list).forEach((row, index) => {
    const item = items[index];
    for (const column of COLUMNS[list]) if (item || column !== "role") fieldOf(row, column).value = item?.[column] ?? "";
    fieldOf(row, "DELETE").checked = false;
    showRemoval(row);
    if (list === "pictures") showPictureRow(row);
  });
  renumber(list);
}

export function setField(name, value) {
  const field = form.elements[name];
  if (field) field.value = value ?? "";
}

// What was typed once, put into the form again from a copy kept on this device.
export async function takeOver(fields) {
  takeOverRows(fields);
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name];
    if (!field || name.endsWith("_FORMS")) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
  inWrittenOrder();
  rowsOf("pictures").forEach(showPictureRow);
  showLeadIn();
  (await editorReady).commands.setContent(fields.body);
  touch(form);
}
