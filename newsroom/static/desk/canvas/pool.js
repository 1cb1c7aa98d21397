// What can be placed: stories and single pictures signed off for this edition; and, marked, what lies here already.

import { keyed, make } from "./dom.js";
import { length, word } from "./words.js";

export class Pool {
  constructor(section, { layout, pickUp, showItem }) {
    Object.assign(this, { layout, pickUp, showItem });
    this.list = section.querySelector("[data-cards]");
    this.filter = section.querySelector("[data-filter]");
    this.count = section.querySelector("[data-count]");
    this.none = section.querySelector("[data-none]");
    this.filter.addEventListener("input", () => this.show());
    this.list.addEventListener("click", (event) => this.#choose(event.target.closest("[data-card]")));
    layout.addEventListener("change", () => this.show());
  }

  show() {
    const cards = this.#cards();
    const words = this.filter.value.trim().toLowerCase();
    const shown = cards.filter(({ words: of }) => of.includes(words));
    keyed(this.list, shown.map((card) => [card.key, card]), (card) => makeCard(card), showCard);
    this.count.textContent = cards.filter((card) => !card.lies).length;
    this.none.hidden = shown.length > 0;
  }

  #choose(card) {
    if (!card) return;
    const article = Number(card.dataset.article);
    const photo = card.dataset.photo ? Number(card.dataset.photo) : null;
    const lying = this.layout.items.find((item) => item.article === article && item.photo === photo);
    if (lying) this.showItem(lying.key);
    else if (this.layout.mayChange) this.pickUp(card, article, photo);
  }

  // First what is still to be placed, then what lies on this page.
  #cards() {
    const { facts, items } = this.layout;
    const lying = new Set(items.map((item) => `${item.article}-${item.photo ?? "text"}`));
    const articles = new Set([...facts.pool.map((story) => story.article), ...Object.keys(facts.stories).map(Number), ...items.map((item) => item.article)]);
    const cards = [...articles].flatMap((article) => this.#cardsOf(article, lying));
    return cards.sort((one, other) => one.lies - other.lies);
  }

  #cardsOf(article, lying) {
    const story = this.layout.storyOf(article);
    const text = { key: `card-${article}`, article, photo: null, story, lies: lying.has(`${article}-text`), words: `${story.title} ${story.genre_name}`.toLowerCase() };
    const pictures = story.pictures.filter((picture) => !picture.elsewhere).map((picture) => ({
      key: `card-${article}-${picture.photo}`, article, photo: picture.photo, story, picture,
      lies: lying.has(`${article}-${picture.photo}`),
      words: `${picture.caption} ${story.title}`.toLowerCase(),
    }));
    return [text, ...pictures];
  }
}

function makeCard({ article, photo, picture, story }) {
  const thumbnail = (picture ?? story.pictures[0])?.thumbnail;
  const card = make("button", { type: "button", class: photo ? "card picture" : "card", "data-card": "", "data-article": String(article) });
  if (photo) card.dataset.photo = photo;
  const image = thumbnail ? make("img", { src: thumbnail, alt: "", loading: "lazy", draggable: "false" }) : make("span", { class: "blank" });
  card.append(image, make("span", { class: "name" }), make("span", { class: "facts" }), make("span", { class: "lies" }));
  return make("li", {}, card);
}

function showCard(entry, { story, picture, lies }) {
  const card = entry.firstElementChild;
  const [, name, facts, mark] = card.children;
  name.textContent = picture ? picture.caption || word("picture_of", { name: story.title }) : story.title;
  facts.textContent = (picture ? factsOfPicture(picture) : factsOfStory(story)).map(unbroken).join("\u00a0· ");
  facts.classList.toggle("expired", Boolean(picture?.rights_expired));
  mark.textContent = lies ? word("lies_here") : "";
  card.classList.toggle("lying", lies);
}

const factsOfPicture = (picture) => [
  word("picture"),
  `${picture.width} × ${picture.height}`,
  ...(picture.rights_expired ? [word("rights_expired")] : []),
];

const factsOfStory = (story) => [
  story.genre_name,
  ...length(story),
  ...(story.signed ? [] : [word("not_signed")]),
];

const unbroken = (words) => words.replaceAll(" ", "\u00a0");
