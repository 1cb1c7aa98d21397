// Two texts grown out of one, put together block by block. Blocks are compared by keys: texts that say the same.

// Pairs of places at which two lists have the same, in the longest row there is.
export function pairs(one, other) {
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint32Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i--)
    for (let j = other.length - 1; j >= 0; j--)
      lengths[i][j] = one[i] === other[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  const found = [];
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i] === other[j]) found.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return found;
}

// What changed from one list to the other: {from, to} in the first became {start, end} of the second. Blocks that
// were changed side by side are told apart where their number stayed the same.
function changesBetween(base, changed) {
  const found = [];
  let [i, j] = [0, 0];
  for (const [at, there] of [...pairs(base, changed), [base.length, changed.length]]) {
    if (at - i === there - j) for (let k = 0; k < at - i; k++) found.push({ from: i + k, to: i + k + 1, start: j + k, end: j + k + 1 });
    else found.push({ from: i, to: at, start: j, end: there });
    [i, j] = [at + 1, there + 1];
  }
  return found;
}

const overlap = (one, other) =>
  one.from === one.to || other.from === other.to
    ? one.from < other.to && other.from < one.to
    : Math.max(one.from, other.from) < Math.min(one.to, other.to);

// What `theirs` changed in `base`, as steps for `mine`, which has changed it too: each {mine: [from, to], theirs:
// [from, to], base: [from, to], parted}. `parted` where both changed the same block differently; otherwise theirs
// can be taken without asking. What both did alike is no step.
export function merge(base, theirs, mine) {
  const own = changesBetween(base, mine);
  const steps = [];
  for (const group of grouped(changesBetween(base, theirs), own)) {
    const step = stepOf(group, own);
    if (!isDone(step, theirs.slice(...step.theirs), mine)) steps.push(step);
  }
  return steps;
}

const same = (one, other) => one.length === other.length && one.every((key, index) => key === other[index]);

// Whether mine says the same there already, or both put the same in at one place.
function isDone({ base, mine: [from, to] }, wanted, mine) {
  return same(wanted, mine.slice(from, to)) || (base[0] === base[1] && same(wanted, mine.slice(from, from + wanted.length)));
}

// Their changes, those together that one change of mine lies across.
function grouped(changes, own) {
  const groups = [];
  for (const change of changes) {
    const mine = own.filter((other) => overlap(change, other));
    const last = groups.at(-1);
    if (last?.mine.some((other) => mine.includes(other))) {
      last.theirs.push(change);
      last.mine.push(...mine.filter((other) => !last.mine.includes(other)));
    } else groups.push({ theirs: [change], mine: [...mine] });
  }
  return groups;
}

function stepOf(group, own) {
  const all = [...group.theirs, ...group.mine];
  const base = [Math.min(...all.map(({ from }) => from)), Math.max(...all.map(({ to }) => to))];
  const parted = group.mine.length > 0;
  return { base, theirs: within(group.theirs, base), mine: parted ? within(group.mine, base) : untouched(own, base), parted };
}

// Where a stretch of the base stands in the list that these changes within it lead to.
const within = (changes, [from, to]) => [changes[0].start - (changes[0].from - from), changes.at(-1).end + (to - changes.at(-1).to)];

// The same for a stretch that no change touches. What both put in at one place stands theirs first.
function untouched(own, [from, to]) {
  const before = own.filter((change) => change.to <= from && (from < to || change.from < from));
  const start = before.reduce((place, change) => place + (change.end - change.start) - (change.to - change.from), from);
  return [start, start + to - from];
}

// Where a stretch of `base` stands in `mine`, together with what mine changed across its ends.
export function follow(base, mine, [from, to]) {
  const own = changesBetween(base, mine);
  const over = own.filter((change) => overlap(change, { from, to }));
  if (!over.length) return untouched(own, [from, to]);
  return within(over, [Math.min(from, over[0].from), Math.max(to, over.at(-1).to)]);
}
