// Pictures: taken in as soon as they are chosen, found in the photo desk, put into the text by a button.

import { afterPause, editorReady, form, show, touch } from "./form.js";
import { addRow, fieldOf, renumber, rowsOf } from "./rows.js";
import { upload } from "./uploading.js";
import { word } from "./words.js";

let editor = null;

const photoOf = (row) => fieldOf(row, "photo").value;

function offerInsertion(row) {
  const button = row.querySelector("[data-insert]");
  if (button) button.hidden = !editor || !photoOf(row);
}

export function figureOf(photo) {
  const image = { type: "image", attrs: { src: `/desk/photos/${photo.id}/preview`, alt: photo.alt } };
  const caption = photo.caption.trim();
  const content = caption ? [image, { type: "caption", content: [{ type: "text", text: caption }] }] : [image];
  return { type: "figure", content };
}

function insertPicture(row) {
  const [caption, alt] = ["caption", "alt"].map((name) => fieldOf(row, name).value);
  editor.chain().focus().insertContent(figureOf({ id: photoOf(row), caption, alt })).run();
}

// The row of this photo, added where the story does not have it yet.
export function addPicture(photo) {
  const known = rowsOf("pictures").find((row) => photoOf(row) === String(photo.id));
  if (known) return known;
  const row = rowsOf("pictures").find((row) => !photoOf(row)) ?? addRow("pictures");
  for (const [name, value] of [["photo", photo.id], ["caption", photo.caption], ["credit", photo.credit], ["alt", photo.alt]]) {
    fieldOf(row, name).value = value;
  }
  showPictureRow(row);
  renumber("pictures");
  touch(row);
  return row;
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
  for (const [number, file] of files.entries()) {
    const answer = await upload(file, (part) => {
      bar.value = (number + (part ?? 0)) / files.length;
      state.textContent = part === null ? word("unreachable") : file.name;
    });
    answer.photos.forEach(addPicture);
    problems.push(...answer.problems);
  }
  bar.hidden = true;
  state.textContent = problems.join(" ");
}

function thumbnail(photo, choose) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const image = Object.assign(document.createElement("img"), { src: photo.thumbnail, alt: photo.alt, loading: "lazy" });
  const caption = Object.assign(document.createElement("p"), { className: "said", textContent: photo.caption || `#${photo.id}` });
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
