// Suggestions while somebody types in a search field: a combobox with a list (ARIA 1.2). Without this script the
// fields are plain forms.

const PAUSE = 150;

function comboboxOf(form) {
  const field = form.elements.q;
  const status = form.querySelector('[role="status"]');
  const list = document.createElement("ul");
  let options = [];
  let chosen = -1;
  let timer = 0;
  let asked = "";
  let composing = false;

  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
  (field.closest(".search-field") ?? form).append(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.autocomplete = "off";

  function close() {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    chosen = place;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === place)));
    if (place < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
  }

  function open(place) {
    window.location.assign(options[place].address);
  }

  function show(suggestions) {
    options = suggestions;
    list.replaceChildren(...suggestions.map((suggestion, index) => {
      const item = document.createElement("li");
      const kind = document.createElement("small");
      item.id = `${list.id}-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      kind.textContent = suggestion.kind_label;
      item.append(suggestion.label, kind);
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => open(index));
      return item;
    }));
    chosen = -1;
    list.hidden = suggestions.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const said = field.value.trim();
    if (said === asked) return;
    asked = said;
    if (!said) return close();
    try {
      const response = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: said })}`);
      if (!response.ok) return close();
      const answer = await response.json();
      // Only what was asked last, and only while somebody is still there.
      if (field.value.trim() !== said || document.activeElement !== field) return;
      show(answer.suggestions);
      if (status) status.textContent = answer.summary;
    } catch {
      close();
    }
  }

  function typed() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(ask, PAUSE);
  }

  field.addEventListener("compositionstart", () => { composing = true; });
  field.addEventListener("compositionend", () => { composing = false; typed(); });
  field.addEventListener("input", typed);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      if (list.hidden) show(options);
      const last = options.length - 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place more than there are options: the field itself.
      const next = chosen + step;
      choose(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      open(chosen);
    }
  });
}

document.querySelectorAll("form[data-suggest]").forEach(comboboxOf);
