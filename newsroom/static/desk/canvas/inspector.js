// The chosen item's style. The page's templates bring the fields with their names; here they are filled from the
// arrangement and every change goes into it at once.

import { announce } from "./announce.js";
import { itemsOf, partMoved, place, storyMoved, swapped, TREATMENT, withPlacement, withTreatment } from "./arrangement.js";
import { Crop } from "./crop.js";
import { keyed, make } from "./dom.js";
import { freeHeight, freePlace, isFree, isInside, rectangleOf } from "./geometry.js";
import { counted, fitting, isOver, length, place as placeInWords, word } from "./words.js";

const WORDS = ["kicker", "headline", "subhead"];
const PLACE = ["column", "row", "width", "height"];

export class Inspector {
  #shown = null;
  #asking = false;

  constructor(section, { layout, server, saving, remove, showItem }) {
    Object.assign(this, { section, layout, server, saving, remove, showItem });
    this.body = section.querySelector("[data-body]");
    this.body.addEventListener("input", (event) => this.#typed(event.target));
    this.body.addEventListener("change", (event) => event.target.dataset.place && this.#typed(event.target, true));
    this.body.addEventListener("focusout", () => layout.history.endGesture());
    this.body.addEventListener("click", (event) => this.#act(event.target.closest("button")));
    this.body.addEventListener("submit", (event) => event.preventDefault());
    layout.addEventListener("change", () => this.show());
  }

  focus() {
    const first = this.body.querySelector("select, input, textarea, button");
    (first ?? this.section).focus();
  }

  show() {
    const item = this.layout.chosen;
    if (this.#shown !== (item?.key ?? null)) this.#build(item);
    if (item) this.#fill(item);
  }

  // -- the fields of one item

  #build(item) {
    this.#shown = item?.key ?? null;
    this.crop = null;
    if (!item) return this.body.replaceChildren();
    const template = document.getElementById(item.photo === null ? "story-fields" : "picture-fields");
    this.body.replaceChildren(template.content.cloneNode(true));
    if (item.photo !== null) this.crop = new Crop(this.#part("[data-crop]"), (fields) => this.#crop(fields));
    else this.#fillChoices();
    const locked = this.body.querySelector("fieldset[data-all]");
    locked.disabled = !this.layout.mayChange;
  }

  #part(selector) {
    return this.body.querySelector(selector);
  }

  #fillChoices() {
    const { template } = this.layout;
    this.#choices("headline_style", template.headline_styles.map(({ key, name }) => [key, name]));
    const columns = Array.from({ length: template.columns }, (_, index) => [String(index + 1), counted("columns", index + 1)]);
    this.#choices("headline_columns", [["0", word("automatic")], ...columns]);
    this.#choices("text_columns", [["0", word("automatic")], ...columns]);
  }

  #choices(name, pairs) {
    this.#part(`[name=${name}]`).replaceChildren(...pairs.map(([value, said]) => make("option", { value }, said)));
  }

  #fill(item) {
    const { layout } = this;
    const story = layout.storyOf(item.article);
    this.#part("[data-name]").textContent = item.photo === null ? story.title : word("picture_of", { name: story.title });
    this.#part("[data-story]").href = story.url;
    if (item.photo === null) this.#fillStory(item, story);
    else this.#fillPicture(item, story);
    for (const name of PLACE) this.#set(name, item.placement[name]);
    this.#fillActions(item);
  }

  #fillStory(item, story) {
    for (const name of TREATMENT) if (!WORDS.includes(name)) this.#set(name, item.story[name]);
    for (const name of WORDS) this.#fillWords(name, item.story[name], story[name]);
    this.#part("[data-facts]").textContent = [story.genre_name, ...length(story)].join(" · ");
    this.#part("[data-part]").textContent = item.parts > 1 ? word("part", { part: item.part, parts: item.parts }) : "";
    this.#fillFit(this.layout.fitOf(item.article));
    const stories = this.layout.arrangement.stories.length;
    this.#part("[data-order]").textContent = word("order", { order: item.story.order, stories });
    this.#enable("earlier", item.story.order > 1);
    this.#enable("later", item.story.order < stories);
    this.#part("[data-parts]").hidden = item.parts < 2;
    this.#enable("part-earlier", item.part > 1);
    this.#enable("part-later", item.part < item.parts);
    const goesOn = story.continues?.map((other) => word("also_on", { label: other.label })) ?? [];
    this.#part("[data-continues]").textContent = goesOn.join(word("comma"));
  }

  // The words as printed here; where they differ from the story's own it says so, and a button goes back.
  #fillWords(name, printed, own) {
    this.#set(name, printed ?? own);
    this.#part(`[data-differs=${name}]`).hidden = printed === null;
  }

  #fillPicture(item, story) {
    const picture = this.layout.pictureOf(item.article, item.photo);
    const own = story.captions?.[item.photo] ?? picture?.caption ?? "";
    this.#fillWords("caption", item.placement.caption, own);
    if (!picture) return;
    this.crop.show(item.placement, picture, this.layout.template);
    this.#part("[data-facts]").textContent = [`${picture.width} × ${picture.height}`, this.crop.resolution].join(" · ");
    this.#part("[data-facts]").classList.toggle("expired", picture.rights_expired || this.crop.isCoarse);
  }

  #fillFit(fit) {
    const box = this.#part("[data-fit]");
    box.hidden = !fit;
    if (!fit) return;
    const bar = box.querySelector("[data-bar]");
    box.classList.toggle("over", isOver(fit));
    box.querySelector("[data-said]").textContent = fitting(fit);
    const most = Math.max(fit.needed, fit.room, 1);
    bar.querySelector("[data-text]").style.width = `${(100 * Math.min(fit.needed, fit.room)) / most}%`;
    bar.querySelector("[data-spill]").style.width = `${(100 * Math.max(fit.needed - fit.room, 0)) / most}%`;
    box.querySelector("[data-numbers]").textContent = word("lines_of", { needed: fit.needed, room: fit.room });
    box.querySelector("[data-characters]").textContent = charactersOf(fit);
  }

  #fillActions(item) {
    const pages = this.layout.facts.pages.filter((page) => page.id !== this.server.page);
    const other = this.layout.items.filter((one) => one.key !== item.key);
    const choices = {
      to: pages.map((page) => [String(page.id), word("page", { label: page.label, name: page.name })]),
      with: other.map((one) => [one.key, one.photo === null ? this.layout.nameOf(one) : word("picture_of", { name: this.layout.nameOf(one) })]),
    };
    for (const select of this.body.querySelectorAll("select[data-choice]")) {
      const pairs = choices[select.dataset.choice];
      keyed(select, pairs.map(([value, said]) => [value, said]), (said, value) => make("option", { value }), (option, said) => (option.textContent = said));
      select.closest("[data-act-row]").hidden = !pairs.length;
    }
  }

  #enable(act, enabled) {
    this.#part(`[data-act=${act}]`).disabled = !enabled;
  }

  // What somebody is typing in is theirs.
  #set(name, value) {
    const field = this.#part(`[name=${name}]`);
    if (field === document.activeElement && field.matches("input:not([type=checkbox]), textarea")) return;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value ?? "";
  }

  // -- what is changed in them

  #typed(field, settled = false) {
    const item = this.layout.chosen;
    const { name } = field;
    if (!item || !name) return;
    if (PLACE.includes(name)) return settled && this.#put(item, field);
    if (name === "caption") return this.#place({ caption: this.#orOwn(field.value, this.#ownCaption(item)) }, name);
    if (!TREATMENT.includes(name)) return;
    this.#treat(item, { [name]: this.#valueOf(field, item) }, name);
  }

  #valueOf(field, item) {
    if (field.type === "checkbox") return field.checked;
    if (field.name.endsWith("_columns")) return Number(field.value);
    return WORDS.includes(field.name) ? this.#orOwn(field.value, this.layout.storyOf(item.article)[field.name]) : field.value;
  }

  // The story's own words are no words of this page.
  #orOwn(typed, own) {
    return typed === own ? null : typed;
  }

  #ownCaption(item) {
    const story = this.layout.storyOf(item.article);
    return story.captions?.[item.photo] ?? this.layout.pictureOf(item.article, item.photo)?.caption ?? "";
  }

  #put(item, field) {
    const rectangle = { ...rectangleOf(item.placement), [field.name]: Number(field.value) };
    const fits = isInside(rectangle, this.layout.template) && isFree(rectangle, this.layout.taken(item.key));
    if (fits) this.#place(rectangle);
    else announce(word("not_here", { where: placeInWords(rectangle) }));
    field.setCustomValidity(fits ? "" : word("not_here", { where: placeInWords(rectangle) }));
    field.reportValidity();
    if (fits) return;
    field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
    // Left as it is, the field says again what is true.
    const { key } = item;
    field.addEventListener(
      "focusout",
      () => {
        const { chosen } = this.layout;
        if (chosen?.key === key) field.value = chosen.placement[field.name];
        field.setCustomValidity("");
      },
      { once: true },
    );
  }

  #place(fields, gesture = null) {
    const { key } = this.layout.chosen;
    this.layout.change(withPlacement(this.layout.arrangement, key, fields), gesture && `${key} ${gesture}`);
  }

  #treat(item, fields, gesture = null) {
    this.layout.change(withTreatment(this.layout.arrangement, item.article, fields), gesture && `${item.article} ${gesture}`);
  }

  #crop(fields) {
    this.#place(fields, "crop");
  }

  // -- what can be done with it

  #act(button) {
    const item = this.layout.chosen;
    const act = button?.dataset.act;
    if (!item || !act) return;
    const { arrangement } = this.layout;
    const chosen = button.closest("[data-act-row]")?.querySelector("select")?.value;
    const acts = {
      own: () => this.#printOwn(item, button.dataset.field),
      earlier: () => this.layout.change(storyMoved(arrangement, item.article, -1)),
      later: () => this.layout.change(storyMoved(arrangement, item.article, 1)),
      "part-earlier": () => this.#movePart(item, -1),
      "part-later": () => this.#movePart(item, 1),
      "fit-height": () => this.#fitHeight(item),
      "add-rectangle": () => this.#addRectangle(item),
      swap: () => this.#swap(item, chosen),
      continue: () => this.#askServer("continueOn", item, chosen, "continued"),
      send: () => this.#askServer("sendTo", item, chosen, "sent"),
      remove: () => this.remove(item.key),
    };
    acts[act]();
  }

  #printOwn(item, name) {
    if (name === "caption") this.#place({ caption: null });
    else this.#treat(item, { [name]: null });
    const field = this.#part(`[name=${name}]`);
    this.#fill(this.layout.chosen);
    field.focus();
    announce(word("own_printed"));
  }

  #movePart(item, step) {
    this.layout.change(partMoved(this.layout.arrangement, item.key, step));
    this.layout.select(`text-${item.article}-${item.part + step}`);
  }

  // Higher or lower by what is over or left, as far as there is room below.
  #fitHeight(item) {
    const { layout } = this;
    const fit = layout.fitOf(item.article);
    if (!fit) return;
    const { placement } = item;
    const rows = fit.over ? Math.ceil(fit.over / placement.width) : -Math.floor(fit.left / placement.width);
    const most = layout.template.rows - placement.row + 1;
    const wanted = { ...rectangleOf(placement), height: Math.max(1, Math.min(placement.height + rows, most)) };
    const rectangle = { ...wanted, height: freeHeight(wanted, layout.taken(item.key)) };
    this.#place(rectangle);
    announce(placeInWords(rectangle));
  }

  // One more rectangle for the story, of half a column's height, in the first free place.
  #addRectangle(item) {
    const { layout } = this;
    const size = { width: 1, height: Math.round(layout.template.rows / 4) };
    const rectangle = freePlace(size, layout.taken(), layout.template);
    if (!rectangle) return announce(word("no_room"));
    layout.change(place(layout.arrangement, { article: item.article }, rectangle));
    const added = itemsOf(layout.arrangement).filter((one) => one.article === item.article && one.part).at(-1);
    this.showItem(added.key);
    announce(placeInWords(rectangle));
  }

  #swap(item, other) {
    this.layout.change(swapped(this.layout.arrangement, item.key, other));
    announce(word("swapped", { where: placeInWords(this.layout.chosen.placement) }));
  }

  // Something that concerns another page as well: what is changed here goes first.
  async #askServer(act, item, to, said) {
    // A second click is no second wish.
    if (this.#asking) return;
    this.#asking = true;
    try {
      await this.#ask(act, item, to, said);
    } finally {
      this.#asking = false;
    }
  }

  async #ask(act, item, to, said) {
    if (!(await this.saving.settled())) return announce(word("save_first"));
    const answer = await this.server[act](item.article, Number(to));
    if (answer.kind !== "done") return this.saving.report(answer);
    this.layout.replace(answer.said);
    if (!this.section.contains(document.activeElement)) this.section.focus();
    const page = answer.said.pages.find(({ id }) => id === Number(to));
    announce(word(said, { label: page?.label ?? "" }));
  }
}

function charactersOf(fit) {
  if (fit.over > 0) return ` · ${counted("characters_over", fit.characters_over)}`;
  return fit.left > 0 ? ` · ${counted("characters_left", fit.characters_left)}` : "";
}
