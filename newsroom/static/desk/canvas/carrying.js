// Something on its way to a place: a new story from the pool, or what lies on the page already. It is drawn where it
// would lie, red where it may not, and nothing is changed before it is put down.

import { announce } from "./announce.js";
import { itemsOf, itemsUnder, keyOf, place, swapped, withPlacement } from "./arrangement.js";
import { isFree, isInside, overlap, rectangleOf } from "./geometry.js";
import { place as placeInWords, word } from "./words.js";

export class Carrying extends EventTarget {
  // {key, article, photo, rectangle, exchange, by}: `key` is null for what comes from the pool, `exchange` the key
  // of what it would change places with, `by` "pointer" or "keys".
  load = null;

  constructor(layout) {
    super();
    this.layout = layout;
  }

  take({ key = null, article, photo, rectangle, by }) {
    this.load = { key, article, photo, rectangle, exchange: null, by };
    this.#tell();
  }

  // Over `rectangle` now; `exchange` names what it changes places with if it is put down here.
  move(rectangle, exchange = null) {
    this.load = { ...this.load, rectangle, exchange };
    this.#tell();
  }

  get isBlocked() {
    const { key, rectangle, exchange } = this.load;
    if (exchange) return false;
    return !rectangle || !isInside(rectangle, this.layout.template) || !isFree(rectangle, this.layout.taken(key));
  }

  // Where it would lie, in words, with what is in its way.
  get inWords() {
    const { key, rectangle } = this.load;
    const below = itemsUnder(this.layout.arrangement, rectangle, key).map((item) => this.layout.nameOf(item));
    if (this.layout.masthead && overlap(rectangle, this.layout.masthead)) below.unshift(word("masthead"));
    const said = placeInWords(rectangle);
    return below.length ? `${said}${word("semicolon")}${word("lies_over", { names: below.join(word("comma")) })}` : said;
  }

  // Put it down. True where it lies now, false where it may not and is still being carried.
  putDown() {
    if (this.isBlocked) {
      announce(this.load.rectangle ? word("not_here", { where: this.inWords }) : word("outside"));
      return false;
    }
    const { layout, load } = this;
    this.load = null;
    const [next, key] = this.#put(load);
    layout.change(next);
    layout.select(key);
    this.#tell();
    return true;
  }

  cancel() {
    if (!this.load) return;
    this.load = null;
    this.#tell();
  }

  #put({ key, article, photo, rectangle, exchange }) {
    const { arrangement } = this.layout;
    if (exchange) return [swapped(arrangement, key, exchange), key];
    if (key) return [withPlacement(arrangement, key, rectangleOf(rectangle)), key];
    // A picture begins with the focal point that the photo desk gave it.
    const { focal_x, focal_y } = this.layout.pictureOf(article, photo) ?? {};
    const what = { article, photo, focal_x, focal_y };
    const next = place(arrangement, what, rectangle, firstTreatment(this.layout, article, photo));
    const parts = itemsOf(next).filter((item) => item.article === article && item.part);
    return [next, keyOf(article, photo, parts.length)];
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

// How a story is treated when it first comes to this page: the first one on the page leads it.
function firstTreatment(layout, article, photo) {
  const story = layout.storyOf(article);
  const styles = new Map(layout.template.headline_styles.map((style) => [style.key, style]));
  const wanted = [
    ["advertisement", "brief"].find((genre) => genre === story.genre),
    story.continues.length && "continued",
    (photo || story.genre === "picture") && "picture",
    !layout.arrangement.stories.length && "lead",
    "third",
    layout.template.headline_styles[0].key,
  ];
  const { key, label, boxed } = styles.get(wanted.find((style) => styles.has(style)));
  return { headline_style: key, headline_columns: 0, text_columns: 0, boxed, label };
}
