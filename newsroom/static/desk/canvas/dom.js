// Elements made from data, and lists whose elements stay the same while what they show changes.

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Let `parent` hold one element for each of `entries` ([key, item]) in their order. An element is made once for
// its key and kept, so that focus and what somebody is typing survive whatever else changes.
export function keyed(parent, entries, create, update) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  entries.forEach(([key, item], place) => {
    const element = old.get(key) ?? create(item, key);
    element.dataset.key = key;
    old.delete(key);
    if (parent.children[place] !== element) putAt(parent, element, place);
    update?.(element, item, key);
  });
  for (const gone of old.values()) gone.remove();
}

function putAt(parent, element, place) {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  parent.insertBefore(element, parent.children[place] ?? null);
  focused?.focus({ preventScroll: true });
}

export const isTyping = (element) =>
  Boolean(element?.closest?.("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable=true]"));
