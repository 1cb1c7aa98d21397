// The edit page of a story: everything here is a convenience; the form works without it, and the server decides.

import { takeOver } from "./content.js";
import { count } from "./count.js";
import { editorReady, form, show } from "./form.js";
import { previewLeadIn } from "./leadin.js";
import { cleanWhatIsPasted } from "./pasting.js";
import { offerPictures } from "./pictures.js";
import { orderRows } from "./rows.js";

document.documentElement.classList.add("scripted");
show(form.querySelector(".counter"));

orderRows();
offerPictures();
count();
previewLeadIn();

editorReady.then((editor) => {
  const label = document.getElementById(`${form.elements.body.id}_label`);
  editor.view.dom.setAttribute("aria-labelledby", label.id);
  label.addEventListener("click", () => editor.commands.focus());
  cleanWhatIsPasted(editor);
});

form.addEventListener("kept:take-over", (event) => takeOver(event.detail));

// Nobody loses a text by leaving.
let changed = false;
form.addEventListener("input", () => (changed = true));
form.addEventListener("submit", () => (changed = false));
addEventListener("beforeunload", (event) => changed && event.preventDefault());
