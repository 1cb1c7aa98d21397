// Taking photos in: one request a file, two at a time, each with its own bar, its own error and a way to try again.

import { sendForm } from "../sending.js";

const AT_ONCE = 2;

export function offerUploads() {
  const section = document.querySelector("[data-uploads]");
  if (!section) return;
  const uploads = new Uploads(section);
  const form = document.querySelector("[data-intake]");
  if (form) {
    const ask = form.elements.ask;
    form.querySelector("[data-drop-help]").hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      uploads.take(form.elements.photos.files, ask.checked);
      form.reset();
    });
  }
  acceptDrops((files) => uploads.take(files, form?.elements.ask.checked ?? true));
  addEventListener("beforeunload", (event) => uploads.isBusy && event.preventDefault());
}

// Files dropped anywhere on the page; what is no file is left to the browser.
function acceptDrops(take) {
  const sign = document.querySelector("[data-drop-here]");
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    sign.hidden = false;
  });
  addEventListener("dragleave", (event) => event.relatedTarget || (sign.hidden = true));
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    sign.hidden = true;
    take(event.dataTransfer.files);
  });
}

class Uploads {
  constructor(section) {
    this.section = section;
    this.list = section.querySelector("[data-list]");
    this.rows = [];
    this.waiting = [];
    this.running = 0;
    this.all = [];
  }

  get isBusy() {
    return this.running > 0 || this.waiting.length > 0;
  }

  take(files, ask) {
    for (const file of files) this.#enqueue(new Row(this, file, ask));
    this.section.hidden = false;
    this.section.scrollIntoView({ block: "nearest" });
  }

  again(row) {
    this.waiting.push(row);
    this.next();
  }

  #enqueue(row) {
    this.list.append(row.element);
    this.rows.push(row);
    this.again(row);
  }

  next() {
    while (this.running < AT_ONCE && this.waiting.length) {
      this.running += 1;
      this.waiting.shift().send().finally(() => {
        this.running -= 1;
        this.next();
      });
    }
    this.tell();
  }

  tell() {
    const summary = this.section.querySelector("[data-summary]");
    const inState = (...states) => this.rows.filter((row) => states.includes(row.state));
    const open = inState("failed", "alike");
    const words = { done: inState("done").length, all: this.rows.length, open: open.length };
    summary.textContent = filled(summary.dataset.words, words);
    for (const [index, row] of this.rows.entries()) row.number(filled(this.list.dataset.words, { number: index + 1, all: words.all }));
    this.#offerWhatComesNext();
    if (!this.isBusy) this.#showFirst(open);
  }

  // Of a long list, the first row that somebody has to look at; who has scrolled looks for themselves.
  #showFirst([row]) {
    if (row && !this.list.scrollTop) this.list.scrollTop = row.element.offsetTop;
  }

  #offerWhatComesNext() {
    const photos = this.rows.filter((row) => row.photo).map((row) => row.photo.id);
    this.section.querySelector("[data-after]").hidden = this.isBusy || !photos.length;
    this.section.querySelector("[data-say]").href = addressFor(this.section.dataset.many, photos);
    this.section.querySelector("[data-caption]").href = addressFor(this.section.dataset.sheet, photos);
  }
}

class Row {
  constructor(uploads, file, ask) {
    Object.assign(this, { uploads, file, ask, photo: null });
    this.element = uploads.section.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
    for (const name of this.element.querySelectorAll("[data-name]")) name.textContent = file.name;
    this.bar = this.element.querySelector("progress");
    this.#on("again", () => this.#retry());
    this.#on("keep", () => ((this.ask = false), this.#retry()));
    this.#on("use", () => ((this.photo = this.alike), this.#show("used"), uploads.tell()));
    this.#show("waiting");
  }

  number(words) {
    this.element.querySelector("[data-number]").textContent = words;
  }

  async send() {
    this.#show("sending");
    const answer = await this.#post();
    const said = answer?.said;
    // Whoever is signed out, or may not, is told of no photos.
    if (!said?.photos) this.#fail(said?.sentence ?? this.#problem(answer ? "answer" : "connection"));
    else if (said.photos.length) this.#finish(said.photos[0]);
    else if (said.alike.length) this.#offerAlike(said.alike[0]);
    else this.#fail(said.refusals.join(" ") || answer.status, !said.no_pictures.length);
  }

  #problem(name) {
    return this.uploads.section.querySelector(`template[data-problem=${name}]`).content.textContent;
  }

  #post() {
    const { section } = this.uploads;
    const data = new FormData();
    data.append("csrfmiddlewaretoken", section.querySelector("[name=csrfmiddlewaretoken]").value);
    if (this.ask) data.append("ask", "1");
    data.append("photos", this.file);
    return sendForm(section.dataset.address, data, {
      progress: (part) => (this.bar.value = 95 * part),
      sent: () => this.#show("reading"),
    });
  }

  #finish(photo) {
    this.photo = photo;
    this.bar.value = 100;
    this.element.querySelector("[data-state=done] a").href = photo.url;
    this.#show("done", photo.small);
  }

  // What is no picture is none the next time either.
  #fail(why, again = true) {
    this.bar.value = 0;
    this.element.querySelector("[data-again]").hidden = !again;
    this.#show("failed", why);
  }

  #offerAlike({ sentence, photos }) {
    this.alike = photos[0];
    this.bar.value = 0;
    this.#show("alike", sentence);
    this.element.querySelector("[data-photos]").replaceChildren(...photos.map(thumbnail));
  }

  // Who had to sign in again has done so in another window: what was sent from this page before is refused.
  async #retry() {
    this.#show("waiting");
    await renewToken(this.uploads.section);
    this.uploads.again(this);
  }

  #show(state, why = "") {
    this.state = state;
    for (const said of this.element.querySelectorAll("[data-state]")) said.hidden = said.dataset.state !== state;
    const reason = this.element.querySelector(`[data-state=${state}] [data-why]`);
    if (reason) reason.textContent = why;
  }

  #on(name, act) {
    this.element.querySelector(`[data-${name}]`).addEventListener("click", act);
  }
}

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// Where nobody is signed in, or the server cannot be reached, the old one stays.
async function renewToken(section) {
  const token = (page) => page.querySelector("[data-uploads] [name=csrfmiddlewaretoken]");
  const answer = await fetch(section.dataset.address, { headers: { Accept: "text/html" } }).catch(() => null);
  const renewed = answer && token(new DOMParser().parseFromString(await answer.text(), "text/html"));
  if (renewed) token(document).value = renewed.value;
}

function addressFor(page, photos) {
  const address = new URL(page, location.href);
  for (const photo of photos) address.searchParams.append("photo", photo);
  return address;
}

function thumbnail(photo) {
  const link = Object.assign(document.createElement("a"), { href: photo.url, target: "_blank" });
  link.append(Object.assign(document.createElement("img"), { src: photo.thumbnail, alt: `#${photo.id}`, className: "tiny" }));
  return link;
}
