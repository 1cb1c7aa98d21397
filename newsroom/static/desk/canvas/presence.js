// Says every few seconds that this page is open here, hears who else has it open, and brings in what they changed.

import { word } from "./words.js";

const BEAT = 15000;

export class Presence {
  constructor(element, { layout, server, saving, carrying }) {
    Object.assign(this, { element, layout, server, saving, carrying });
    setInterval(() => this.beat(), BEAT);
    document.addEventListener("visibilitychange", () => this.beat());
    layout.addEventListener("change", () => this.#show(layout.facts.present));
    this.#show(layout.facts.present);
    this.beat();
  }

  async beat() {
    if (document.hidden) return;
    const answer = await this.server.present();
    if (answer.kind !== "done") return;
    this.#show(answer.said.present);
    if (answer.said.version !== this.layout.facts.version && this.#isIdle) await this.#reload();
  }

  // Nothing of this window is on its way, so that theirs can come in quietly.
  get #isIdle() {
    return !this.layout.isChanged && !this.carrying.load && this.saving.state === "saved";
  }

  async #reload() {
    const answer = await this.server.read();
    if (answer.kind === "done" && this.#isIdle) this.layout.replace(answer.said);
  }

  #show(present) {
    const names = present.map(({ name }) => name);
    this.element.hidden = !names.length;
    if (names.length) this.element.textContent = word("here_too", { names: names.join(word("comma")) });
  }
}
