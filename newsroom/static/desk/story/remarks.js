// Open remarks beside the text that is being edited: their words shine in it and are followed while it changes;
// they are written, answered and ticked off here. The server knows the text as it was saved, so words are looked
// for where the editor is ahead of it.

import { live } from "../live.js";
import { editorReady, form } from "./form.js";
import { highlight, highlighted } from "./highlights.js";
import { passages, placeOf, rangeOf } from "./passages.js";
import { dataOf } from "./server.js";
import { leaveByEscape, sendByKey, shortcut } from "../shortcuts.js";

// An answer is no act that the channel tells of.
const EVERY = 30_000;
// A text longer than this is shown by so much of it.
const LONG = 200;
const SHOWN = 160;
const panel = document.getElementById("edit-remarks");
const part = (name, root = panel) => root.querySelector(`[data-${name}]`);
const typed = panel.querySelector("textarea");
let editor = null;
let shown = "";
let sending = null;

// -- asking and sending

async function ask(address, fields) {
  const body = fields && dataOf(fields);
  body?.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { Accept: "application/json" }, cache: "no-store" });
    const said = await answer.json();
    if (answer.ok) return take(said);
    part("problem").textContent = (said.problems ?? []).join(" ");
  } catch {
    if (fields) part("problem").textContent = part("problem").dataset.unreachable;
  }
  return false;
}

function take(said) {
  const text = JSON.stringify(said);
  if (text !== shown) show(said);
  shown = text;
  return true;
}

// -- where the words are in the editor

const textOf = ({ from, to }) => editor.state.doc.textBetween(from, to, "");

function rangeFor({ field, block, start, end, words, gone }) {
  if (field !== "body" || gone || !words) return null;
  const range = rangeOf(editor, { block, start, end });
  if (range && textOf(range) === words) return range;
  const found = passages(editor)
    .filter(({ text }) => text.includes(words))
    .sort((one, other) => Math.abs(one.index - block) - Math.abs(other.index - block))[0];
  return found ? { from: found.from + found.text.indexOf(words), to: found.from + found.text.indexOf(words) + words.length } : null;
}

// -- the list

function show({ remarks, can_settle }) {
  const standing = new Map(highlighted("remark").map((range) => [range.number, range]));
  const ranges = remarks.map((remark) => ({ number: remark.number, ...(standing.get(remark.number) ?? rangeFor(remark)) }));
  highlight("remark", ranges.filter(({ from }) => from !== undefined));
  keepingFocus(() => part("list").replaceChildren(...remarks.map((remark) => row(remark, can_settle))));
  part("count").textContent = remarks.length;
  part("count").hidden = !remarks.length;
  part("none").hidden = Boolean(remarks.length);
  panel.hidden = false;
}

// The list is made anew; what had the focus in it has it again, or its like in the remark that came into its place.
function keepingFocus(renew) {
  const list = part("list");
  const place = [...list.children].findIndex((one) => one.contains(document.activeElement));
  const [of, name] = place < 0 ? [] : [list.children[place].dataset.remark, document.activeElement.dataset.does];
  renew();
  if (place < 0) return;
  const row = rowOf(of) ?? list.children[Math.min(place, list.children.length - 1)];
  (row?.querySelector(`[data-does="${name}"]`) ?? part("write")).focus();
}

const rowOf = (number) => part("list").querySelector(`[data-remark="${number}"]`);

function row(remark, canSettle) {
  const made = part("one").content.firstElementChild.cloneNode(true);
  made.dataset.remark = remark.number;
  for (const name of ["go", "reply", "settle"]) part(name, made).dataset.does = name;
  part("go", made).textContent = remark.number;
  part("where", made).textContent = remark.field === "body" ? "" : remark.where;
  part("quote", made).textContent = remark.quote;
  part("gone", made).hidden = !remark.gone;
  part("text", made).append(spoken(remark.text));
  part("fact", made).textContent = `${remark.author} ${remark.at}`;
  part("answers", made).replaceChildren(...remark.answers.map(answer));
  part("settle", made).hidden = !canSettle;
  part("go", made).addEventListener("click", () => goTo(remark));
  part("reply", made).addEventListener("click", () => answerTo(remark));
  part("settle", made).addEventListener("click", () => ask(remark.settle, {}));
  return made;
}

function answer({ author, at, text }) {
  const made = Object.assign(document.createElement("div"), { className: "answer" });
  const fact = Object.assign(document.createElement("p"), { className: "fact", textContent: `${author} ${at}` });
  made.append(spoken(text), fact);
  return made;
}

// What somebody said; of a long text the beginning, and the way to read all of it.
function spoken(text) {
  if (text.length <= LONG) return Object.assign(document.createElement("p"), { className: "said", textContent: text });
  const made = part("long").content.firstElementChild.cloneNode(true);
  part("beginning", made).textContent = `${text.slice(0, SHOWN)}…`;
  part("whole", made).textContent = text;
  return made;
}

function goTo({ number, field }) {
  const range = highlighted("remark").find((one) => one.number === number);
  if (range) editor.chain().setTextSelection(range).focus().scrollIntoView().run();
  else if (field !== "body") form.elements[field].focus();
}

// -- writing: a remark on what is selected, or an answer

// `back` gives the focus to where the writing began.
function write({ address, about, back, fields = {} }) {
  sending = { address, fields, back };
  part("about").textContent = about;
  part("problem").textContent = "";
  part("writing").hidden = false;
  typed.focus();
  part("writing").scrollIntoView({ block: "nearest" });
}

function answerTo({ number, answer, text }) {
  write({ address: answer, about: text, back: () => (rowOf(number)?.querySelector("[data-reply]") ?? part("write")).focus() });
}

function writeHere() {
  const { from, to } = editor.state.selection;
  const [place, end] = [placeOf(editor, from), placeOf(editor, to)];
  const text = place && passages(editor)[place.block].text;
  const quote = place && [...text].slice(place.offset, end.block === place.block ? end.offset : undefined).join("");
  if (!quote?.trim()) return (part("problem").textContent = part("problem").dataset.nothing);
  const version = form.elements.based_on.value;
  const back = () => editor.commands.focus();
  write({ address: panel.dataset.address, about: quote, back, fields: { where: `body:${place.block}`, start: place.offset, quote, version } });
}

async function send() {
  if (!sending || !typed.value.trim()) return typed.focus();
  part("problem").textContent = "";
  // Asked for again before it is answered it is not sent twice.
  const asked = sending;
  sending = null;
  const isSent = await ask(asked.address, { ...asked.fields, text: typed.value });
  sending = asked;
  if (isSent) drop();
}

function drop() {
  typed.value = "";
  putAside();
}

// What was typed stays for the next time.
function putAside() {
  part("writing").hidden = true;
  sending?.back();
  sending = null;
}

// What is typed here is no part of the story: nothing of the form has changed.
panel.addEventListener("input", (event) => event.stopPropagation());
part("write").addEventListener("mousedown", (event) => event.preventDefault());
part("write").addEventListener("click", writeHere);
part("send").addEventListener("click", send);
part("cancel").addEventListener("click", drop);
leaveByEscape(typed, putAside);
sendByKey(panel, panel.dataset.sendKey, send);
// By the key's place: on some keyboards Alt makes another letter of it.
shortcut("Alt-m", part("write").dataset.label);
document.addEventListener("keydown", (event) => {
  if (event.altKey && event.code === "KeyM" && !event.ctrlKey && !event.metaKey && editor) {
    event.preventDefault();
    writeHere();
  }
});

editorReady.then((ready) => {
  editor = ready;
  // Out of this person's sight it has no remarks for them, until it is back.
  let isGone = false;
  const renew = () => document.hidden || isGone || ask(panel.dataset.address);
  renew();
  setInterval(renew, EVERY);
  document.addEventListener("visibilitychange", renew);
  live.on("story", ({ number, gone }) => {
    if (String(number) !== form.dataset.story) return;
    isGone = Boolean(gone);
    renew();
  });
});
