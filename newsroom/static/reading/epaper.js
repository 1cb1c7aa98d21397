// The e-paper: pages turn with the arrow keys, a story opens beside its page. Everything works without this.

import { offerReading } from "./for-reading.js";

const ELSEWHERE = "input, select, textarea, [contenteditable], dialog, [popover]";

document.addEventListener("keydown", (event) => {
  const to = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!to || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!event.target.closest(ELSEWHERE)) document.querySelector(`.turn [rel=${to}]`)?.click();
});

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

const beside = document.querySelector(".beside");
if (beside) readBeside();

function readBeside() {
  const view = document.querySelector(".view");
  const zones = [...view.querySelectorAll("[data-story]")];
  const hint = view.querySelector(".hint");
  const shown = beside.querySelector(".shown");
  const narrow = matchMedia("(max-width: 60rem)");
  let opener;
  let leaveStory = () => {};

  const addressOf = (zone) => zone.getAttribute("href");
  const rowOf = (zone) => document.getElementById(`story-${zone.dataset.story}`);
  const wanted = () => zones.find((zone) => location.hash === `#story-${zone.dataset.story}`);

  // The headline of what is pointed at; the zone's own title would come late and stand twice.
  for (const zone of zones) {
    const title = zone.querySelector("title");
    zone.setAttribute("aria-label", title.textContent);
    title.remove();
    zone.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && point(zone));
    zone.addEventListener("pointerleave", () => (hint.hidden = true));
    zone.addEventListener("focus", () => zone.matches(":focus-visible") && point(zone));
    zone.addEventListener("blur", () => (hint.hidden = true));
    const row = rowOf(zone);
    row.addEventListener("pointerenter", () => zone.classList.add("pointed"));
    row.addEventListener("pointerleave", () => zone.classList.remove("pointed"));
  }

  function point(zone) {
    const goesOn = document.createElement("small");
    goesOn.textContent = rowOf(zone).querySelector(".continued")?.innerText ?? "";
    hint.replaceChildren(zone.getAttribute("aria-label"), " ", goesOn);
    hint.hidden = false;
    const [box, frame] = [zone.getBoundingClientRect(), view.getBoundingClientRect()];
    const left = Math.max(Math.min(box.left - frame.left, frame.width - hint.offsetWidth), 0);
    const foot = Math.min(box.bottom, frame.bottom, innerHeight) - frame.top - hint.offsetHeight;
    hint.style.left = `${left}px`;
    hint.style.top = `${Math.max(foot, 0)}px`;
  }

  // What stands beside the page is what the address says, so that going back closes it.
  async function follow() {
    const zone = wanted();
    for (const other of zones) other.classList.toggle("marked", other === zone);
    if (!zone) return close();
    opener = zone;
    beside.querySelector(".whole").href = addressOf(zone);
    shown.setAttribute("aria-busy", "true");
    if (!beside.open) narrow.matches ? beside.showModal() : beside.show();
    const article = await fetched(addressOf(zone));
    if (wanted() !== zone) return;
    if (!article) return location.assign(addressOf(zone));
    // Its place on this page is before the reader's eyes; where it comes from or goes on is not.
    const goesOn = rowOf(zone).querySelector(".continued");
    if (goesOn) article.querySelector(".deck").append(goesOn.cloneNode(true));
    leaveStory();
    shown.replaceChildren(article);
    leaveStory = offerReading(article);
    shown.removeAttribute("aria-busy");
    beside.scrollTop = 0;
    shown.focus({ preventScroll: true });
  }

  function close() {
    if (!beside.open) return;
    leaveStory();
    beside.close();
    shown.replaceChildren();
    opener.focus({ preventScroll: true });
  }

  async function fetched(address) {
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return null;
    const article = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main article");
    const [headline, second] = [article.querySelector("h1"), document.createElement("h2")];
    second.className = headline.className;
    second.append(...headline.childNodes);
    headline.replaceWith(second);
    return document.adoptNode(article);
  }

  function leave() {
    if (history.state?.opened) return history.back();
    history.replaceState(null, "", location.pathname + location.search);
    follow();
  }

  view.addEventListener("click", (event) => {
    const zone = event.target.closest("[data-story]");
    if (!zone || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    hint.hidden = true;
    if (zone === wanted()) return;
    const step = wanted() ? "replaceState" : "pushState";
    history[step]({ opened: step === "pushState" || history.state?.opened }, "", `#story-${zone.dataset.story}`);
    follow();
  });
  beside.querySelector(".close").addEventListener("click", leave);
  beside.addEventListener("click", (event) => event.target === beside && leave());
  beside.addEventListener("cancel", (event) => (event.preventDefault(), leave()));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && beside.open && !beside.matches(":modal")) leave();
  });
  addEventListener("popstate", follow);
  if (wanted()) follow();
}
