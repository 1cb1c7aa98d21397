// Keys of a page: whatever says data-press is pressed by that key. Nothing happens while somebody types, and
// what asks first (data-ask) asks whether by key or by hand.

const TYPING = "input, textarea, select, [contenteditable=true]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
  const pressed = document.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
  if (!pressed) return;
  event.preventDefault();
  pressed.click();
});

document.addEventListener("click", (event) => {
  const asking = event.target.closest("[data-ask]");
  if (asking && !confirm(asking.dataset.ask)) event.preventDefault();
});
