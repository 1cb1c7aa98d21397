// The keys of a story's page: whatever says data-press is pressed by that key, and `?` shows them all.

import { listen, shortcut } from "./shortcuts.js";

// What a button is called, without the key that stands on it.
export function called(element) {
  const said = [...element.childNodes].filter((node) => node.nodeName !== "KBD");
  return said.map((node) => node.textContent).join("").trim();
}

for (const pressed of document.querySelectorAll("[data-press]")) {
  // A key that is held down signs once.
  shortcut(pressed.dataset.press, called(pressed), (event) => event.repeat || pressed.click());
}
listen(document.getElementById("keys"));
