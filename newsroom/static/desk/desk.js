// On every page of the desk: suggestions of names while somebody types one.

const WAIT = 150;

function suggest(list, typed) {
  const address = new URL(list.dataset.source, location.href);
  address.searchParams.set("q", typed);
  return fetch(address, { headers: { Accept: "application/json" } })
    .then((answer) => answer.json())
    .then(({ people }) =>
      list.replaceChildren(...people.map((name) => Object.assign(document.createElement("option"), { value: name }))),
    );
}

let waiting;
document.addEventListener("input", (event) => {
  const list = event.target.list;
  if (!event.target.matches("[data-suggest]") || !list?.dataset.source || event.isComposing) return;
  clearTimeout(waiting);
  const typed = event.target.value.trim();
  if (typed) waiting = setTimeout(() => suggest(list, typed), WAIT);
});

// A menu closes when something else is clicked, or with Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
