// What keeps the page from being finished, named above it: each finding leads to what it is about.

import { isOver, word, counted, fitting } from "./words.js";
import { keyed, make } from "./dom.js";

// White below a text that nobody minds, in rows.
const SMALL_HOLE = 2;
// So many characters of a name tell which story it is.
const LONGEST_NAME = 12;
// Where in a story a character can stand; everything else is the page's own head.
const PLACES = new Set(["kicker", "headline", "subhead", "mark", "byline", "body", "caption"]);

export class Problems {
  constructor(list, { layout, showItem }) {
    Object.assign(this, { list, layout, showItem });
    list.addEventListener("click", (event) => {
      const key = event.target.closest("[data-leads]")?.dataset.leads;
      if (key) showItem(key);
    });
    layout.addEventListener("change", () => this.show());
  }

  show() {
    const found = this.#found();
    keyed(this.list, found.map((finding, place) => [`${place}`, finding]), () => make("li", {}, make("button", { type: "button" })), showFinding);
    this.list.hidden = !found.length;
  }

  #found() {
    const { fit, holes, missing } = this.layout.facts;
    const items = this.layout.items;
    const over = Object.entries(fit)
      .filter(([, of]) => isOver(of))
      .flatMap(([article, of]) => this.#about(items, Number(article), (name) => `${name}${word("colon")}${fitting(of)}`));
    const open = [...largestByStory(holes)].filter((hole) => hole.rows > SMALL_HOLE).flatMap((hole) => this.#about(items, hole.story, (name) => `${name}${word("colon")}${counted("hole", hole.rows)}`, "hole"));
    const unknown = firstOfEach(missing).map((lack) => this.#lack(items, lack));
    const { trouble } = this.layout.facts;
    return [...(trouble ? [{ kind: "over", key: "", sentence: trouble }] : []), ...over, ...open, ...unknown];
  }

  // About the last of the story's rectangles here: there the text ends.
  #about(items, article, sentence, kind = "over") {
    const item = items.filter((other) => other.article === article && other.part).at(-1) ?? items.find((other) => other.article === article);
    return item ? [{ kind, key: item.key, sentence: sentence(this.#name(item)) }] : [];
  }

  // A long headline leaves room for what is wrong with it.
  #name(item) {
    const characters = [...this.layout.nameOf(item)];
    return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME).join("")}…` : characters.join("");
  }

  #lack(items, { character, code, story, where, position }) {
    const item = items.find((other) => other.article === story);
    const said = { character, code, name: item ? this.#name(item) : "", where: word(`where_${PLACES.has(where) ? where : "furniture"}`), position: position + 1 };
    return { kind: "missing", key: item?.key ?? "", sentence: word(item ? "missing_in" : "missing", said) };
  }
}

// Of a story the deepest white alone, and of each character its first place: more would hide what else is wrong.
function largestByStory(holes) {
  const largest = new Map();
  for (const hole of holes) if (!(largest.get(hole.story)?.rows >= hole.rows)) largest.set(hole.story, hole);
  return largest.values();
}

function firstOfEach(missing) {
  const first = new Map();
  for (const lack of missing) {
    const key = `${lack.story} ${lack.code}`;
    if (!first.has(key)) first.set(key, lack);
  }
  return [...first.values()];
}

function showFinding(entry, { kind, key, sentence }) {
  const button = entry.firstElementChild;
  entry.className = kind;
  button.textContent = sentence;
  button.dataset.leads = key;
}
