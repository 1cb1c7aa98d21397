// What the canvas says, in the language of the interface: the page brings the words along.

const words = JSON.parse(document.getElementById("canvas-words").textContent);
const plural = new Intl.PluralRules(document.documentElement.lang);

export function word(key, values = {}) {
  const said = words[key];
  if (said === undefined) throw new Error(`no word for ${key}`);
  return said.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// The word for so many of something: `key_one` or `key_other`.
export const counted = (key, count) => word(`${key}_${plural.select(count) === "one" ? "one" : "other"}`, { count });

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
