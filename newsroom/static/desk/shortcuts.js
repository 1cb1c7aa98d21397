// The keys of a page in one place: each part names its own, and the list shown by ? is made of them.

import { isTyping, make } from "./canvas/dom.js";
import { remember, remembered } from "./remembering.js";

const known = [];
const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);
// Whoever speaks to their computer, or rests a hand on the keys, turns single letters off: remembered on the device.
const LETTERS = "desk-single-letters";

// `keys` like "Mod-s", "Mod-Shift-x", "F3", "j" or "?"; Mod is Ctrl, on a Mac Command. `act` is told the event; where
// it answers false the key goes on to the browser. Without `act` the key is only listed: somebody else sees to it.
// A key without Mod, but for F1 to F12, counts outside of fields alone.
export function shortcut(keys, label, act = null) {
  known.push({ keys, label, act });
}

const lettersAct = () => remembered(LETTERS) !== "off";

const isBare = (keys) => !/^(Mod-|Alt-|F\d)/.test(keys) && !/^Shift-F\d/.test(keys);
const isLetter = (keys) => /^(Shift-)?.$/.test(keys);

export function pressed(event) {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // A mark that needs Shift on some keyboards is that mark.
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z0-9]/.test(key));
  return `${mod ? "Mod-" : ""}${event.altKey ? "Alt-" : ""}${shift ? "Shift-" : ""}${key}`;
}

// Listens for the keys that were named before, and shows them in the dialog: by ?, by Mod-/ from within a field too,
// and by every button that says data-show-keys.
export function listen(dialog) {
  const show = () => showShortcuts(dialog);
  for (const keys of ["?", "Mod-/"]) shortcut(keys, dialog.dataset.itself, show);
  for (const button of document.querySelectorAll("[data-show-keys]")) {
    button.hidden = false;
    button.addEventListener("click", show);
  }
  const letters = dialog.querySelector("[data-letters]");
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  if (letters) {
    letters.checked = lettersAct();
    letters.addEventListener("change", () => remember(LETTERS, letters.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    const isOthers = isMac ? event.ctrlKey : event.metaKey;
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || isOthers || document.querySelector("dialog[open]")) return;
    const keys = pressed(event);
    if (isBare(keys) && isTyping(event.target)) return;
    if (isLetter(keys) && !lettersAct()) return;
    const found = known.find((one) => one.act && one.keys === keys);
    if (found && found.act(event) !== false) event.preventDefault();
  });
}

// Mod-Enter in a text of several lines in `room` sends that text, and no other of the page: `send` is told which field.
// Ctrl does it on a Mac too, as it does elsewhere on the web.
export function sendByKey(room, label, send) {
  shortcut("Mod-Enter", label);
  room.addEventListener("keydown", (event) => {
    const isMeant = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing;
    if (!isMeant || !event.target.matches("textarea")) return;
    event.preventDefault();
    if (!event.repeat) send(event.target);
  });
}

// Escape in a text field in `room` puts it aside: `leave` is told which field. One that ends a composition does not.
export function leaveByEscape(room, leave) {
  room.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !event.target.matches("textarea, input[type=text]")) return;
    event.preventDefault();
    leave(event.target);
  });
}

function showShortcuts(dialog) {
  const list = dialog.querySelector("[data-keys]");
  list.replaceChildren(...known.flatMap(({ keys, label }) => [make("dt", {}, ...keys.split(/-(?=.)/).map((key) => make("kbd", {}, named(key)))), make("dd", {}, label)]));
  dialog.showModal();
}

function named(key) {
  if (key === "Mod") return isMac ? "⌘" : "Ctrl";
  if (key === "Alt") return isMac ? "⌥" : "Alt";
  if (key === "ArrowDown") return "↓";
  if (key === "ArrowUp") return "↑";
  return key.length === 1 ? key.toUpperCase() : key;
}
