// "Propose": stories from the pool with their weights go to the server, and its proposals come back to choose from.

import { announce } from "./announce.js";
import { keyed, make } from "./dom.js";
import { counted, length, word } from "./words.js";

const WEIGHTS = ["", "lead", "second", "brief", "picture"];

export class Proposing {
  constructor(dialog, { layout, server, saving }) {
    Object.assign(this, { dialog, layout, server, saving });
    this.form = dialog.querySelector("form");
    this.rows = dialog.querySelector("[data-rows]");
    this.proposals = dialog.querySelector("[data-proposals]");
    this.said = dialog.querySelector("[data-said]");
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.#ask()));
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    this.proposals.addEventListener("click", (event) => this.#take(event.target.closest("img, [data-proposal]")?.closest("li").querySelector("[data-proposal]")));
  }

  open() {
    const lying = new Set(this.layout.arrangement.stories.map((story) => story.article));
    const free = this.layout.facts.pool.filter((story) => !lying.has(story.article));
    keyed(this.rows, free.map((story) => [String(story.article), story]), makeRow);
    this.proposals.replaceChildren();
    this.said.textContent = free.length ? "" : word("pool_empty");
    this.dialog.showModal();
  }

  async #ask() {
    const chosen = [...this.rows.querySelectorAll("select")].filter((select) => select.value);
    if (!chosen.length) return (this.said.textContent = word("choose_first"));
    this.said.textContent = word("proposing");
    this.proposals.replaceChildren();
    this.form.setAttribute("aria-busy", "true");
    // What stands on the page has to be there when the rest of it is filled.
    await this.saving.settled();
    const answer = await this.server.propose(chosen.map((select) => ({ article: Number(select.name), weight: select.value })));
    this.form.removeAttribute("aria-busy");
    if (answer.kind === "done") this.#show(answer.said.proposals);
    else this.said.textContent = answer.sentences?.join(" ") ?? word(answer.kind === "signed-out" ? "signed_out" : "unreachable");
  }

  #show(proposals) {
    this.found = proposals;
    this.said.textContent = proposals.length ? counted("proposals", proposals.length) : word("no_proposal");
    this.proposals.replaceChildren(...proposals.map(makeProposal));
    this.proposals.querySelector("button")?.focus();
  }

  #take(button) {
    if (!button) return;
    this.dialog.close();
    this.layout.change(this.found[Number(button.dataset.proposal)].arrangement);
    announce(word("proposal_taken"));
  }
}

function makeRow(story) {
  const options = WEIGHTS.map((weight) => make("option", { value: weight }, word(`weight_${weight || "none"}`)));
  const select = make("select", { name: String(story.article) }, ...options);
  const facts = length(story).join(" · ");
  return make("li", {}, make("label", {}, make("span", { class: "name" }, story.title), make("span", { class: "facts" }, facts), select));
}

function makeProposal({ picture, notes }, index) {
  const name = word("proposal", { number: index + 1 });
  const button = make("button", { type: "button", class: "button primary small", "data-proposal": String(index) }, word("take_proposal", { number: index + 1 }));
  return make("li", {}, make("img", { src: picture, alt: name }), ...notes.map((note) => make("p", { class: "fact" }, note)), button);
}
