// The board renews itself while it is looked at: where somebody reads, what is unfolded and what has
// the focus stay as they are.

import { live } from "./live.js";

// What is late grows later by itself; everything else is heard of.
const EVERY = 60_000;
const SOON = 1000;
const board = document.getElementById("board");

function storyInSight() {
  return [...board.querySelectorAll(".name")].find((name) => name.getBoundingClientRect().bottom > 0);
}

function show(html) {
  const focused = board.contains(document.activeElement) ? document.activeElement.id : "";
  const held = document.getElementById(focused) ?? storyInSight();
  const [id, top] = [held?.id, held?.getBoundingClientRect().top];
  const unfolded = [...board.querySelectorAll("details[open]")].map((fold) => fold.id);
  board.innerHTML = html;
  for (const fold of board.querySelectorAll("details")) fold.open = unfolded.includes(fold.id);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  const again = id && document.getElementById(id);
  if (again) scrollBy(0, again.getBoundingClientRect().top - top);
}

async function renew() {
  if (document.hidden) return;
  const answer = await fetch(board.dataset.live, { headers: { "If-None-Match": board.dataset.tag }, cache: "no-store" });
  if (answer.status !== 200 || answer.redirected) return;
  board.dataset.tag = answer.headers.get("ETag");
  show(await answer.text());
}

// A network that is away comes back: the next time it is asked again.
const renewQuietly = () => renew().catch(() => {});
setInterval(renewQuietly, EVERY);
document.addEventListener("visibilitychange", renewQuietly);
// Many acts at once are one reason to look.
let waiting = null;
live.on("board", () => (waiting ??= setTimeout(() => ((waiting = null), renewQuietly()), SOON)));
