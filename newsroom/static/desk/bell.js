// The bell: how many notices are unread, the newest of them, and a word when one comes in.

import { live } from "./live.js";

const bell = document.getElementById("bell");
const SHOWN = 8000;

if (bell) {
  const count = bell.querySelector("[data-count]");
  const list = bell.querySelector("[data-newest]");
  const announcing = document.querySelector("[data-announcing]");
  const title = document.title;
  let newest = null;
  let fading;

  live.on("notice", (told) => {
    showCount(told.unread);
    list.replaceChildren(...told.newest.map(item));
    // Unread ones come first, so whatever is new is the first of them.
    const first = told.newest[0];
    if (newest !== null && first?.unread && first.number > newest) announce(first);
    newest = Math.max(newest ?? 0, ...told.newest.map(({ number }) => number));
    list.dataset.heard = "";
  });
  showTitle(Number(bell.dataset.unread));

  function showCount(unread) {
    count.hidden = !unread;
    count.firstChild.data = unread > 99 ? "99+" : String(unread);
    showTitle(unread);
  }

  function showTitle(unread) {
    document.title = unread ? `(${unread > 99 ? "99+" : unread}) ${title}` : title;
  }

  function item(notice) {
    const row = document.createElement("li");
    row.classList.toggle("unread", notice.unread);
    row.append(line("kind", notice.unread ? `${notice.head} · ${bell.dataset.new}` : notice.head), about(notice));
    if (notice.text) row.append(line("reason", notice.text));
    row.append(line("fact", [notice.by, notice.when].filter(Boolean).join(" · ")));
    return row;
  }

  function about(notice) {
    const said = Object.assign(document.createElement(notice.address ? "a" : "span"), { textContent: notice.about });
    if (notice.address) said.href = notice.address;
    said.className = "about";
    return said;
  }

  function line(name, text) {
    return Object.assign(document.createElement("span"), { className: name, textContent: text });
  }

  // Read out politely, and seen for a while by whoever looks.
  function announce(notice) {
    announcing.replaceChildren(line("kind", notice.head), about(notice));
    if (notice.text) announcing.append(line("reason", notice.text));
    clearTimeout(fading);
    fading = setTimeout(() => announcing.replaceChildren(), SHOWN);
  }
}
