// What is pasted. Only the house's own photos are stored in a text. What else is pasted would vanish with the
// save, so it does not come in at all, and the hint under the text says where pictures do.

import { form, show } from "./form.js";

const HOUSE_PHOTO = /^\/desk\/photos\/\d+\/preview$/;
const pasteHint = form.querySelector("[data-paste-hint]");

function withoutForeignImages(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const foreign = [...page.querySelectorAll("img, picture")].filter((image) => !HOUSE_PHOTO.test(image.getAttribute("src")));
  for (const image of foreign) (image.closest("figure") ?? image).remove();
  if (foreign.length) show(pasteHint);
  return foreign.length ? page.body.innerHTML : html;
}

function refuseImageFiles(_view, event) {
  const data = event.clipboardData ?? event.dataTransfer;
  if ([...(data?.files ?? [])].some((file) => file.type.startsWith("image/"))) show(pasteHint);
  return false;
}

export function cleanWhatIsPasted(editor) {
  editor.view.setProps({ transformPastedHTML: withoutForeignImages, handlePaste: refuseImageFiles, handleDrop: refuseImageFiles });
}
