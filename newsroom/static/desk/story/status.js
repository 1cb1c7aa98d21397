// The state of saving in words, beside the buttons; what stands in the way also above the form. Of what the server
// does not have it is said whether this device has it.

import { form, show } from "./form.js";
import { letOneLead } from "./leading.js";
import { word } from "./words.js";

// A person is told of these aloud; of a save that went well only by the line.
const ALOUD = new Set(["slow", "unreachable", "conflict", "invalid", "refused", "closed", "not_yours", "would_reopen", "somebody_else", "signed_out"]);
const LOST = new Set(["not_yours", "somebody_else"]);
// What a person does about it, by the button beside the line.
const WAYS_ON = { conflict: "decide", signed_out: "sign_in", somebody_else: "sign_in" };
// What is on its way to the server needs no second word.
const ON_ITS_WAY = new Set(["saved", "changed", "saving", "csrf"]);

export function showStatus(saving, kept) {
  const line = form.querySelector("[data-save-state]");
  const device = form.querySelector("[data-kept-state]");
  const aloud = form.querySelector("[data-save-aloud]");
  const lost = form.querySelector("[data-lost]");
  const decide = form.querySelector("[data-decide-now]");

  const basedOn = form.querySelector("[data-based-on]");
  const leave = form.querySelector("[data-leave]");
  // Nothing is dropped by leaving a page that saves by itself.
  leave.textContent = word("close");

  function tell() {
    if (saving.state === "saved" && saving.said) {
      if (basedOn) basedOn.textContent = word("based_on", { number: saving.said.version });
      leave.href = saving.said.story;
    }
    line.textContent = sentenceOf(saving);
    line.dataset.state = isNotSubmitted(saving) ? "invalid" : saving.state;
    tellKept();
    sayAloud();
    const wrong = markWrong(saving);
    decide.hidden = !(wrong || saving.state in WAYS_ON);
    decide.textContent = word(wrong ? "go_there" : (WAYS_ON[saving.state] ?? "decide"));
    letOneLead();
    lost.hidden = !LOST.has(saving.state);
    if (!lost.hidden) lost.querySelector("[data-why]").textContent = saving.said?.sentence ?? "";
  }

  function tellKept() {
    device.textContent = kept.state && !ON_ITS_WAY.has(saving.state) ? word(kept.state) : "";
    device.dataset.state = kept.state;
    lost.querySelector("[data-offered]").hidden = kept.state !== "kept";
    // Not at every word that is being written down, and the same sentence once.
    if (kept.state !== "keeping") sayAloud();
  }

  function sayAloud() {
    const isHeard = ALOUD.has(saving.state) || saving.said?.merged || isNotSubmitted(saving);
    const onDevice = kept.state === "keeping" ? "" : device.textContent;
    const said = isHeard ? `${line.textContent} ${onDevice}`.trim() : "";
    if (aloud.textContent !== said) aloud.textContent = said;
  }
  saving.addEventListener("state", tell);
  saving.addEventListener("unsubmitted", tell);
  kept.addEventListener("state", tellKept);
  form.addEventListener("story:filed", tellFiled);
  decide.addEventListener("click", () => (saving.state in WAYS_ON ? saving.rest(saving.state, saving.said) : goTo(markWrong(saving))));
  offerCopying(lost.querySelector("[data-copy]"));
}

// The fields that the server would not have are marked as such; answers the first that can be gone to.
function markWrong({ said }) {
  const wrong = new Set(Object.keys(said?.errors ?? {}));
  const fields = [...form.elements].filter(({ name }) => name && name !== "body");
  for (const field of fields) {
    if (wrong.has(field.name)) field.setAttribute("aria-invalid", "true");
    else if (field.hasAttribute("aria-invalid")) field.removeAttribute("aria-invalid");
  }
  return fields.find(({ name, type }) => wrong.has(name) && type !== "hidden") ?? null;
}

function goTo(field) {
  field?.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}

// The page of a new story has become the page of that story.
function tellFiled({ detail }) {
  const story = form.elements.headline.value.trim().replaceAll("\n", " ") || `#${detail.number}`;
  const title = word("edit_story", { story });
  form.querySelector("h1").textContent = title;
  document.title = document.title.replace(/^[^·]*·/, () => `${title} ·`);
  form.querySelector("[data-save]").textContent = word("save");
}

// Whether a story is saved that was to be submitted and is not: it lacks something, or it could not be saved then.
const isNotSubmitted = ({ state, said, isUnsubmitted }) => state === "saved" && Boolean(said?.missing || isUnsubmitted);

function sentenceOf({ state, said, isUnsubmitted }) {
  if (state === "saved") return said ? savedSentence(said, isUnsubmitted) : "";
  if (state === "changed") return word("changed");
  if (state === "saving") return word("saving");
  if (state === "slow") return word("slow");
  if (state === "unreachable") return word(isUnsubmitted ? "unreachable_unsubmitted" : "unreachable");
  if (state === "signed_out") return word("signed_out");
  if (state === "somebody_else") return word("not_saved_other");
  if (state === "conflict") return word(said?.is_own ? "conflict_own" : "conflict");
  if (state === "csrf") return word("saving");
  if (state === "closed") return closedSentence(said);
  return word(state === "invalid" ? "invalid" : "not_saved", { why: said?.sentence ?? said?.sentences?.join(" ") ?? word("refused") });
}

// Whose words came in with a save is said in the server's sentence.
function savedSentence({ merged, sentence, version, at_text, missing }, isUnsubmitted) {
  if (missing) return word("not_submitted", { number: version, why: missing });
  if (isUnsubmitted) return word("saved_unsubmitted", { number: version, time: at_text });
  return merged?.with.length ? `${sentence} ${at_text}` : word("saved_as", { number: version, time: at_text });
}

const closedSentence = ({ version, at_text: time, sentence }) => (version ? word("saved_closed", { number: version, time, why: sentence }) : sentence);

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
