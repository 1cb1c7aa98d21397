// Somebody who is no longer signed in signs in again in place; what was typed is saved on. Under another name
// nothing is saved. A token of an earlier session says that somebody signed in elsewhere: it is asked who.

import { form } from "./form.js";
import { whoIsHere } from "./server.js";
import { word } from "./words.js";

export class Session {
  // A new token that is refused as well is no way on; then it is tried again as after a lost network.
  #renewed = false;

  constructor(dialog, saving) {
    Object.assign(this, { dialog, saving, said: dialog.querySelector("[data-said]") });
    saving.addEventListener("state", () => this.#hear(saving.state));
    dialog.querySelector("form").addEventListener("submit", (event) => (event.preventDefault(), this.#signIn(event.target)));
    dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
  }

  #hear(state) {
    if (state === "signed_out") this.#ask("");
    if (state === "saved") this.#renewed = false;
    if (state === "csrf") this.#renewed ? this.saving.tryAgain() : this.#renew();
  }

  #ask(sentence) {
    this.said.textContent = sentence;
    this.said.hidden = !sentence;
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector(this.dialog.querySelector("[name=login]").value ? "[name=password]" : "[name=login]").focus();
  }

  async #signIn(fields) {
    const answer = await signIn(new FormData(fields));
    fields.elements.password.value = "";
    if (answer.kind !== "done") return this.#ask(answer.sentence);
    this.dialog.close();
    this.#renew();
  }

  // The token of whoever is signed in now, if it is the person whose text this is.
  async #renew() {
    const { person, token } = await whoIsHere();
    if (person === null) return this.saving.tryAgain();
    if (person === undefined) return this.saving.rest("signed_out");
    if (person !== document.body.dataset.person) return this.saving.rest("somebody_else", { sentence: word("somebody_else") });
    this.#renewed = true;
    form.elements.csrfmiddlewaretoken.value = token;
    this.saving.goOn();
  }
}

// The sign-in page answers a script with where to go, or with what was wrong.
async function signIn(data) {
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  try {
    const page = await (await fetch(form.dataset.signIn, { headers })).json();
    // Somebody has signed in meanwhile, in another window.
    if (page.location) return { kind: "done" };
    const html = new DOMParser().parseFromString(page.html, "text/html");
    data.set("csrfmiddlewaretoken", html.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await fetch(form.dataset.signIn, { method: "POST", body: data, headers });
    if (answer.status === 429) return { kind: "refused", sentence: word("sign_in_throttled") };
    const said = await answer.json();
    return answer.ok ? { kind: "done" } : { kind: "refused", sentence: errorsOf(said.form) };
  } catch {
    return { kind: "refused", sentence: word("sign_in_unreachable") };
  }
}

const errorsOf = ({ errors, fields }) => [...errors, ...Object.values(fields).flatMap((field) => field.errors)].join(" ");
