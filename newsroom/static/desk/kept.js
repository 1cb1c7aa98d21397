// What is typed into a story's form stays on this device until the server has said that it is saved, so that an
// ended session or a closed window costs nobody a text. A kept copy is offered, never put in unasked.
//
// Each showing of the form keeps a copy of its own, named by person, story, the version it continues and the
// moment: two windows on one story do not overwrite each other. `sent` is the copy that this window is sending.

const SENT = "story:sent";
const OLDEST = 14 * 24 * 3600 * 1000;
const PAUSE = 800;

// Storage may be full or forbidden; then the form works as it does without it.
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
const forget = (key) => attempt(() => localStorage.removeItem(key));
const readSent = () => attempt(() => JSON.parse(sessionStorage.getItem(SENT)));
const forgetSent = () => attempt(() => sessionStorage.removeItem(SENT));

const form = document.getElementById("story-form");
form ? keepWhatIsTyped() : forgetWhatIsSaved();

// The page after a save: reached from the form, by somebody signed in, and the server says that it went well.
function forgetWhatIsSaved() {
  const sent = readSent();
  if (!sent || !document.body.dataset.person) return;
  const from = document.referrer && new URL(document.referrer).pathname;
  if (from === sent.address && document.querySelector(".messages .success")) forget(sent.key);
  forgetSent();
}

function keepWhatIsTyped() {
  const mine = `story:${document.body.dataset.person}:${form.dataset.story}:`;
  const key = `${mine}${form.elements.based_on.value}:${Date.now()}`;
  const untouched = sameness(typed());
  let waiting = null;

  function keep() {
    clearTimeout(waiting);
    waiting = null;
    const fields = typed();
    if (sameness(fields) === untouched && !("unsaved" in form.dataset)) return forget(key);
    attempt(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields })));
  }
  function keepSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  }

  // The form came back refused: what this window sent stands in it again, and goes on under the new version.
  const sent = readSent();
  forgetSent();
  if ("unsaved" in form.dataset) {
    if (sent?.address === location.pathname) forget(sent.key);
    keep();
  }
  for (const happening of ["input", "change", "compositionend"]) form.addEventListener(happening, keepSoon);
  // Rows are added and moved by buttons.
  form.addEventListener("click", (event) => event.target.closest("button[type=button]") && keepSoon());
  form.addEventListener("submit", () => {
    keep();
    attempt(() => sessionStorage.setItem(SENT, JSON.stringify({ key, address: location.pathname })));
  });
  // Only what was typed just now: a form that the browser's way back has filled in again may long be saved.
  addEventListener("pagehide", () => waiting && keep());
  offer(mine, key, untouched, keep);
}

function typed() {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken" && typeof value === "string") fields[name] = value;
  }
  return fields;
}

// Two forms say the same, whichever version they continue.
function sameness(fields) {
  const words = Object.entries(fields).filter(([name]) => name !== "based_on" && !name.endsWith("_FORMS"));
  return JSON.stringify(words.map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]).sort());
}

// The newest copy first; deciding on it brings up the one before.
function offer(mine, key, untouched, keep) {
  const bar = form.querySelector("[data-offer]");
  const copies = [];
  for (const name of attempt(() => Object.keys(localStorage)) ?? []) {
    if (!name.startsWith(mine) || name === key) continue;
    const copy = read(name);
    if (!copy || Date.now() - copy.at > OLDEST || sameness(copy.fields) === untouched) forget(name);
    else copies.push({ ...copy, name });
  }
  copies.sort((one, other) => other.at - one.at);

  function show() {
    bar.hidden = !copies.length;
    if (copies.length) bar.querySelector("[data-said]").textContent = bar.dataset.offer.replace("TIME", moment(copies[0].at));
  }
  bar.querySelector("[data-take]").addEventListener("click", () => {
    const copy = copies.shift();
    form.dispatchEvent(new CustomEvent("kept:take-over", { detail: copy.fields }));
    keep();
    forget(copy.name);
    show();
  });
  bar.querySelector("[data-drop]").addEventListener("click", () => {
    forget(copies.shift().name);
    show();
  });
  show();
}

function moment(at) {
  const today = new Date(at).toDateString() === new Date().toDateString();
  const shown = { hour: "2-digit", minute: "2-digit", ...(today ? {} : { month: "long", day: "numeric" }) };
  return new Intl.DateTimeFormat(document.documentElement.lang, { hourCycle: "h23", ...shown }).format(at);
}
