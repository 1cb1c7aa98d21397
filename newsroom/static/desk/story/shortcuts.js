// The keys of the edit page in one place: each part names its own, and the list shown by ? is made of them.

import { make } from "../canvas/dom.js";

const known = [];
const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

// `keys` like "Mod-s", "Mod-Shift-x", "F3" or "?"; Mod is Ctrl, on a Mac Command. `act` is told the event; where it
// answers false the key goes on to the browser. Without `act` the key is only listed: the editor sees to it.
// A key without Mod, but for F1 to F12, counts outside of fields alone.
export function shortcut(keys, label, act = null) {
  known.push({ keys, label, act });
}

const isTyping = (element) => element?.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]");

function pressed(event) {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // A mark that needs Shift on some keyboards is that mark.
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z0-9]/.test(key));
  return `${mod ? "Mod-" : ""}${event.altKey ? "Alt-" : ""}${shift ? "Shift-" : ""}${key}`;
}

export function listen(dialog) {
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const keys = pressed(event);
    const found = known.find((one) => one.act && one.keys === keys);
    if (!found || (isTyping(event.target) && !/^(Mod-|Alt-|F\d)/.test(keys) && !/^Shift-F\d/.test(keys))) return;
    if (found.act(event) !== false) event.preventDefault();
  });
}

export function showShortcuts(dialog) {
  const list = dialog.querySelector("[data-keys]");
  list.replaceChildren(...known.flatMap(({ keys, label }) => [make("dt", {}, ...keys.split(/-(?=.)/).map((key) => make("kbd", {}, named(key)))), make("dd", {}, label)]));
  dialog.showModal();
}

function named(key) {
  if (key === "Mod") return isMac ? "⌘" : "Ctrl";
  if (key === "Alt") return isMac ? "⌥" : "Alt";
  return key.length === 1 ? key.toUpperCase() : key;
}
