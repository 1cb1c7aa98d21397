// What is typed into a form that is sent as a whole stays on this device until the desk has taken it, so that an ended
// session, a lost network or a click elsewhere costs nobody their words. It is offered when the form opens again, never
// put in unasked. Stories, which save themselves, have more than that: story/kept.js.

import { copiesNamed, forgetCopy, keepCopy, sayLast } from "./story/copies.js";
import { newName } from "./story/naming.js";
import { holdWindow, OLDEST, whenWindowIsGone, windowOf } from "./windows.js";
import { moment } from "./wording.js";

const PAUSE = 400;
const SENT = "unsent";
const UNTYPED = new Set(["hidden", "file", "submit", "button"]);

const forms = [...document.querySelectorAll("form[data-unsent]")];
const here = location.href.split("#")[0];
const { person } = document.body.dataset;

class Unsent {
  #form;
  #name;
  #waiting;
  #settled;

  constructor(form) {
    this.#form = form;
    this.#name = `${this.#mine}${newName()}`;
    holdWindow(windowOf({ name: this.#name }));
    // What was refused stands in the form as it was typed, and nowhere else.
    this.#settled = isRefused() ? "" : JSON.stringify(this.#typed());
    for (const happening of ["input", "change"]) form.addEventListener(happening, () => this.#soon());
    form.addEventListener("submit", () => this.#send());
    addEventListener("pagehide", () => this.#waiting && this.#isTyped && sayLast(this.#copy));
    this.#keep();
    this.#offer();
  }

  get #mine() {
    return `unsent:${person}:${addressOf(this.#form)}#${this.#form.id}:`;
  }

  get #copy() {
    return { name: this.#name, at: Date.now(), fields: this.#typed() };
  }

  get #isTyped() {
    return JSON.stringify(this.#typed()) !== this.#settled;
  }

  get #fields() {
    return [...this.#form.elements].filter((field) => field.name && !UNTYPED.has(field.type));
  }

  #typed() {
    return this.#fields.map((field) => [nameOf(field), isTicked(field) ? field.checked : field.value]);
  }

  #soon() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#keep(), PAUSE);
  }

  #keep() {
    clearTimeout(this.#waiting);
    this.#waiting = null;
    return this.#isTyped ? keepCopy(this.#copy) : forgetCopy(this.#name);
  }

  // The page that comes next says whether it was taken.
  #send() {
    sayLast(this.#copy);
    attempt(() => sessionStorage.setItem(SENT, JSON.stringify({ name: this.#name, from: here })));
  }

  // The newest first; deciding on it brings up the one before.
  async #offer() {
    const bar = this.#form.querySelector("[data-offer]");
    const copies = [];
    const show = () => {
      bar.hidden = !copies.length;
      if (!copies.length) return;
      bar.querySelector("[data-said]").textContent = bar.dataset.offer.replace("TIME", moment(copies[0].at));
      const folded = this.#form.closest("details");
      if (folded) folded.open = true;
    };
    const decide = (act) => () => {
      const copy = copies.shift();
      act(copy);
      forgetCopy(copy.name);
      show();
    };
    bar.querySelector("[data-take]").addEventListener("click", decide((copy) => this.#takeOver(copy.fields)));
    bar.querySelector("[data-drop]").addEventListener("click", decide(() => {}));
    for (const copy of await this.#copiesBefore()) {
      whenWindowIsGone(windowOf(copy), () => {
        copies.push(copy);
        copies.sort((one, other) => other.at - one.at);
        show();
      });
    }
  }

  // What is too old, or says what stands in the form anyway, goes.
  async #copiesBefore() {
    const copies = (await copiesNamed(this.#mine)).filter(({ name }) => name !== this.#name);
    const shown = JSON.stringify(this.#typed());
    const isDone = ({ at, fields }) => Date.now() - at > OLDEST || JSON.stringify(fields) === shown;
    for (const { name } of copies.filter(isDone)) forgetCopy(name);
    return copies.filter((copy) => !isDone(copy));
  }

  #takeOver(said) {
    const typed = new Map(said);
    for (const field of this.#fields.filter((one) => typed.has(nameOf(one)))) {
      if (isTicked(field)) field.checked = typed.get(nameOf(field));
      else field.value = typed.get(nameOf(field));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    for (const folded of this.#form.querySelectorAll("details")) folded.open = true;
    sayLast(this.#copy);
  }
}

// A form that was refused stands on the page of the address that it was sent to, and what is kept of it is the same.
const addressOf = (form) => form.action.split("#")[0];

const isTicked = ({ type }) => type === "checkbox";

// Several ticks of one question share their name.
const nameOf = (field) => (isTicked(field) ? `${field.name}=${field.value}` : field.name);

function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

// How this page came here, where the browser says so.
const arrival = () => performance.getEntriesByType("navigation")[0];

const isRefused = () => arrival()?.responseStatus >= 400;

// What was sent is taken where a page of the desk answers it, or where its form stands here again with what is wrong.
// The sign-in, a fault of ours, a lost network and the way back leave the copy where it is.
async function settle() {
  const sent = attempt(() => JSON.parse(sessionStorage.getItem(SENT)));
  attempt(() => sessionStorage.removeItem(SENT));
  const isAnswered = sent && person && arrival()?.type === "navigate" && document.referrer === sent.from;
  if (isAnswered && (forms.length || !isRefused())) await forgetCopy(sent.name);
}

await settle();
// A page that a browser shows again as it was is no answer.
addEventListener("pageshow", ({ persisted }) => persisted && attempt(() => sessionStorage.removeItem(SENT)));
for (const form of forms) new Unsent(form);
