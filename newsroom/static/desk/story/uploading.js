// Photos go to the photo desk one by one as soon as they are chosen, dropped or pasted; a lost network is waited for.

import { sendForm } from "../sending.js";
import { form } from "./form.js";
import { word } from "./words.js";

const AGAIN = 10_000;

// The photos that came of a file, what was refused of it and, with `ask`, what it looks like that is here already.
// `progress` is told of a part of one, or null while there is no connection.
export async function upload(file, progress, { ask = true } = {}) {
  for (;;) {
    const answer = await send(file, progress, ask);
    if (answer) return takenIn(answer.said, file);
    progress(null);
    await connection();
  }
}

function send(file, progress, ask) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  if (ask) data.append("ask", "1");
  data.append("photos", file);
  return sendForm(form.dataset.photoAdd, data, { progress });
}

// Whoever is signed out, or may not, is told of no photos.
function takenIn(said, file) {
  if (said?.photos) return said;
  const problem = said ? word("about", { label: file.name, text: said.sentence }) : word("photo_refused", { name: file.name });
  return { photos: [], problems: [problem], alike: [] };
}

const connection = () =>
  new Promise((resolve) => {
    addEventListener("online", resolve, { once: true });
    setTimeout(resolve, AGAIN);
  });
