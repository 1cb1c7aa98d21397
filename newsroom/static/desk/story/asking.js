// A file that looks like a photo which is here already is asked about below the text: nothing waits for the answer but
// the file itself.

import { editorReady, form, show } from "./form.js";
import { upload } from "./uploading.js";
import { word } from "./words.js";

const list = form.querySelector("[data-alike]");
const open = new Set();

// What came of a file once nothing about it is in question: its photos, and what was refused of it. `asked` is told of
// the question, as a sentence and a way to it.
export async function decided(file, answer, progress, asked = () => {}) {
  if (!answer.alike.length) return usable(file, answer);
  const [{ sentence, photos }] = answer.alike;
  const choice = await ask(file, sentence, photos[0], asked);
  if (choice === "keep") return usable(file, await upload(file, progress, { ask: false }));
  return { photos: choice === "use" ? [photos[0]] : [], problems: [] };
}

// A photo may be in the photo desk and yet be none for a story, or a small one.
function usable(file, { photos, problems }) {
  const said = photos.map((photo) => photo.expired || photo.small).filter(Boolean);
  const about = said.map((text) => word("about", { label: file.name, text }));
  return { photos: photos.filter((photo) => !photo.expired), problems: [...problems, ...about] };
}

function ask(file, sentence, photo, asked) {
  const row = form.querySelector("template[data-alike-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-said]").textContent = word("about", { label: file.name, text: sentence });
  row.querySelector("a").href = photo.url;
  Object.assign(row.querySelector("img"), { src: photo.thumbnail, alt: `#${photo.id}` });
  row.querySelector("[data-choice=use]").hidden = Boolean(photo.expired);
  row.querySelector("[data-expired]").textContent = photo.expired;
  list.append(row);
  show(list);
  open.add(row);
  asked(sentence, () => row.querySelector("button:not([hidden])").focus());
  return new Promise((answer) =>
    row.addEventListener("click", ({ target: { dataset } }) => {
      if (!dataset.choice) return;
      close(row);
      answer(dataset.choice);
    }),
  );
}

// The focus goes on to the next question, or back to the text.
function close(row) {
  const hadFocus = row.contains(document.activeElement);
  row.remove();
  open.delete(row);
  list.hidden = !open.size;
  if (!hadFocus) return;
  const next = list.querySelector("button:not([hidden])");
  if (next) next.focus();
  else void editorReady.then((editor) => editor.view.focus());
}

// What is still asked about is in no story yet.
addEventListener("beforeunload", (event) => open.size && event.preventDefault());
