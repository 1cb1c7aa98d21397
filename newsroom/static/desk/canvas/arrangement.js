// What lies on a page and how it is treated, as one value that is never changed in place. Pure.
//
// {stories: [...], placements: [...]}, exactly as the server reads and writes it. The text placements of a story
// stand in its reading order; an item's key names the story and its part, or its picture.

import { overlap, rectangleOf } from "./geometry.js";

export const TREATMENT = ["headline_style", "headline_columns", "text_columns", "boxed", "label", "kicker", "headline", "subhead"];
const PLACING = ["column", "row", "width", "height", "focal_x", "focal_y", "zoom", "caption"];

export const keyOf = (article, photo, part) => (photo === null ? `text-${article}-${part}` : `photo-${article}-${photo}`);

// Everything that lies on the page, in the order in which it is read.
export function itemsOf(arrangement) {
  const stories = new Map(arrangement.stories.map((story) => [story.article, story]));
  const parts = new Map();
  const items = arrangement.placements.map((placement, index) => {
    const { article, photo } = placement;
    const part = photo === null ? (parts.get(article) ?? 0) + 1 : 0;
    if (part) parts.set(article, part);
    return { key: keyOf(article, photo, part), index, article, photo, part, placement, story: stories.get(article) };
  });
  for (const item of items) item.parts = parts.get(item.article) ?? 0;
  return items.sort(asRead);
}

function asRead(one, other) {
  if (one.article !== other.article) return one.story.order - other.story.order || one.article - other.article;
  if (one.part && other.part) return one.part - other.part;
  if (one.part || other.part) return one.part ? -1 : 1;
  return one.placement.row - other.placement.row || one.placement.column - other.placement.column;
}

export const itemOf = (arrangement, key) => itemsOf(arrangement).find((item) => item.key === key) ?? null;

// Two arrangements say the same, whatever order their lists have.
const sameness = ({ stories, placements }) =>
  JSON.stringify([
    [...stories].sort((one, other) => one.article - other.article).map((story) => [story.article, story.order, ...TREATMENT.map((name) => story[name])]),
    itemsOf({ stories, placements }).map(({ key, placement }) => [key, ...PLACING.map((name) => placement[name])]),
  ]);

export const equal = (one, other) => one === other || sameness(one) === sameness(other);

// What something else already takes: every placement but the one with this key, and the masthead's place.
export function takenOn(arrangement, masthead, apartFrom = null) {
  const taken = itemsOf(arrangement).filter((item) => item.key !== apartFrom).map((item) => rectangleOf(item.placement));
  return masthead ? [...taken, masthead] : taken;
}

export const itemsUnder = (arrangement, rectangle, apartFrom = null) =>
  itemsOf(arrangement).filter((item) => item.key !== apartFrom && overlap(item.placement, rectangle));

// -- changes, each giving a new arrangement

export function place(arrangement, { article, photo = null, focal_x = 50, focal_y = 50 }, rectangle, style) {
  const placement = { article, photo, ...rectangle, focal_x, focal_y, zoom: 100, caption: null };
  return { stories: withStory(arrangement, article, rectangle, style), placements: [...arrangement.placements, placement] };
}

// A story comes before the first one that begins further down.
function withStory(arrangement, article, { row, column }, style) {
  if (arrangement.stories.some((story) => story.article === article)) return arrangement.stories;
  const items = itemsOf(arrangement);
  const begins = (story) => items.find((item) => item.article === story.article).placement;
  const treated = { article, ...style, kicker: null, headline: null, subhead: null };
  const stories = inOrder(arrangement.stories);
  const place = stories.findIndex((story) => begins(story).row > row || (begins(story).row === row && begins(story).column > column));
  stories.splice(place < 0 ? stories.length : place, 0, treated);
  return numbered(stories);
}

const inOrder = (stories) => [...stories].sort((one, other) => one.order - other.order);
const numbered = (stories) => stories.map((story, index) => ({ ...story, order: index + 1 }));

export function withPlacement(arrangement, key, fields) {
  const { index } = itemOf(arrangement, key);
  return { ...arrangement, placements: arrangement.placements.with(index, { ...arrangement.placements[index], ...fields }) };
}

export const withTreatment = (arrangement, article, fields) => ({
  ...arrangement,
  stories: arrangement.stories.map((story) => (story.article === article ? { ...story, ...fields } : story)),
});

// The later parts of a story move up; with its last placement the story leaves the page.
export function without(arrangement, key) {
  const { index } = itemOf(arrangement, key);
  const placements = arrangement.placements.toSpliced(index, 1);
  const stays = ({ article }) => placements.some((placement) => placement.article === article);
  return { stories: numbered(inOrder(arrangement.stories.filter(stays))), placements };
}

// Each of the two takes the other's rectangle.
export function swapped(arrangement, key, otherKey) {
  const [one, other] = [key, otherKey].map((name) => itemOf(arrangement, name));
  const half = withPlacement(arrangement, key, rectangleOf(other.placement));
  return withPlacement(half, otherKey, rectangleOf(one.placement));
}

export function storyMoved(arrangement, article, step) {
  const stories = inOrder(arrangement.stories);
  return { ...arrangement, stories: numbered(exchanged(stories, stories.findIndex((story) => story.article === article), step)) };
}

// The part is read one place earlier or later within its story.
export function partMoved(arrangement, key, step) {
  const item = itemOf(arrangement, key);
  const next = itemOf(arrangement, keyOf(item.article, null, item.part + step));
  if (!next) return arrangement;
  return { ...arrangement, placements: arrangement.placements.with(item.index, next.placement).with(next.index, item.placement) };
}

function exchanged(list, index, step) {
  const other = index + step;
  if (other < 0 || other >= list.length) return list;
  return list.with(index, list[other]).with(other, list[index]);
}
