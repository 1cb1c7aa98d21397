// The state of saving in words, beside the buttons; what stands in the way also above the form.

import { form, show } from "./form.js";
import { word } from "./words.js";

// A person is told of these aloud; of a save that went well only by the line.
const ALOUD = new Set(["unreachable", "conflict", "invalid", "refused", "moved", "not_yours", "would_reopen", "somebody_else", "signed_out"]);
const LOST = new Set(["moved", "not_yours", "somebody_else"]);

export function showStatus(saving) {
  const line = form.querySelector("[data-save-state]");
  const aloud = form.querySelector("[data-save-aloud]");
  const lost = form.querySelector("[data-lost]");
  const decide = form.querySelector("[data-decide-now]");

  function tell() {
    const said = sentenceOf(saving);
    line.textContent = said;
    line.dataset.state = saving.state;
    aloud.textContent = ALOUD.has(saving.state) ? said : "";
    decide.hidden = !["conflict", "signed_out"].includes(saving.state);
    lost.hidden = !LOST.has(saving.state);
    if (!lost.hidden) lost.querySelector("[data-why]").textContent = saving.said?.sentence ?? "";
  }
  saving.addEventListener("state", tell);
  decide.addEventListener("click", () => saving.rest(saving.state, saving.said));
  offerCopying(lost.querySelector("[data-copy]"));
}

function sentenceOf({ state, said }) {
  if (state === "saved") return said?.version ? word("saved_as", { number: said.version, time: said.at_text }) : "";
  if (state === "changed") return word("changed");
  if (state === "saving") return word("saving");
  if (state === "unreachable") return word("unreachable");
  if (state === "signed_out") return word("signed_out");
  if (state === "csrf") return word("saving");
  return word("not_saved", { why: said?.sentence ?? said?.sentences?.join(" ") ?? word("refused") });
}

// Browsers let a page write to the clipboard in a secure context alone; elsewhere the text is marked by hand.
function offerCopying(button) {
  if (!navigator.clipboard) return;
  show(button);
  button.addEventListener("click", async () => {
    const text = ["kicker", "headline", "subhead"].map((name) => form.elements[name].value);
    await navigator.clipboard.writeText([...text, document.querySelector(".ProseMirror[contenteditable]").innerText].join("\n"));
    button.textContent = word("copied");
  });
}
