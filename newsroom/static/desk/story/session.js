// Somebody who is no longer signed in signs in again in place; what was typed is saved on. Where somebody else is
// signed in nothing is saved, until they say that they go on with the text as themselves, or whose text it is signs in
// again. A token of an earlier session says that somebody signed in elsewhere: it is asked who.

import { live } from "../live.js";
import { form } from "./form.js";
import { whoIsHere } from "./server.js";
import { word } from "./words.js";

export class Session {
  // A new token that is refused as well is no way on; then it is tried again as after a lost network.
  #renewed = false;
  // Who is signed in instead of whose text it is.
  #other = null;

  constructor(dialog, saving) {
    Object.assign(this, { dialog, saving });
    saving.addEventListener("state", () => this.#hear(saving));
    dialog.querySelector("form").addEventListener("submit", (event) => (event.preventDefault(), this.#signIn(event.target)));
    dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
    this.#part("go-on").addEventListener("click", () => this.#goOn());
  }

  #part(name) {
    return this.dialog.querySelector(`[data-${name}]`);
  }

  #hear({ state, said }) {
    if (state === "signed_out") this.#ask(null);
    if (state === "somebody_else") this.#ask(said);
    if (state === "saved") this.#renewed = false;
    if (state === "csrf") this.#renewed ? this.saving.tryAgain() : this.#renew();
  }

  // `other` is who is signed in, null where nobody is.
  #ask(other) {
    this.#other = other;
    this.#part("head").textContent = word(other ? "somebody_else_head" : "signed_out_head");
    this.#part("why").textContent = other ? other.sentence : word("signed_out_why");
    this.#part("go-on").hidden = !other?.may_save;
    this.#part("go-on").textContent = other ? word("go_on_as", { name: other.name }) : "";
    this.#refuse("");
    if (!this.dialog.open) this.dialog.showModal();
    const [login, password] = ["login", "password"].map((name) => this.dialog.querySelector(`[name=${name}]`));
    if (other) login.value = login.defaultValue;
    (login.value ? password : login).focus();
  }

  #refuse(sentence) {
    this.#part("said").textContent = sentence;
    this.#part("said").hidden = !sentence;
  }

  async #signIn(fields) {
    const data = new FormData(fields);
    fields.elements.password.value = "";
    if (this.#other) await signOut();
    const answer = await signIn(data);
    if (answer.kind !== "done") return this.#askAgain(answer.sentence);
    this.dialog.close();
    this.#renew();
  }

  // Whoever was signed in instead is not any more.
  #askAgain(sentence) {
    this.#ask(null);
    this.#refuse(sentence);
  }

  // The token of whoever is signed in now, if it is the person whose text this is.
  async #renew() {
    const { kind, said } = await whoIsHere();
    if (kind === "unreachable") return this.saving.tryAgain();
    if (kind === "signed_out") return this.saving.rest("signed_out");
    if (said.person !== document.body.dataset.person) return this.saving.rest("somebody_else", { ...said, sentence: this.#whose(said) });
    this.#renewed = true;
    take(said.token);
    live.again();
    this.saving.goOn();
  }

  // Somebody for whom the desk does not open is not named.
  #whose({ name, may_save: maySave }) {
    const { writer } = this.dialog.dataset;
    if (!name) return word("stranger_here", { writer });
    return word(maySave ? "somebody_else" : "somebody_may_not", { writer, name });
  }

  // The text goes on as another person's; once it is saved the page is theirs too.
  #goOn() {
    const { person, token } = this.#other;
    document.body.dataset.person = person;
    take(token);
    this.saving.addEventListener("state", () => this.saving.state === "saved" && location.reload());
    this.dialog.close();
    this.saving.goOn();
  }
}

// Every form of the page is sent as whoever is signed in now.
function take(token) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}

// The page with a form of the sign-in: the token it is sent with, and whether it led elsewhere.
async function pageAt(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { ledAway: answer.redirected, token: page.querySelector("[name=csrfmiddlewaretoken]")?.value };
}

// The sign-in answers a script with where to go, or with what was wrong.
const send = (address, data) => fetch(address, { method: "POST", body: data, headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });

async function signIn(data) {
  try {
    const { ledAway, token } = await pageAt(form.dataset.signIn);
    // Somebody has signed in meanwhile, in another window.
    if (ledAway) return { kind: "done" };
    data.set("csrfmiddlewaretoken", token);
    const answer = await send(form.dataset.signIn, data);
    if (answer.status === 429) return { kind: "refused", sentence: word("sign_in_throttled") };
    const said = await answer.json();
    return answer.ok ? { kind: "done" } : { kind: "refused", sentence: errorsOf(said.form) };
  } catch {
    return { kind: "refused", sentence: word("sign_in_unreachable") };
  }
}

// The sign-in lets in nobody who is signed in. Where the server does not answer, the sign-in says so.
async function signOut() {
  try {
    const { token } = await pageAt(form.dataset.signOut);
    const data = new FormData();
    data.set("csrfmiddlewaretoken", token);
    await send(form.dataset.signOut, data);
  } catch {
    // As said above.
  }
}

const errorsOf = ({ errors, fields }) => [...errors, ...Object.values(fields).flatMap((field) => field.errors)].join(" ");
