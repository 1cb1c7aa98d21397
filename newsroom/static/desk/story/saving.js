// Saves what is typed: some seconds after a pause, at the latest half a minute after the first letter, and on
// leaving. One save at a time: the next begins when the last was answered. Typing never waits for any of it.

import { contentNow, isBegun, sameness, typed } from "./content.js";
import { form } from "./form.js";
import { newName } from "./naming.js";
import { addressOf, filingAddress, fitsALeaving, isFiled, post } from "./server.js";

const PAUSE = 3000;
const LONGEST = 30_000;
const FIRST_RETRY = 2000;
const LAST_RETRY = 60_000;
// After so long without an answer a person wants to know why.
const SLOW = 5000;

// What a person has to see to before anything is saved by itself again.
const RESTS = new Set(["conflict", "csrf", "signed_out", "somebody_else", "closed", "not_yours", "would_reopen"]);

// The story is not this person's to save now: nothing of theirs is unsaved, or something is.
const CLOSED = new Set(["closed", "not_yours"]);
// As what the server refuses a save then.
const REFUSED_AS_CLOSED = new Set(["moved", "not_yours"]);

// "state" is told of every change of `state`: saved, changed, saving, slow, unreachable, invalid, refused, or one of
// RESTS. `said` is the server's last word. "unsubmitted" is told where the story was to be submitted and could not be
// saved: what saves itself later submits nothing, and `isUnsubmitted` stays until somebody asks for a save again.
export class Saving extends EventTarget {
  state = "saved";
  said = null;
  isUnsubmitted = false;
  #settled;
  #waiting = null;
  #since = null;
  #sending = null;
  #asked = false;
  #composing = false;
  #retry = FIRST_RETRY;
  // As which version and when it was last saved here.
  #saved = null;

  // `kept` is the copy on this device; `weave` puts what others saved into the form, and tells of what it cannot.
  constructor({ kept, weave }) {
    super();
    Object.assign(this, { kept, weave });
    this.#settled = sameness(typed());
    // A save has one name until it is answered: what the server may hold of it already is known again by that.
    this.name = Object.assign(document.createElement("input"), { type: "hidden", name: "attempt", value: newName() });
    form.append(this.name);
    this.#listen();
  }

  #listen() {
    for (const happening of ["input", "change"]) form.addEventListener(happening, () => this.changed());
    form.addEventListener("compositionstart", () => (this.#composing = true));
    form.addEventListener("compositionend", () => ((this.#composing = false), this.changed()));
    addEventListener("offline", () => this.state === "changed" && this.tryAgain());
    addEventListener("online", () => this.state === "unreachable" && this.now());
    addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.#leave());
  }

  get isChanged() {
    return sameness(typed()) !== this.#settled;
  }

  // By itself a new story is filed from the first word on, and not for a choice.
  get #isToSave() {
    return this.isChanged && (isFiled() || isBegun());
  }

  get isResting() {
    return RESTS.has(this.state);
  }

  changed() {
    this.#since ??= Date.now();
    if (CLOSED.has(this.state)) this.#close(this.said.sentence);
    if (this.isResting) return;
    if (this.state !== "unreachable") this.#wait(Math.max(0, Math.min(PAUSE, this.#since + LONGEST - Date.now())));
    if (!["saved", "invalid", "refused"].includes(this.state) || !this.isChanged) return;
    // A device that knows that it has no network need not try first.
    if (navigator.onLine) this.#become("changed", this.said);
    else this.tryAgain();
  }

  // Save by itself, if there is anything to save and nothing that a person has to see to first.
  async now() {
    if (this.#sending || this.#composing || this.isResting || !this.#isToSave) return;
    await this.#save(false);
  }

  // Save because somebody asked for it, perhaps `toSubmit` the story then; whether everything is saved now.
  async byPerson({ toSubmit = false } = {}) {
    this.isUnsubmitted = false;
    if (["conflict", "closed"].includes(this.state)) this.#become(this.state, this.said);
    else {
      while (this.#sending) await this.#sending;
      await this.#save(true, toSubmit);
    }
    const isSaved = this.state === "saved";
    this.isUnsubmitted = toSubmit && !isSaved;
    if (this.isUnsubmitted) this.dispatchEvent(new Event("unsubmitted"));
    return isSaved;
  }

  // Bring in what others have saved meanwhile.
  async catchUp() {
    if (!this.#sending && !this.#composing && !this.isResting) await this.#save(false);
  }

  // Why the story is closed to this person, as soon as it is; empty as long as it is not, or is open to them again:
  // then what was typed meanwhile is saved.
  async mind(closed) {
    while (this.#sending) await this.#sending;
    const isClosed = CLOSED.has(this.state);
    if (closed && this.said?.sentence !== closed) this.#close(closed);
    if (closed || !isClosed) return;
    this.#become(this.isChanged ? "changed" : "saved");
    this.changed();
  }

  // What both had changed is decided, by somebody.
  async decided() {
    this.#become("changed");
    await this.goOn(true);
  }

  // What stood in the way is seen to: the save goes again as it was meant, by somebody or by itself.
  async goOn(asked = this.#asked) {
    while (this.#sending) await this.#sending;
    await this.#save(asked);
  }

  tryAgain() {
    this.#become("unreachable");
    this.#wait(this.#retry);
    this.#retry = Math.min(2 * this.#retry, LAST_RETRY);
  }

  rest(kind, said) {
    clearTimeout(this.#waiting);
    this.#become(kind, said);
  }

  // That a story moved on is worth a warning only where something of this person's is not in it.
  #close(sentence) {
    this.rest(this.isChanged ? "not_yours" : "closed", { ...this.#saved, sentence });
  }

  #wait(pause) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.now(), pause);
  }

  async #save(asked, toSubmit = false) {
    clearTimeout(this.#waiting);
    this.#asked = asked;
    this.#sending = this.#send(asked, toSubmit);
    await this.#sending;
    this.#sending = null;
    if (this.state === "changed") this.changed();
  }

  async #send(asked, toSubmit) {
    const sent = { content: contentNow(), settled: sameness(typed()), filing: filing() };
    this.#since = null;
    this.kept.keep();
    this.#become("saving");
    const slow = setTimeout(() => this.#become("slow"), SLOW);
    const answer = await post(isFiled() ? addressOf("save") : filingAddress(), dataOf(asked, toSubmit));
    clearTimeout(slow);
    if (sent.filing !== filing()) this.#become("changed");
    else if (answer.kind === "done") await this.#settle(answer.said, sent);
    else if (answer.kind === "unreachable") this.tryAgain();
    else if (answer.kind === "conflict") await this.#part(answer.said, sent);
    else if (REFUSED_AS_CLOSED.has(answer.kind)) this.#close(answer.said.sentence);
    else this.#become(answer.kind, answer.said);
  }

  async #settle(said, sent) {
    this.#retry = FIRST_RETRY;
    if (!isFiled()) becomeFiled(said);
    const typedSince = sameness(typed()) !== sent.settled;
    const parted = said.merged ? await this.weave(sent.content, said.merged.content) : [];
    if (parted.length) return this.#become("conflict", { ...said, is_own: said.merged.is_own, parted });
    form.elements.based_on.value = said.version;
    this.name.value = newName();
    this.#settled = typedSince ? sent.settled : sameness(typed());
    this.kept.acknowledge(this.#settled);
    this.#saved = { version: said.version, at_text: said.at_text };
    this.#become(this.isChanged ? "changed" : "saved", said);
    if (said.closed) this.#close(said.closed);
  }

  async #part(said, sent) {
    const parted = await this.weave.aroundConflict(sent.content, said);
    this.#become("conflict", { ...said, parted });
  }

  // A save that is on its way already goes on without the page; what was typed since is on this device.
  #leave() {
    if (this.#sending || this.isResting || !this.#isToSave) return;
    this.kept.keep();
    if (fitsALeaving(dataOf(false))) this.#save(false);
  }

  #become(state, said = null) {
    this.state = state;
    this.said = said;
    this.dispatchEvent(new Event("state"));
  }
}

// Under which name a new story is filed: another one's text may have been taken over while a save was on its way.
const filing = () => !isFiled() && form.elements.filing_token.value;

function dataOf(asked, toSubmit = false) {
  const data = new FormData(form);
  data.set("continues", data.get("attempt"));
  if (!asked) data.set("autosave", "1");
  if (toSubmit) data.set("to_submit", "1");
  return data;
}

// From now on this page edits the story that it has filed.
function becomeFiled(said) {
  form.dataset.story = said.number;
  history.replaceState(history.state, "", said.address);
  form.dispatchEvent(new CustomEvent("story:filed", { detail: said }));
}
