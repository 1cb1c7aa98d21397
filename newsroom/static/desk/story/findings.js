// The proofreading aid beside the text: what the server's checks find in the form as it stands, underlined in the
// text, mended by one key, or right so. It never moves the caret but for who asks to go somewhere.

import { keyed, make } from "../canvas/dom.js";
import { remember, remembered } from "../remembering.js";
import { typed, sameness } from "./content.js";
import { afterPause, body, form, touch } from "./form.js";
import { highlight, highlighted } from "./highlights.js";
import { rangeOf, unitsOf } from "./passages.js";
import { fieldOf, rowsOf } from "./rows.js";
import { addressOf, dataOf, isFiled, post } from "./server.js";
import { shortcut } from "../shortcuts.js";
import { counted, word } from "./words.js";

const PAUSE = 800;
const SWITCH = "proofreading:hidden";

export class Findings {
  #shown = [];
  #accepted = [];
  #similar = [];
  #current = null;
  #gap = -0.5;
  #asked = 0;
  #checked = null;
  // What was said to be right so before the story had a number.
  #unfiled = [];

  constructor(panel, editor) {
    Object.assign(this, { panel, editor });
    for (const name of ["list", "state", "switch", "accepted", "accepted-list", "similar", "similar-list"]) {
      this[name] = panel.querySelector(`[data-${name}]`);
    }
    this.switch.addEventListener("click", () => this.#turn(!this.isHidden));
    this.askSoon = afterPause(() => this.ask(), PAUSE);
    for (const happening of ["input", "change", "compositionend"]) form.addEventListener(happening, () => this.#changed());
    form.addEventListener("compositionstart", () => (this.composing = true), true);
    form.addEventListener("compositionend", () => (this.composing = false), true);
    form.addEventListener("story:filed", () => this.#sendUnfiled());
    shortcut("F8", word("key_finding_next"), () => this.#step(1));
    shortcut("Shift-F8", word("key_finding_previous"), () => this.#step(-1));
    shortcut("F9", word("key_finding_mend"), () => this.#mendOrGo());
    shortcut("Shift-F9", word("key_finding_right_so"), () => this.#sayRightSo(this.#here()));
    panel.hidden = false;
    this.#turn(remembered(SWITCH) === "1");
  }

  get isHidden() {
    return this.switch.getAttribute("aria-pressed") === "false";
  }

  #turn(hidden) {
    remember(SWITCH, hidden ? "1" : "");
    this.switch.setAttribute("aria-pressed", String(!hidden));
    this.panel.classList.toggle("resting", hidden);
    this.#checked = null;
    if (hidden) this.#show({ findings: [], accepted: [], similar: [] }, "");
    else this.ask();
  }

  // An answer on its way is about a text that stands no more.
  #changed() {
    this.#asked += 1;
    if (!this.isHidden) this.askSoon();
  }

  async ask() {
    const fields = typed();
    const same = sameness(fields);
    if (this.isHidden || this.composing || same === this.#checked) return;
    const asked = ++this.#asked;
    const answer = await this.#answer(fields);
    if (asked !== this.#asked || this.isHidden) return;
    if (answer) this.#checked = same;
    if (answer) this.#show(answer, null);
    else this.state.textContent = word("finding_unreachable");
  }

  async #answer(fields) {
    const data = dataOf(fields);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (isFiled()) data.set("number", form.dataset.story);
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: data, headers: { Accept: "application/json" } });
      return answer.ok && !answer.redirected ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  #show({ findings, accepted, similar }, state) {
    const seen = new Map();
    this.#shown = findings.filter((one) => !this.#unfiled.some((other) => isSame(one, other)));
    for (const finding of this.#shown) {
      const key = `${finding.check} ${finding.field} ${finding.known_as}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      finding.key = `${key} ${seen.get(key)}`;
    }
    this.#accepted = accepted;
    this.#similar = similar;
    this.#current = this.#shown.find(({ key }) => key === this.#current?.key) ?? null;
    this.#underline();
    this.#draw(state);
  }

  #underline() {
    const ranges = this.#shown.filter(({ field }) => field === "body").map((finding) => ({ ...rangeOf(this.editor, finding), key: finding.key }));
    highlight("finding", ranges.filter(({ from, to }) => from < to));
  }

  #draw(state = null) {
    const said = state ?? (this.#shown.length ? counted("finding_count", this.#shown.length) : word("finding_none"));
    if (this.state.textContent !== said) this.state.textContent = said;
    keyed(this.list, this.#shown.map((finding) => [finding.key, finding]), (finding) => this.#item(finding), (element, finding) => {
      element.finding = finding;
      element.toggleAttribute("data-current", finding === this.#current);
    });
    this.accepted.hidden = !this.#accepted.length;
    this.accepted.querySelector("summary").textContent = counted("finding_accepted", this.#accepted.length);
    this["accepted-list"].replaceChildren(...this.#accepted.map((row) => this.#acceptedItem(row)));
    this.similar.hidden = !this.#similar.length;
    this["similar-list"].replaceChildren(...this.#similar.map(similarItem));
  }

  #item(finding) {
    const element = make("li", { class: finding.severity });
    const go = make("button", { type: "button", class: "place" }, make("strong", {}, finding.name), " ", make("small", {}, finding.severity_name));
    go.addEventListener("click", () => this.goTo(element.finding));
    const mends = finding.suggestions.map((suggestion, number) => {
      const button = make("button", { type: "button", class: "button small", lang: "zh-Hans" }, suggestion || word("finding_take_out"));
      button.setAttribute("aria-label", suggestion ? word("finding_mend", { suggestion }) : word("finding_take_out"));
      button.addEventListener("click", () => this.mend(element.finding, number));
      return button;
    });
    const right = make("button", { type: "button", class: "button small" }, word("finding_right_so"));
    right.addEventListener("click", () => this.#sayRightSo(element.finding));
    element.append(go, ...(finding.quote ? [quoted(finding)] : []), make("p", {}, finding.message), make("p", { class: "mends" }, ...mends, right));
    return element;
  }

  #acceptedItem(row) {
    const again = make("button", { type: "button", class: "button small" }, word("finding_again"));
    again.addEventListener("click", () => this.#again(row));
    return make("li", {}, make("p", {}, make("strong", {}, row.name), " ", make("span", { lang: "zh-Hans" }, row.known_as), " ", make("small", {}, `${row.who} ${row.at}`)), again);
  }

  // -- going there

  // From the one that is here; where one has just been dealt with, from the gap that it left.
  #step(by) {
    const count = this.#shown.length;
    if (!count) return;
    const here = this.#shown.indexOf(this.#here());
    const at = here >= 0 ? here : this.#gap;
    const next = by > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1;
    this.goTo(this.#shown[(next + count) % count]);
  }

  // Nothing is mended unseen: where no finding is chosen, the key goes to the next one.
  #mendOrGo() {
    const finding = this.#here();
    if (finding) this.mend(finding);
    else this.#step(1);
  }

  goTo(finding) {
    this.#current = finding;
    this.#draw();
    const item = [...this.list.children].find((element) => element.finding === finding);
    item?.scrollIntoView({ block: "nearest" });
    if (finding.field === "body") {
      const range = this.#rangeNow(finding);
      if (range) this.editor.chain().focus().setTextSelection(range).scrollIntoView().run();
      return;
    }
    const field = fieldOfFinding(finding);
    field?.focus();
    if (field?.setSelectionRange && finding.text) field.setSelectionRange(...unitsIn(field, finding));
  }

  // Where the words of a finding stand by now; null where they changed.
  #rangeNow(finding) {
    const range = highlighted("finding").find(({ key }) => key === finding.key);
    if (!range || this.editor.state.doc.textBetween(range.from, range.to) !== finding.text) return null;
    return { from: range.from, to: range.to };
  }

  // The finding that the caret stands in, or else the one that was gone to.
  #here() {
    if (!this.editor.isFocused) return this.#current;
    const { from, to } = this.editor.state.selection;
    const range = highlighted("finding").find((one) => one.from <= from && one.to >= to);
    return this.#shown.find(({ key }) => key === range?.key) ?? this.#current;
  }

  // -- mending

  mend(finding, number = 0) {
    const suggestion = finding?.suggestions[number];
    if (suggestion === undefined || !this.#replace(finding, suggestion)) return;
    this.#leave(finding);
    this.ask();
  }

  // One step of the editor, or of the field, that can be undone as such.
  #replace(finding, suggestion) {
    if (finding.field === "body") {
      const range = this.#rangeNow(finding);
      if (!range) return false;
      const { tr } = this.editor.state;
      this.editor.view.dispatch(suggestion ? tr.insertText(suggestion, range.from, range.to) : tr.delete(range.from, range.to));
      touch(body);
      return true;
    }
    const field = fieldOfFinding(finding);
    const [start, end] = field ? unitsIn(field, finding) : [];
    if (field?.value.slice(start, end) !== finding.text) return false;
    field.focus();
    field.setSelectionRange(start, end);
    document.execCommand(suggestion ? "insertText" : "delete", false, suggestion);
    return true;
  }

  #leave(finding) {
    const at = this.#shown.indexOf(finding);
    this.#shown.splice(at, 1);
    this.#gap = at - 0.5;
    this.#current = null;
    highlight("finding", highlighted("finding").filter(({ key }) => key !== finding.key));
    this.#draw();
  }

  // -- right so

  async #sayRightSo(finding) {
    if (!finding) return;
    this.#leave(finding);
    if (!isFiled()) return this.#unfiled.push(finding);
    // Refused or not, what the server says next is what stands.
    await rightSo(finding);
    this.#fresh();
  }

  async #sendUnfiled() {
    await Promise.all(this.#unfiled.splice(0).map((finding) => rightSo(finding)));
    this.#fresh();
  }

  async #again(row) {
    await rightSo(row, { again: "1" });
    this.#fresh();
  }

  #fresh() {
    this.#checked = null;
    this.ask();
  }
}

const isSame = (one, other) => one.check === other.check && one.known_as === other.known_as;

async function rightSo({ check, known_as }, more = {}) {
  return (await post(addressOf("right-so"), dataOf({ check, known_as, ...more }))).kind === "done";
}

// The quotation with the very place marked.
const quoted = ({ before, text, after }) => make("p", { class: "quote", lang: "zh-Hans" }, before, make("mark", {}, text), after);

function similarItem({ address, headline, percent, state, filed }) {
  const link = make("a", { href: address, target: "_blank", rel: "noopener" }, headline);
  return make("li", {}, link, " ", make("small", {}, `${word("finding_in_common", { percent })} · ${state} · ${filed}`));
}

// The field of the form that a finding outside the body is about.
function fieldOfFinding({ field, block }) {
  if (field !== "caption" && field !== "credit") return form.elements[field] ?? null;
  const rows = rowsOf("pictures").filter((row) => !fieldOf(row, "DELETE").checked && fieldOf(row, "photo").value);
  return rows[block] ? fieldOf(rows[block], field) : null;
}

// Places count from the stripped text, in code points.
function unitsIn(field, { start, end }) {
  const before = field.value.length - field.value.trimStart().length;
  const text = field.value.trim();
  return [before + unitsOf(text, start), before + unitsOf(text, end)];
}
