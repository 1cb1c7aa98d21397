// The edit page of a story: everything here is a convenience; the form works without it, and the server decides.

import { Conflict } from "./conflict.js";
import { count } from "./count.js";
import { dragRows } from "./dragging.js";
import { takePastedAndDropped } from "./dropping.js";
import { offerFinding } from "./finding.js";
import { Findings } from "./findings.js";
import { editorReady, form, show } from "./form.js";
import { Kept } from "./kept.js";
import { previewLeadIn } from "./leadin.js";
import { countLines } from "./lines.js";
import { suggestPeople } from "./people.js";
import { offerPictures } from "./pictures.js";
import { Presence } from "./presence.js";
import { orderRows } from "./rows.js";
import { Saving } from "./saving.js";
import { Session } from "./session.js";
import { listen, pressed, shortcut } from "../shortcuts.js";
import { showStatus } from "./status.js";
import { submitByButton } from "./submitting.js";
import { weave } from "./weaving.js";
import { word } from "./words.js";

const dialog = (name) => document.getElementById(name);

document.documentElement.classList.add("scripted");
show(form.querySelector("[data-characters]").parentElement);

orderRows();
offerPictures();
count();
previewLeadIn();
suggestPeople();
dragRows();
countLines();
offerFinding(form.querySelector("[data-find-panel]"));

const aid = editorReady.then((editor) => {
  const label = dialog(`${form.elements.body.id}_label`);
  editor.view.dom.setAttribute("aria-labelledby", label.id);
  label.addEventListener("click", () => editor.commands.focus());
  takePastedAndDropped(editor);
  return new Findings(form.querySelector("[data-findings]"), editor);
});

const kept = new Kept();
// A story that is out of its writer's sight is shown once more and not saved.
if (!("turnedAway" in form.dataset)) save();

function save() {
  const saving = new Saving({ kept, weave });
  showStatus(saving, kept);
  new Conflict(dialog("conflict"), saving, kept);
  new Session(dialog("session"), saving);
  new Presence(form.querySelector("[data-hindrances]"), saving);
  submitByButton(saving);
  // What could not be checked for want of a connection or a session is checked once a save went through.
  saving.addEventListener("state", async () => saving.state === "saved" && (await aid).ask());
  const submit = () => form.querySelector("[data-submit]")?.click();
  shortcut("Mod-Enter", word("key_submit"), submit);
  // The editor would take this key for the end of a line, which a story's body does not have.
  editorReady.then((editor) => editor.view.dom.addEventListener("keydown", (event) => pressed(event) === "Mod-Enter" && sayInstead(event, submit), true));
  shortcut("Mod-s", word("key_save"), () => void saving.byPerson());
  // What will not be saved on leaving is worth a question.
  addEventListener("beforeunload", (event) => saving.isChanged && !["saved", "changed", "saving", "slow"].includes(saving.state) && event.preventDefault());
}

function sayInstead(event, act) {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!event.isComposing) act();
}

for (const [keys, name] of [["Mod-b", "bold"], ["Mod-Alt-2", "subhead"], ["Mod-Shift-b", "quotation"], ["Mod-k", "link"], ["Mod-z", "undo"], ["Mod-Shift-z", "redo"]]) {
  shortcut(keys, word(`key_${name}`));
}
listen(dialog("keys"));
