// Sends what has changed: a moment after the last change, one request at a time, the last state wins. What cannot
// be sent stays on the page and is tried again.

const PAUSE = 150;
const FIRST_RETRY = 2000;
const LAST_RETRY = 30000;

export class Saving extends EventTarget {
  state = "saved";
  sentences = [];
  #waiting = null;
  #sending = null;
  #retry = FIRST_RETRY;

  constructor(layout, server) {
    super();
    this.layout = layout;
    this.server = server;
    layout.addEventListener("change", (event) => event.detail.arranged && this.soon());
    addEventListener("online", () => this.state === "unreachable" && this.now());
  }

  soon(pause = PAUSE) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.now(), pause);
    if (this.state !== "unreachable") this.#become("saving");
  }

  // Send at once what is not sent yet; ends when nothing is left to send or the server would not have it.
  async now() {
    clearTimeout(this.#waiting);
    this.#waiting = null;
    if (this.#sending) return this.#sending;
    this.#sending = this.#send();
    await this.#sending;
    this.#sending = null;
    if (this.state === "saving" && this.layout.isChanged) return this.now();
  }

  // Whether everything that was changed is saved, after sending what was not.
  async settled() {
    do await this.now();
    while (this.state === "saving");
    return this.state === "saved";
  }

  // What came of another request about this page.
  report({ kind, sentences }) {
    this.#become(kind, sentences);
  }

  async #send() {
    if (!this.layout.isChanged) return this.#become("saved");
    this.#become("saving");
    const sent = this.layout.arrangement;
    const answer = await this.server.arrange(this.layout.facts.version, sent);
    if (answer.kind === "done") this.#settle(answer.said, sent);
    else if (answer.kind === "unreachable") this.#tryAgain();
    else if (answer.kind === "stale") this.#become("stale", [], answer.said);
    else this.#become(answer.kind, answer.sentences);
  }

  #settle(facts, sent) {
    this.#retry = FIRST_RETRY;
    this.layout.settle(facts, sent);
    this.#become(this.layout.isChanged ? "saving" : "saved");
  }

  #tryAgain() {
    this.#become("unreachable");
    this.soon(this.#retry);
    this.#retry = Math.min(2 * this.#retry, LAST_RETRY);
  }

  #become(state, sentences = [], conflict = null) {
    this.state = state;
    this.sentences = sentences ?? [];
    this.conflict = conflict;
    this.dispatchEvent(new Event("state"));
  }
}
