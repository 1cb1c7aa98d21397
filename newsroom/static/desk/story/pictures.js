// Pictures: taken in as soon as they are chosen, found in the photo desk, put into the text by a button.

import { decided } from "./asking.js";
import { afterPause, editorReady, form, show, touch } from "./form.js";
import { addRow, fieldOf, renumber, rowsOf, showRemoval } from "./rows.js";
import { upload } from "./uploading.js";
import { word } from "./words.js";

let editor = null;

const photoOf = (row) => fieldOf(row, "photo").value;

function offerInsertion(row) {
  const button = row.querySelector("[data-insert]");
  if (button) button.hidden = !editor || !photoOf(row);
}

// Where a photo lies that stands in a text, and whose that is.
const addressOf = (id) => `/desk/photos/${id}/preview`;
export const idOf = (src) => Number(/\/photos\/(\d+)\/preview$/.exec(src)?.[1]);

export function figureOf(photo) {
  const image = { type: "image", attrs: { src: addressOf(photo.id), alt: photo.alt } };
  const caption = photo.caption.trim();
  const content = caption ? [image, { type: "caption", content: [{ type: "text", text: caption }] }] : [image];
  return { type: "figure", content };
}

function insertPicture(row) {
  const [caption, alt] = ["caption", "alt"].map((name) => fieldOf(row, name).value);
  editor.chain().focus().insertContent(figureOf({ id: photoOf(row), caption, alt })).run();
}

const rowOf = (id) => rowsOf("pictures").find((row) => photoOf(row) === String(id));
const isOut = (row) => fieldOf(row, "DELETE").checked;

// The photo's row is put in where the story does not have it yet, and back where it was taken out; whether it was.
export function addPicture(photo) {
  const known = rowOf(photo.id);
  if (known) return isOut(known) && (putBack(photo.id), true);
  const row = rowsOf("pictures").find((row) => !photoOf(row)) ?? addRow("pictures");
  for (const [name, value] of [["photo", photo.id], ["caption", photo.caption], ["credit", photo.credit], ["alt", photo.alt]]) {
    fieldOf(row, name).value = value;
  }
  showPictureRow(row);
  renumber("pictures");
  touch(row);
  return true;
}

// The photo's row leaves the story, with what was written in it, or comes back.
export function takeOut(id) {
  const row = rowOf(id);
  if (!row || isOut(row)) return;
  fieldOf(row, "DELETE").checked = true;
  row.hidden = true;
  touch(row);
}

export function putBack(id) {
  const row = rowOf(id);
  if (!row) return;
  fieldOf(row, "DELETE").checked = false;
  showRemoval(row);
  showPictureRow(row);
  touch(row);
}

export function showPictureRow(row) {
  const src = photoOf(row) && `/desk/photos/${photoOf(row)}/thumbnail`;
  row.querySelector(".thumb").replaceChildren(...(src ? [Object.assign(document.createElement("img"), { src, alt: "" })] : []));
  row.hidden = !src;
  offerInsertion(row);
}

async function takeIn(chosen, state, bar) {
  const files = [...chosen.files];
  chosen.value = "";
  const problems = [];
  show(bar);
  const tell = () => (state.textContent = problems.join(" "));
  const settle = ({ photos, problems: refused }) => (photos.forEach(addPicture), problems.push(...refused), tell());
  for (const [number, file] of files.entries()) {
    const progress = (part) => {
      bar.value = (number + (part ?? 0)) / files.length;
      const place = { number: number + 1, all: files.length, name: file.name };
      state.textContent = part === null ? word("unreachable") : word("file_of", place);
    };
    const answer = await upload(file, progress);
    // No file waits for what is asked about the one before.
    void decided(file, answer, () => {}).then(settle);
  }
  bar.hidden = true;
  tell();
}

function thumbnail(photo, choose) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const image = Object.assign(document.createElement("img"), { src: photo.thumbnail, alt: photo.alt, loading: "lazy" });
  const caption = Object.assign(document.createElement("p"), { className: "said", textContent: photo.caption || photo.file || `#${photo.id}` });
  button.append(image, caption);
  if (photo.expired) {
    button.disabled = true;
    button.append(Object.assign(document.createElement("p"), { className: "said expired", textContent: photo.expired }));
  }
  button.addEventListener("click", () => choose(photo));
  item.append(button);
  return item;
}

function offerPhotoDesk() {
  const chooser = document.getElementById("chooser");
  const words = document.getElementById("chooser-words");
  const choose = (photo) => (addPicture(photo), chooser.close());

  async function find() {
    const address = new URL(form.dataset.photos, location.href);
    address.searchParams.set("words", words.value);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const { photos } = await answer.json();
    chooser.querySelector("[data-found]").replaceChildren(...photos.map((photo) => thumbnail(photo, choose)));
  }
  const button = form.querySelector("[data-choose]");
  show(button);
  button.addEventListener("click", () => (chooser.showModal(), find()));
  chooser.querySelector("[data-close]").addEventListener("click", () => chooser.close());
  words.addEventListener("input", afterPause(find, 200));
}

export function offerPictures() {
  const chosen = document.getElementById("new-photos");
  chosen.addEventListener("change", () => takeIn(chosen, form.querySelector("[data-upload-state]"), form.querySelector("[data-upload-bar]")));
  offerPhotoDesk();
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) insertPicture(button.closest(".row"));
  });
  form.addEventListener("row:added", (event) => offerInsertion(event.target));
  for (const row of rowsOf("pictures")) row.hidden = !photoOf(row);
  editorReady.then((ready) => {
    editor = ready;
    rowsOf("pictures").forEach(offerInsertion);
  });
}
