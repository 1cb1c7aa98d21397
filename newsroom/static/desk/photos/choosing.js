// Choosing many photos of the list: all between two with Shift, by pointer or by the space bar.

import { reach } from "../reaching.js";

export function offerChoosing() {
  const form = document.getElementById("chosen");
  if (!form) return;
  const boxes = [...document.querySelectorAll("input[name=photo][form=chosen]")];
  const count = form.querySelector("[data-chosen-count]");
  let last = null;

  function tell() {
    const chosen = boxes.filter((box) => box.checked).length;
    count.textContent = count.dataset.words.replace("{count}", chosen);
  }

  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) reach(boxes, last, box);
      last = box;
      tell();
    });
  }
  const chooseAll = (checked) => () => (boxes.forEach((box) => (box.checked = checked)), tell());
  form.querySelector("[data-choose-all]").addEventListener("click", chooseAll(true));
  form.querySelector("[data-choose-none]").addEventListener("click", chooseAll(false));
  for (const hidden of form.querySelectorAll("[hidden]")) hidden.hidden = false;
  // A browser that goes back fills the boxes after this.
  addEventListener("pageshow", tell);
}
