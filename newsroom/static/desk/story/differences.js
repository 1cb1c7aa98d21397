// Two texts with what differs marked, letter by letter.

import { pairs } from "./merging.js";

// Beyond this the middle of a text is marked as a whole: the row of pairs takes length times length.
const LARGEST = 4_000_000;

// What two lists have in common at their ends.
function common(one, other) {
  const most = Math.min(one.length, other.length);
  let [start, end] = [0, 0];
  while (start < most && one[start] === other[start]) start++;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return [start, end];
}

// The way from `base` to `text` as pieces: {text, kind}, where kind is same, del or ins.
function differences(base, text) {
  const [one, other] = [[...base], [...text]];
  const [start, end] = common(one, other);
  const [before, after] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  const found = before.length * after.length > LARGEST ? [] : pairs(before, after);
  const pieces = [{ kind: "same", letters: one.slice(0, start) }];
  let [i, j] = [0, 0];
  for (const [at, there] of [...found, [before.length, after.length]]) {
    pieces.push({ kind: "del", letters: before.slice(i, at) }, { kind: "ins", letters: after.slice(j, there) });
    pieces.push({ kind: "same", letters: before.slice(at, at + 1) });
    [i, j] = [at + 1, there + 1];
  }
  pieces.push({ kind: "same", letters: one.slice(one.length - end) });
  return joined(pieces);
}

function joined(pieces) {
  const found = [];
  for (const { kind, letters } of pieces) {
    if (!letters.length) continue;
    if (found.at(-1)?.kind === kind) found.at(-1).text += letters.join("");
    else found.push({ kind, text: letters.join("") });
  }
  return found;
}

export function marked(base, text) {
  const whole = document.createDocumentFragment();
  for (const { kind, text: said } of differences(base, text)) {
    if (kind === "same") whole.append(said);
    else whole.append(Object.assign(document.createElement(kind), { textContent: said }));
  }
  return whole;
}
