// What was typed, put into the form again from a copy kept on this device.

import { showCount } from "./count.js";
import { editorReady, form, touch } from "./form.js";
import { showLeadIn } from "./leadin.js";
import { showPictureRow } from "./pictures.js";
import { inWrittenOrder, rowsOf, takeOverRows } from "./rows.js";

export async function takeOver(fields) {
  takeOverRows(fields);
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name];
    if (!field || name.endsWith("_FORMS")) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
  inWrittenOrder();
  rowsOf("pictures").forEach(showPictureRow);
  showCount();
  showLeadIn();
  (await editorReady).commands.setContent(fields.body);
  touch(form);
}
