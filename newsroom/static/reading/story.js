// What a story's page offers beside the story: text size, sharing, reading aloud, pictures in full view.
// Without this the text is read as it is, links are links, and a picture opens by itself.

const text = document.querySelector(".story .text");
const tools = document.querySelector(".reading-tools");
const said = tools.querySelector("[role=status]");

// -- the size of the text

const root = document.documentElement;
const sizes = [...tools.querySelectorAll("[data-size]")];

function press() {
  for (const button of sizes) button.ariaPressed = String(button.dataset.size === root.dataset.text);
}

for (const button of sizes) {
  button.addEventListener("click", () => {
    root.dataset.text = button.dataset.size;
    press();
    try {
      localStorage.setItem("text", button.dataset.size);
    } catch {
      // It holds for this page.
    }
  });
}
press();

// -- sharing: by what the device has, with nobody told

const address = document.querySelector("link[rel=canonical]").href;
const share = tools.querySelector("[data-share]");
const copy = tools.querySelector("[data-copy]");

if (navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
}
if (navigator.clipboard) {
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(address);
    said.textContent = copy.textContent = copy.dataset.say;
  });
} else copy.hidden = true;

// -- reading aloud, a paragraph at a time

const listen = tools.querySelector("[data-listen]");
const hush = tools.querySelector("[data-hush]");
const voices = window.speechSynthesis;
const tongue = root.lang === "zh-Hant" ? "zh-TW" : "zh-CN";
const heading = document.querySelector("h1");
const body = text.querySelector(".entry-content");
const paragraphs = [heading, ...body.querySelectorAll(":scope > :is(p, h2), :scope > :is(ul, ol) > li, blockquote > p")];
let [place, turn] = [0, 0];

function voice() {
  const chinese = voices.getVoices().filter(({ lang }) => /^(zh|cmn)/i.test(lang));
  return chinese.find(({ lang }) => lang.replace("_", "-") === tongue) ?? chinese[0];
}

function offer() {
  listen.classList.toggle("unready", !voice());
}

function light(paragraph) {
  for (const other of paragraphs) other.classList.toggle("spoken", other === paragraph);
  paragraph?.scrollIntoView({ block: "nearest" });
}

function speak() {
  const paragraph = paragraphs[place];
  if (!paragraph) return end();
  const mine = ++turn;
  const words = Object.assign(new SpeechSynthesisUtterance(paragraph.textContent), { lang: tongue, voice: voice() });
  words.onend = () => mine === turn && (place++, speak());
  words.onerror = () => mine === turn && end();
  light(paragraph);
  voices.speak(words);
}

// Some devices cannot go on in the middle of a sentence: a paragraph is begun again.
function still() {
  turn++;
  voices.cancel();
}

function end() {
  still();
  place = 0;
  light(null);
  state("off");
}

function state(now) {
  listen.dataset.listen = now;
  hush.hidden = now === "off";
}

if (voices && window.SpeechSynthesisUtterance) {
  offer();
  voices.addEventListener?.("voiceschanged", offer);
  listen.addEventListener("click", () => {
    if (listen.dataset.listen === "on") {
      still();
      return state("paused");
    }
    state("on");
    speak();
  });
  hush.addEventListener("click", () => (end(), listen.focus()));
  addEventListener("pagehide", still);
}

// -- pictures in full view

const full = document.querySelector(".full");
const pictures = [...text.querySelectorAll("figure > a:has(img)")];
let shown = 0;

function show(next) {
  shown = (next + pictures.length) % pictures.length;
  const link = pictures[shown];
  const picture = Object.assign(new Image(), { src: link.href, alt: link.querySelector("img").alt });
  full.querySelector(".shown").replaceChildren(picture);
  full.querySelector(".under p").textContent = link.parentElement.querySelector("figcaption")?.textContent ?? "";
}

for (const [place, link] of pictures.entries()) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(place);
    full.showModal();
  });
}
for (const button of full.querySelectorAll("[data-step]")) {
  button.hidden = pictures.length < 2;
  button.addEventListener("click", () => show(shown + Number(button.dataset.step)));
}
full.querySelector("[data-close]").addEventListener("click", () => full.close());
full.addEventListener("keydown", ({ key }) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step && pictures.length > 1) show(shown + step);
});
full.addEventListener("close", () => pictures[shown].focus());
full.querySelector(".shown").addEventListener("click", () => full.close());
