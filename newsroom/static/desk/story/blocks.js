// The blocks of a body as they are merged and decided on: the top of the editor's document, without what is empty.

import { pm } from "django-prose-editor/editor";

const { DOMParser: Reader, DOMSerializer: Writer } = pm.model;

export function parse(html, schema) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return Reader.fromSchema(schema).parse(page.body, { preserveWhitespace: "full" });
}

export function htmlOf(nodes) {
  const holder = document.createElement("div");
  for (const node of nodes) holder.append(Writer.fromSchema(node.type.schema).serializeNode(node));
  return holder.innerHTML;
}

// Every block that says or shows something: {node, key, from, to}. Two blocks of one key say the same.
export function blocksOf(doc) {
  const found = [];
  doc.forEach((node, from) => {
    if (!isEmpty(node)) found.push({ node, key: keyOf(node), from, to: from + node.nodeSize });
  });
  return found;
}

function isEmpty(node) {
  let shows = node.textContent.trim() !== "";
  node.descendants(({ type }) => void (shows ||= type.name === "image"));
  return !shows;
}

const keyOf = (node) => JSON.stringify(said(node));

// Links come back from the server with attributes of their own; what is bold and where a link leads is said.
function said(node) {
  if (node.type.name === "image") return ["image", node.attrs.src, node.attrs.alt ?? ""];
  if (!node.isTextblock) return [node.type.name, ...children(node).filter((child) => !isEmpty(child)).map(said)];
  return [node.type.name, ...runs(node)];
}

const children = (node) => Array.from({ length: node.childCount }, (_, index) => node.child(index));

function runs(block) {
  const found = [];
  for (const { text, marks } of children(block)) {
    const look = marks.map((mark) => (mark.type.name === "link" ? mark.attrs.href : mark.type.name)).sort().join(" ");
    if (found.at(-1)?.[0] === look) found.at(-1)[1] += text;
    else found.push([look, text]);
  }
  return found;
}

export const keysOf = (blocks) => blocks.map(({ key }) => key);

// The stretch of the document that blocks `start` to `end` take up; between two blocks where there are none.
export function stretchOf(blocks, [start, end]) {
  if (start < end) return { from: blocks[start].from, to: blocks[end - 1].to };
  const at = start < blocks.length ? blocks[start].from : (blocks.at(-1)?.to ?? 0);
  return { from: at, to: at };
}

// Put nodes where others stand; of one text for another only the letters that differ, so that a caret stays.
export function replace(transaction, { from, to }, nodes) {
  const old = transaction.doc.nodeAt(from);
  const isOneText = nodes.length === 1 && old?.isTextblock && old.nodeSize === to - from && old.sameMarkup(nodes[0]);
  if (!isOneText) return transaction.replaceWith(from, to, nodes);
  const start = old.content.findDiffStart(nodes[0].content);
  if (start === null) return transaction;
  let { a, b } = old.content.findDiffEnd(nodes[0].content);
  const overlap = start - Math.min(a, b);
  if (overlap > 0) [a, b] = [a + overlap, b + overlap];
  return transaction.replace(from + 1 + start, from + 1 + a, nodes[0].slice(start, b));
}
