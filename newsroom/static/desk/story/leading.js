// Of the buttons in the bar one leads: the way on, where something keeps the text from being saved; otherwise
// submitting, where that can be done; otherwise saving. A page that saves itself offers to save quietly.

import { form } from "./form.js";

const ORDER = ["[data-decide-now]", "[data-submit]", "[data-save]"];

export function letOneLead() {
  const bar = form.querySelector(".savebar");
  const leads = ORDER.map((which) => bar.querySelector(which)).find((button) => button && !button.hidden);
  for (const button of bar.querySelectorAll(".button")) button.classList.toggle("primary", button === leads);
}
