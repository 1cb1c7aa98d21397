// Ranges of the text made visible without a change of the document: the browser draws them over it (CSS Custom
// Highlight API), in the colours of `::highlight(name)`. They follow the text while it is written.

import { editorReady } from "./form.js";

const drawn = new Map();
const canDraw = "highlights" in CSS;
let editor = null;
let waiting = false;

// Draw these ranges, {from, to} in the editor, under a name: find, found, finding, remark, presence. None ends it.
export function highlight(name, ranges) {
  drawn.set(name, ranges);
  drawSoon();
}

// Where the ranges of this name stand now; one whose text is gone is gone.
export const highlighted = (name) => drawn.get(name) ?? [];

function drawSoon() {
  if (waiting || !canDraw) return;
  waiting = true;
  requestAnimationFrame(() => ((waiting = false), draw()));
}

function draw() {
  if (!editor || editor.isDestroyed) return;
  for (const [name, ranges] of drawn) CSS.highlights.set(name, new Highlight(...ranges.map(asRange).filter(Boolean)));
}

function asRange({ from, to }) {
  const size = editor.state.doc.content.size;
  if (from >= to || to > size) return null;
  const [start, end] = [editor.view.domAtPos(from, 1), editor.view.domAtPos(to, -1)];
  return new StaticRange({ startContainer: start.node, startOffset: start.offset, endContainer: end.node, endOffset: end.offset });
}

function follow({ transaction }) {
  if (!transaction.docChanged) return;
  for (const [name, ranges] of drawn) {
    const moved = ranges.map((range) => ({ ...range, from: transaction.mapping.map(range.from, 1), to: transaction.mapping.map(range.to, -1) }));
    drawn.set(name, moved.filter(({ from, to }) => from < to));
  }
  drawSoon();
}

editorReady.then((ready) => {
  editor = ready;
  editor.on("transaction", follow);
  drawSoon();
});
