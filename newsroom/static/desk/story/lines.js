// How many printed lines the body makes in a column of a chosen page template: the server breaks them as the page
// will. The choice is remembered on this device.

import { remember, remembered } from "../remembering.js";
import { afterPause, body, form, show } from "./form.js";

const CHOICE = "desk:lines";

export function countLines() {
  const box = form.querySelector("[data-lines]");
  const [width, said] = [box.querySelector("select"), box.querySelector("output")];
  let counted = [];

  function tell() {
    const found = counted.find(({ id }) => String(id) === width.value);
    said.textContent = found?.lines ?? "…";
  }
  async function ask() {
    const data = new FormData();
    data.set("body", body.value);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(form.dataset.lines, { method: "POST", body: data, headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    counted = (await answer.json()).widths;
    if (width.options.length !== counted.length) offer(width, counted);
    if (counted.length) show(box);
    tell();
  }
  width.addEventListener("change", (event) => {
    event.stopPropagation();
    remember(CHOICE, width.value);
    tell();
  });
  body.addEventListener("input", afterPause(ask, 600));
  ask();
}

function offer(width, counted) {
  width.replaceChildren(...counted.map(({ id, label }) => new Option(label, id)));
  const chosen = remembered(CHOICE);
  if (counted.some(({ id }) => String(id) === chosen)) width.value = chosen;
}
