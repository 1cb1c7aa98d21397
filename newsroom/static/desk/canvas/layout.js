// The page being laid out: what the server said of it, what has been changed here since, and what is chosen.
//
// "change" is told for every difference in what this shows; `detail.arranged` says that it has to be sent.

import { equal, itemOf, itemsOf, takenOn } from "./arrangement.js";
import { History } from "./history.js";

export class Layout extends EventTarget {
  history = new History();
  selected = null;
  known = new Map();

  constructor(facts) {
    super();
    this.#learn(facts);
    this.arrangement = facts.arrangement;
  }

  // -- what is known

  get template() {
    return this.facts.template;
  }

  get mayChange() {
    return this.facts.open && this.facts.may_lay_out;
  }

  get isChanged() {
    return !equal(this.arrangement, this.facts.arrangement);
  }

  get masthead() {
    const reserved = this.template.masthead;
    return reserved && { column: 1, row: 1, width: reserved.columns, height: reserved.rows };
  }

  get items() {
    return itemsOf(this.arrangement);
  }

  get chosen() {
    return this.selected && itemOf(this.arrangement, this.selected);
  }

  item(key) {
    return itemOf(this.arrangement, key);
  }

  taken(apartFrom = null) {
    return takenOn(this.arrangement, this.masthead, apartFrom);
  }

  storyOf(article) {
    return this.known.get(article);
  }

  pictureOf(article, photo) {
    return this.storyOf(article)?.pictures.find((picture) => picture.photo === photo);
  }

  fitOf(article) {
    return this.facts.fit[article];
  }

  // The words that this page prints for one part of a story's headline.
  printed(item, name) {
    return item.story[name] ?? this.storyOf(item.article)?.[name] ?? "";
  }

  nameOf(item) {
    const headline = this.printed(item, "headline") || this.storyOf(item.article)?.title || "";
    return headline.replace(/\s*\n\s*/g, " ");
  }

  // -- changes made here

  change(next, gesture = null) {
    if (equal(next, this.arrangement)) return;
    this.history.remember(this.arrangement, gesture);
    this.#show(next);
  }

  undo() {
    return this.#walk(this.history.back(this.arrangement));
  }

  redo() {
    return this.#walk(this.history.forward(this.arrangement));
  }

  select(key) {
    if (key === this.selected) return;
    this.selected = key;
    this.history.endGesture();
    this.#tell(false);
  }

  // -- what the server says

  // The arrangement `sent` is saved. What was changed since then stays and has still to be sent.
  settle(facts, sent) {
    this.#learn(facts);
    if (equal(this.arrangement, sent)) this.arrangement = facts.arrangement;
    this.#keepSelection();
    this.#tell(false);
  }

  // Somebody else's arrangement takes the place of what stood here; there is no way back over it.
  replace(facts) {
    this.#learn(facts);
    this.history.forget();
    this.arrangement = facts.arrangement;
    this.#keepSelection();
    this.#tell(false);
  }

  // Theirs is taken, and undo brings back what was made here.
  yield(facts) {
    const mine = this.arrangement;
    this.#learn(facts);
    this.history.remember(mine);
    this.arrangement = facts.arrangement;
    this.#keepSelection();
    this.#tell(false);
  }

  // What was made here goes on upon their version.
  insist(facts) {
    this.#learn(facts);
    this.#tell(true);
  }

  #learn(facts) {
    this.facts = facts;
    for (const [article, story] of Object.entries(facts.stories)) this.known.set(Number(article), story);
    for (const story of facts.pool) this.known.set(story.article, story);
  }

  #walk(arrangement) {
    if (arrangement) this.#show(arrangement);
    return arrangement !== null;
  }

  #show(arrangement) {
    this.arrangement = arrangement;
    this.#keepSelection();
    this.#tell(true);
  }

  #keepSelection() {
    if (this.selected && !itemOf(this.arrangement, this.selected)) this.selected = null;
  }

  #tell(arranged) {
    this.dispatchEvent(new CustomEvent("change", { detail: { arranged } }));
  }
}
