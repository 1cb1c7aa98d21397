// Lists by keyboard; everything here can be done without it.

import { listen, shortcut } from "../shortcuts.js";
import { choose, watchChoice } from "./choosing.js";
import { currentRow, step } from "./rows.js";

const words = JSON.parse(document.getElementById("list-words").textContent);

function focusOn(selector) {
  const found = document.querySelector(selector);
  found?.focus();
  found?.select?.();
  return Boolean(found);
}

shortcut("j", words.next, () => step(1, { fromOutside: true }));
shortcut("k", words.previous, () => step(-1, { fromOutside: true }));
// Arrows scroll the page until somebody stands in a row.
shortcut("ArrowDown", words.next, () => step(1, { fromOutside: false }));
shortcut("ArrowUp", words.previous, () => step(-1, { fromOutside: false }));
shortcut("Enter", words.open);
if (document.getElementById("bulk")) {
  shortcut("x", words.choose, () => choose(currentRow()));
  shortcut("Shift-x", words.range, () => choose(currentRow(), { range: true }));
  shortcut("d", words.deed, () => focusOn("#deed"));
  watchChoice();
}
const SEARCH = "[role=search] input:not([type=hidden])";
if (document.querySelector(SEARCH)) shortcut("/", words.search, () => focusOn(SEARCH));
if (document.querySelector("[data-new]")) shortcut("n", words.new, () => document.querySelector("[data-new]").click());

listen(document.getElementById("keys"));
