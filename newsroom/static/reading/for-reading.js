// What a story offers to its reader wherever it is read, on its own page or beside the page of the paper: the size of its
// text, and being read aloud.

const root = document.documentElement;
const voices = window.SpeechSynthesisUtterance && window.speechSynthesis;
const tongue = root.lang === "zh-Hant" ? "zh-TW" : "zh-CN";

// Gives what ends the reading aloud, for when the story leaves the page.
export function offerReading(article) {
  offerSizes([...article.querySelectorAll("[data-size]")]);
  return voices ? offerVoice(article) : () => {};
}

function offerSizes(buttons) {
  const press = () => {
    for (const button of buttons) button.ariaPressed = String(button.dataset.size === root.dataset.text);
  };
  for (const button of buttons) {
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
}

function voice() {
  const chinese = voices.getVoices().filter(({ lang }) => /^(zh|cmn)/i.test(lang));
  return chinese.find(({ lang }) => lang.replace("_", "-") === tongue) ?? chinese[0];
}

// A paragraph at a time.
function offerVoice(article) {
  const listen = article.querySelector("[data-listen]");
  const hush = article.querySelector("[data-hush]");
  const body = article.querySelector(".entry-content");
  const spoken = body.querySelectorAll(":scope > :is(p, h2), :scope > :is(ul, ol) > li, blockquote > p");
  const paragraphs = [article.querySelector(".deck :is(h1, h2)"), ...spoken];
  const left = new AbortController();
  let [place, turn] = [0, 0];

  const offer = () => listen.classList.toggle("unready", !voice());

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

  offer();
  voices.addEventListener?.("voiceschanged", offer, { signal: left.signal });
  listen.addEventListener("click", () => {
    if (listen.dataset.listen === "on") {
      still();
      return state("paused");
    }
    state("on");
    speak();
  });
  hush.addEventListener("click", () => (end(), listen.focus()));
  addEventListener("pagehide", still, { signal: left.signal });
  return () => {
    left.abort();
    end();
  };
}
