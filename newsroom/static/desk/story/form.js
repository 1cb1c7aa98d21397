// The form of a story and its editor: what every module of the edit page begins from.

export const form = document.getElementById("story-form");
export const body = form.elements.body;

// The editor over the body's field, as soon as it stands.
export const editorReady = new Promise((resolve) =>
  document.addEventListener("prose-editor:ready", (event) => resolve(event.detail.editor), { once: true }),
);

export const show = (...elements) => elements.forEach((element) => (element.hidden = false));

// Call `act` once nothing has happened for `pause` milliseconds.
export function afterPause(act, pause) {
  let waiting;
  return (...what) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => act(...what), pause);
  };
}

// Something in the form changed that no key changed: rows moved, a picture put in.
export const touch = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));
