// Who else has this story open and what else stands in the way: said above the form in the server's words; where
// others are is marked thinly at the block. The beat also hears of what others have saved, and brings it in: every ten
// seconds, and at once where the live channel says that the story moved or has another text.

import { pm } from "django-prose-editor/editor";
import { make } from "../canvas/dom.js";
import { live } from "../live.js";
import { editorReady, form } from "./form.js";
import { passages, placeOf } from "./passages.js";
import { addressOf, dataOf, isFiled, post } from "./server.js";
import { word } from "./words.js";

const BEAT = 10_000;
const SOON = 1000;
const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const marks = new PluginKey("presence");
const standing = form.querySelector("[data-standing]");

export class Presence {
  #others = [];
  #editor = null;
  #stands = form.dataset.stands;
  #waiting = null;

  constructor(element, saving) {
    Object.assign(this, { element, saving });
    editorReady.then((editor) => this.#mark(editor));
    setInterval(() => this.beat(), BEAT);
    document.addEventListener("visibilitychange", () => this.beat());
    form.addEventListener("story:filed", () => this.beat());
    addEventListener("pagehide", () => this.#leave());
    live.on("story", (story) => this.#heard(story));
    this.beat();
  }

  async beat() {
    if (document.hidden || !isFiled()) return;
    const { kind, said } = await post(addressOf("present"), dataOf({ place: this.#place }));
    if (kind !== "done") return;
    this.#show(said);
    this.saving.mind(said.closed);
    if (said.version > Number(form.elements.based_on.value)) this.saving.catchUp();
  }

  // What this page has saved itself, it knows.
  #heard({ number, version, state, step, gone }) {
    if (String(number) !== form.dataset.story) return;
    const stands = gone ? "gone" : `${state}.${step}`;
    const moved = stands !== this.#stands;
    this.#stands = stands;
    if (moved || version > Number(form.elements.based_on.value)) this.#beatSoon();
  }

  // Many acts at once are one reason to look.
  #beatSoon() {
    this.#waiting ??= setTimeout(() => ((this.#waiting = null), this.beat()), SOON);
  }

  get #place() {
    const focused = document.activeElement;
    if (this.#editor?.view.hasFocus()) {
      const place = placeOf(this.#editor, this.#editor.state.selection.head);
      return place ? `body:${place.block}` : "body";
    }
    return form.contains(focused) && focused.name ? focused.name : "";
  }

  #leave() {
    if (!isFiled()) return;
    const data = dataOf({ gone: "1" });
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    navigator.sendBeacon(addressOf("present"), data);
  }

  #show({ others, hindrances, state }) {
    this.#others = others;
    // Of a story that was filed in this window the page shows none yet.
    if (standing) standing.innerHTML = state;
    this.#tell(hindrances);
    this.#editor?.view.dispatch(this.#editor.state.tr.setMeta(marks, true).setMeta("addToHistory", false));
  }

  // Only what is new is put in, so that nothing is read aloud at every beat.
  #tell(hindrances) {
    const said = hindrances.map(({ sentence }) => sentence);
    if (said.join() === [...this.element.querySelectorAll("li")].map(({ textContent }) => textContent).join()) return;
    const list = make("ul", { class: "hindrances callout", "aria-label": word("hindrances") });
    list.append(...hindrances.map(({ kind, sentence }) => make("li", { "data-kind": kind }, sentence)));
    this.element.replaceChildren(...(said.length ? [list] : []));
  }

  // A block in which somebody is carries their names, drawn beside it; the document does not change.
  #mark(editor) {
    this.#editor = editor;
    const drawn = (state) => DecorationSet.create(state.doc, this.#marked(state.doc));
    editor.registerPlugin(new Plugin({ key: marks, props: { decorations: drawn } }));
  }

  #marked(doc) {
    const found = passages({ state: { doc } });
    return [...byBlock(this.#others)].flatMap(([block, names]) => {
      const passage = found[block];
      if (!passage) return [];
      const { from, to } = blockAround(doc, passage.from);
      return [Decoration.node(from, to, { class: "somebody-here", "data-who": names.join(" ") })];
    });
  }
}

function byBlock(others) {
  const found = new Map();
  for (const { name, place } of others) {
    const block = /^body:(\d+)$/.exec(place)?.[1];
    if (block) found.set(Number(block), [...(found.get(Number(block)) ?? []), name]);
  }
  return found;
}

const blockAround = (doc, position) => {
  const at = doc.resolve(position);
  return { from: at.before(1), to: at.after(1) };
};
