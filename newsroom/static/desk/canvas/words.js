// What the canvas says.

import { wordsIn } from "../wording.js";

export const { word, counted } = wordsIn("canvas-words");

export const place = ({ column, row, width, height }) => word("place", { column, row, width, height });

// What the fit of a story comes to, in a few words.
export function fitting(fit) {
  if (!fit) return "";
  const said = [];
  if (fit.over > 0) said.push(counted("lines_over", fit.over));
  else if (fit.left > 0) said.push(counted("lines_left", fit.left));
  else said.push(word("fits"));
  if (fit.headline_over) said.push(word("headline_over"));
  if (fit.picture_over) said.push(word("picture_over"));
  return said.join(word("comma"));
}

// How long a story is: in characters, and in lines of one column where they have been counted.
export const length = ({ characters, lines }) => [
  counted("characters", characters),
  ...(lines === null ? [] : [counted("lines", lines)]),
];

export const isOver = (fit) => Boolean(fit && (fit.over > 0 || fit.headline_over || fit.picture_over));
