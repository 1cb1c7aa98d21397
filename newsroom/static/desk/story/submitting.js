// The buttons of the form: saving stays on the page, and a story can be submitted from it, a save first.

import { form, show } from "./form.js";
import { letOneLead } from "./leading.js";
import { addressOf } from "./server.js";

export function submitByButton(saving) {
  show(...form.querySelectorAll("[data-submit]"));
  letOneLead();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const toSubmit = Boolean(event.submitter?.matches("[data-submit]"));
    const saved = await saving.byPerson({ toSubmit });
    // What is missing is said beside the buttons; whoever has to fill it in is in the right place.
    if (saved && toSubmit && !saving.said.missing) submit();
  });
}

// The act goes as from the story's page: with what was seen, which is the version just saved.
function submit() {
  const act = document.getElementById("submit-story");
  act.action = addressOf("act");
  act.elements.seen.value = `${form.elements.based_on.value}.${form.dataset.stands}`;
  act.elements.csrfmiddlewaretoken.value = form.elements.csrfmiddlewaretoken.value;
  act.submit();
}
