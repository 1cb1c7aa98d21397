// Photos go to the photo desk one by one as soon as they are chosen, dropped or pasted; a lost network is waited for.

import { form } from "./form.js";
import { word } from "./words.js";

const AGAIN = 10_000;

// The photos that came of a file, and what was refused of it. `progress` is told of a part of one, or null while
// there is no connection.
export async function upload(file, progress) {
  for (;;) {
    const answer = await send(file, progress);
    if (answer) return answer;
    progress(null);
    await connection();
  }
}

function send(file, progress) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.append("photos", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.photoAdd);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(total ? loaded / total : 0));
    request.addEventListener("load", () => resolve(read(request, file)));
    request.addEventListener("error", () => resolve(null));
    request.send(data);
  });
}

// Whoever is signed out, or may not, is told of no photos.
function read(request, file) {
  try {
    const said = JSON.parse(request.responseText);
    return said.photos ? said : { photos: [], problems: [word("about", { label: file.name, text: said.sentence })] };
  } catch {
    return { photos: [], problems: [word("photo_refused", { name: file.name })] };
  }
}

const connection = () =>
  new Promise((resolve) => {
    addEventListener("online", resolve, { once: true });
    setTimeout(resolve, AGAIN);
  });
