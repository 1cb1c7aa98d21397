// Photos dropped or pasted into the text: taken in at once, each where it was let go, as a figure with its caption.
// While one is on its way, or asked about, a mark in the text says so; writing goes on around it. Each is one step that
// is undone by itself, and its row leaves and comes back with it.

import { pm } from "django-prose-editor/editor";
import { make } from "../canvas/dom.js";
import { decided } from "./asking.js";
import { addPicture, figureOf, idOf, putBack, takeOut } from "./pictures.js";
import { cleaned, cleanedText, read } from "./pasting.js";
import { upload } from "./uploading.js";
import { form } from "./form.js";
import { word } from "./words.js";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const { closeHistory, isHistoryTransaction } = pm.history;
const coming = new PluginKey("coming");
// The photos that the story has only because they were put into its text here.
const cameWithText = new Set();

export function takePastedAndDropped(editor) {
  editor.registerPlugin(marks());
  editor.view.setProps({
    transformPastedHTML: cleaned,
    transformPastedText: cleanedText,
    handlePaste: (view, event) => take(editor, filesOf(event.clipboardData), view.state.selection.from),
    handleDrop: (view, event, _slice, moved) => !moved && take(editor, filesOf(event.dataTransfer), placeUnder(view, event)),
  });
  editor.on("transaction", ({ transaction }) => isHistoryTransaction(transaction) && followRows(transaction));
}

function followRows({ before, doc }) {
  const [had, has] = [before, doc].map(photosIn);
  for (const id of cameWithText) {
    if (had.has(id) && !has.has(id)) takeOut(id);
    if (!had.has(id) && has.has(id)) putBack(id);
  }
}

function photosIn(doc) {
  const found = new Set();
  doc.descendants((node) => void (node.type.name === "image" && found.add(idOf(node.attrs.src))));
  return found;
}

// A word processor adds a picture of what it copies as text; then the text is meant.
function filesOf(data) {
  return read(data?.getData("text/html") ?? "").body.textContent.trim() ? [] : [...(data?.files ?? [])];
}

const placeUnder = (view, { clientX, clientY }) => view.posAtCoords({ left: clientX, top: clientY })?.pos ?? view.state.doc.content.size;

function take(editor, files, position) {
  files.forEach((file) => bring(editor, file, position));
  // Who lets a photo go over the text is at the text: the next key is the text's.
  if (files.length) editor.view.focus();
  return files.length > 0;
}

async function bring(editor, file, position) {
  const mark = {};
  const bar = make("progress", { max: "1", "aria-label": file.name });
  const sign = make("span", { class: "coming" }, `${file.name} `, bar);
  tell(editor, { add: { mark, sign, at: betweenBlocks(editor.state.doc, position) } });
  const progress = (part) => {
    if (part === null) bar.removeAttribute("value");
    else bar.value = part;
    sign.title = part === null ? word("unreachable") : "";
  };
  const { photos, problems } = await decided(file, await upload(file, progress), progress, (sentence, go) => {
    sign.replaceChildren(word("about", { label: file.name, text: sentence }));
    sign.addEventListener("click", go);
  });
  say(problems);
  const at = coming.getState(editor.state).find(undefined, undefined, (spec) => spec.mark === mark)[0]?.from;
  tell(editor, { remove: mark });
  for (const photo of photos) putIn(editor, photo, at ?? editor.state.doc.content.size);
}

function putIn(editor, photo, at) {
  if (addPicture(photo)) cameWithText.add(photo.id);
  const endStep = () => editor.view.dispatch(closeHistory(editor.state.tr));
  endStep();
  editor.commands.insertContentAt(at, figureOf(photo), { updateSelection: false });
  endStep();
}

// After the block in which a position is.
function betweenBlocks(doc, position) {
  const at = doc.resolve(Math.min(position, doc.content.size));
  return at.depth ? at.after(1) : at.pos;
}

const tell = (editor, what) => editor.view.dispatch(editor.state.tr.setMeta(coming, what).setMeta("addToHistory", false));

function say(problems) {
  if (problems.length) form.querySelector("[data-drop-state]").textContent = problems.join(" ");
}

function marks() {
  return new Plugin({
    key: coming,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, set) {
        const moved = set.map(transaction.mapping, transaction.doc);
        const { add, remove } = transaction.getMeta(coming) ?? {};
        if (add) return moved.add(transaction.doc, [Decoration.widget(add.at, add.sign, { mark: add.mark })]);
        if (remove) return moved.remove(moved.find(undefined, undefined, (spec) => spec.mark === remove));
        return moved;
      },
    },
    props: { decorations: (state) => coming.getState(state) },
  });
}
