// The edit form of a story: count, lead-in, ordered rows, pictures. Everything here is a convenience; the form
// works without it, and the server decides.

const form = document.getElementById("story-form");
const body = form.elements.body;
document.documentElement.classList.add("scripted");
for (const hidden of form.querySelectorAll("[data-add], [data-up], [data-down], [data-choose], .counter")) hidden.hidden = false;

// -- characters by the paper's rule; the pattern of what counts half comes from the server

const halfWidthRun = new RegExp(form.dataset.halfWidthRun, "g");
const counter = form.querySelector("[data-count]");
const BLOCKS = "p, h2, li, blockquote";

function plainText(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const caption of page.querySelectorAll("figcaption")) caption.remove();
  for (const block of page.querySelectorAll(BLOCKS)) block.append("\n");
  return page.body.textContent;
}

function countCharacters(text) {
  let halves = 0;
  const whole = text.replace(halfWidthRun, (run) => ((halves += [...run].length), "")).replace(/\s+/g, "");
  return [...whole].length + Math.ceil(halves / 2);
}

function showCount() {
  counter.textContent = countCharacters(plainText(body.value));
}
body.addEventListener("input", showCount);
showCount();

// -- the lead-in as it will be printed

const preview = form.querySelector("[data-lead-in-preview]");
let asking;

async function showLeadIn() {
  const address = new URL(form.dataset.leadIn, location.href);
  for (const name of ["kind", "agency", "place", "day"]) {
    address.searchParams.set(name, form.elements[`lead_in_${name}`].value);
  }
  for (const row of rowsOf("bylines")) {
    if (row.querySelector("[name$=-DELETE]").checked) continue;
    address.searchParams.append("role", row.querySelector("[name$=-role]").value);
    address.searchParams.append("name", row.querySelector("[name$=-name]").value.trim());
  }
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (answer.ok) preview.textContent = (await answer.json()).lead_in;
}

function askForLeadIn() {
  clearTimeout(asking);
  asking = setTimeout(showLeadIn, 250);
}

// -- rows that have an order: byline and pictures

function rowsOf(list) {
  return [...form.querySelectorAll(`[data-rows=${list}] > .row`)];
}

function renumber(list) {
  rowsOf(list).forEach((row, index) => (row.querySelector("[name$=-ORDER]").value = index + 1));
}

function addRow(list) {
  const total = form.elements[`${list}-TOTAL_FORMS`];
  const made = document.createElement("div");
  made.innerHTML = form.querySelector(`template[data-row=${list}]`).innerHTML.replaceAll("__prefix__", total.value);
  total.value = Number(total.value) + 1;
  const row = made.firstElementChild;
  form.querySelector(`[data-rows=${list}]`).append(row);
  for (const hidden of row.querySelectorAll("[data-up], [data-down]")) hidden.hidden = false;
  offerInsertion(row);
  renumber(list);
  return row;
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[type=button]");
  if (!button) return;
  const row = button.closest(".row");
  const list = row?.parentElement.dataset.rows;
  if ("add" in button.dataset) addRow(button.dataset.add).querySelector("input[type=text]").focus();
  if ("up" in button.dataset) row.previousElementSibling?.before(row);
  if ("down" in button.dataset) row.nextElementSibling?.after(row);
  if ("up" in button.dataset || "down" in button.dataset) {
    renumber(list);
    button.focus();
    askForLeadIn();
  }
  if ("insert" in button.dataset) insertPicture(row);
});
form.addEventListener("change", (event) => {
  if (event.target.matches("[name$=-DELETE]")) {
    event.target.closest(".row").classList.toggle("removed", event.target.checked);
  }
});
for (const list of ["bylines", "pictures"]) renumber(list);
form.addEventListener("input", (event) => {
  if (/^(lead_in_|bylines-)/.test(event.target.name)) askForLeadIn();
});
showLeadIn();

// -- pictures: taken in as soon as they are chosen, put into the text by a button

let editor = null;

function photoOf(row) {
  return row.querySelector("[name$=-photo]").value;
}

function offerInsertion(row) {
  const button = row.querySelector("[data-insert]");
  if (button) button.hidden = !editor || !photoOf(row);
}

function insertPicture(row) {
  const caption = row.querySelector("[name$=-caption]").value.trim();
  const image = { type: "image", attrs: { src: `/desk/photos/${photoOf(row)}/preview`, alt: row.querySelector("[name$=-alt]").value } };
  const content = caption ? [image, { type: "caption", content: [{ type: "text", text: caption }] }] : [image];
  editor.chain().focus().insertContent({ type: "figure", content }).run();
}

function addPicture(photo) {
  if (rowsOf("pictures").some((row) => photoOf(row) === String(photo.id))) return;
  const row = rowsOf("pictures").find((row) => !photoOf(row)) ?? addRow("pictures");
  for (const [name, value] of [["photo", photo.id], ["caption", photo.caption], ["credit", photo.credit], ["alt", photo.alt]]) {
    row.querySelector(`[name$=-${name}]`).value = value;
  }
  const image = Object.assign(document.createElement("img"), { src: photo.thumbnail, alt: "" });
  row.querySelector(".thumb").replaceChildren(image);
  row.hidden = false;
  offerInsertion(row);
}

function hideEmptyPictureRows() {
  for (const row of rowsOf("pictures")) row.hidden = !photoOf(row);
}
hideEmptyPictureRows();

document.addEventListener("prose-editor:ready", (event) => {
  editor = event.detail.editor;
  const label = document.getElementById(`${event.target.id}_label`);
  editor.view.dom.setAttribute("aria-labelledby", label.id);
  label.addEventListener("click", () => editor.commands.focus());
  rowsOf("pictures").forEach(offerInsertion);
});

// Only the house's own photos are stored in a text. What else is pasted would vanish with the save, so it does
// not come in at all, and the hint under the text says where pictures do.
const HOUSE_PHOTO = /^\/desk\/photos\/\d+\/preview$/;
const pasteHint = form.querySelector("[data-paste-hint]");

function withoutForeignImages(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const foreign = [...page.querySelectorAll("img, picture")].filter((image) => !HOUSE_PHOTO.test(image.getAttribute("src")));
  for (const image of foreign) (image.closest("figure") ?? image).remove();
  if (foreign.length) pasteHint.hidden = false;
  return foreign.length ? page.body.innerHTML : html;
}

function refuseImageFiles(_view, event) {
  const data = event.clipboardData ?? event.dataTransfer;
  if ([...(data?.files ?? [])].some((file) => file.type.startsWith("image/"))) pasteHint.hidden = false;
  return false;
}

document.addEventListener("prose-editor:ready", () => {
  editor.view.setProps({ transformPastedHTML: withoutForeignImages, handlePaste: refuseImageFiles, handleDrop: refuseImageFiles });
});

const chosen = document.getElementById("new-photos");
const uploadState = form.querySelector("[data-upload-state]");
chosen.addEventListener("change", async () => {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const file of chosen.files) data.append("photos", file);
  uploadState.textContent = "…";
  try {
    const answer = await fetch(form.dataset.photoAdd, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const { photos, problems } = await answer.json();
    photos.forEach(addPicture);
    renumber("pictures");
    uploadState.textContent = problems.join(" ");
    chosen.value = "";
  } catch {
    // Without a connection the files stay chosen and go with the form when it is saved.
    uploadState.textContent = "";
  }
});

const chooser = document.getElementById("chooser");
const words = document.getElementById("chooser-words");
const found = chooser.querySelector("[data-found]");

async function findPhotos() {
  const address = new URL(form.dataset.photos, location.href);
  address.searchParams.set("words", words.value);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  found.replaceChildren(...(await answer.json()).photos.map(thumbnail));
}

function thumbnail(photo) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const image = Object.assign(document.createElement("img"), { src: photo.thumbnail, alt: photo.alt, loading: "lazy" });
  const caption = Object.assign(document.createElement("p"), { className: "said", textContent: photo.caption || `#${photo.id}` });
  button.append(image, caption);
  button.addEventListener("click", () => {
    addPicture(photo);
    renumber("pictures");
    chooser.close();
  });
  item.append(button);
  return item;
}
form.querySelector("[data-choose]").addEventListener("click", () => (chooser.showModal(), findPhotos()));
chooser.querySelector("[data-close]").addEventListener("click", () => chooser.close());
words.addEventListener("input", () => (clearTimeout(asking), (asking = setTimeout(findPhotos, 200))));

// -- what was kept on this device (kept.js), put into the form again

function takeOver(fields) {
  for (const list of ["bylines", "pictures"]) takeOverRows(list, fields);
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name];
    if (!field || name.endsWith("_FORMS")) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
  editor?.commands.setContent(fields.body);
  for (const list of ["bylines", "pictures"]) inKeptOrder(list);
  for (const row of rowsOf("pictures")) showThumbnail(row);
  hideEmptyPictureRows();
  changed = true;
  showCount();
  showLeadIn();
}

// As many rows as were kept; one that the kept copy does not have is marked to go, and is seen to go.
function takeOverRows(list, fields) {
  while (Number(form.elements[`${list}-TOTAL_FORMS`].value) < Number(fields[`${list}-TOTAL_FORMS`])) addRow(list);
  for (const row of rowsOf(list)) {
    const order = row.querySelector("[name$=-ORDER]").name;
    const goes = row.querySelector("[name$=-DELETE]");
    goes.checked = !(order in fields) || goes.name in fields;
    row.classList.toggle("removed", goes.checked);
  }
}

function inKeptOrder(list) {
  const place = (row) => Number(row.querySelector("[name$=-ORDER]").value);
  const rows = rowsOf(list).sort((one, other) => place(one) - place(other));
  form.querySelector(`[data-rows=${list}]`).append(...rows);
  renumber(list);
}

function showThumbnail(row) {
  const src = photoOf(row) && `/desk/photos/${photoOf(row)}/thumbnail`;
  row.querySelector(".thumb").replaceChildren(...(src ? [Object.assign(document.createElement("img"), { src, alt: "" })] : []));
  offerInsertion(row);
}
form.addEventListener("kept:take-over", (event) => takeOver(event.detail));

// -- nobody loses a text by leaving

let changed = false;
form.addEventListener("input", () => (changed = true));
form.addEventListener("submit", () => (changed = false));
addEventListener("beforeunload", (event) => changed && event.preventDefault());
