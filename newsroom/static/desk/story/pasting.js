// What is pasted from word processors and web pages, reduced to what a body holds before the editor reads it.
// Only the house's own photos are stored in a text: what other picture is pasted is left out, and the hint under
// the text says where pictures come in.

import { form, show } from "./form.js";

const HOUSE_PHOTO = /^\/desk\/photos\/\d+\/preview$/;
const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, li, blockquote, td, th, figcaption";
const LEADING = /^[\s\u3000\u00a0]+/;
const TRAILING = /[\s\u3000\u00a0]+$/;
// A line in bold this short that ends like no sentence is a subhead.
const LONGEST_SUBHEAD = 30;
const ENDS_A_SENTENCE = /[。！？!?；;，,：:…]$/;
const ORDERED = /^\(?（?[0-9０-９a-zA-Z一二三四五六七八九十]+[.)．、）]/;

export const cleaned = (html) => (html.includes("data-pm-slice") ? withoutForeignImages(html) : reduced(html));

// Indents made of spaces go; line ends part paragraphs, as the editor reads them.
export const cleanedText = (text) => text.replace(/^[ \t\u3000\u00a0]+/gm, "");

function withoutForeignImages(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return dropForeignImages(page) ? page.body.innerHTML : html;
}

function dropForeignImages(page) {
  const foreign = [...page.querySelectorAll("img, picture, svg, video")].filter((image) => !HOUSE_PHOTO.test(image.getAttribute("src")));
  for (const image of foreign) (image.closest("figure") ?? image).remove();
  if (foreign.length) show(form.querySelector("[data-paste-hint]"));
  return foreign.length > 0;
}

// The page's policy forbids styles in what is read, so they are only read about.
const withoutStyles = (html) => html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, "").replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));

// What is on the clipboard, as a page.
export const read = (html) => new DOMParser().parseFromString(withoutStyles(html), "text/html");

const styleOf = (element) => element.dataset.style ?? "";

function reduced(html) {
  const page = read(html);
  const root = page.body;
  dropUnseen(root);
  dropForeignImages(page);
  makeLists(root);
  markBold(root);
  for (const table of [...root.querySelectorAll("table")].reverse()) table.replaceWith(...rowsAsBlocks(table));
  for (const line of root.querySelectorAll("br")) splitAt(line);
  for (const head of root.querySelectorAll("h1, h3, h4, h5, h6")) rename(head, "h2");
  for (const block of root.querySelectorAll(BLOCKS)) trim(block);
  for (const block of root.querySelectorAll("p")) if (isEmpty(block)) block.remove();
  for (const block of root.querySelectorAll("p")) if (isFakeSubhead(block)) asSubhead(block);
  return root.innerHTML;
}

function dropUnseen(root) {
  for (const element of root.querySelectorAll("script, style, meta, link, title, template, o\\:p, [hidden]")) element.remove();
  for (const element of root.querySelectorAll("[data-style]")) if (/display:\s*none/i.test(styleOf(element))) element.remove();
  const comments = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.remove();
}

// Word writes lists as paragraphs that carry their mark as text.
function makeLists(root) {
  let list = null;
  for (const item of root.querySelectorAll("p")) {
    if (!/mso-list:(?!\s*ignore)/i.test(styleOf(item))) continue;
    const mark = [...item.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
    const kind = ORDERED.test(mark?.textContent.trim() ?? "") ? "ol" : "ul";
    mark?.remove();
    const follows = list?.localName === kind && item.previousElementSibling === list;
    if (!follows) item.before((list = document.createElement(kind)));
    const entry = document.createElement("li");
    list.append(entry);
    entry.append(item);
  }
}

// A table is read row by row: cells that hold paragraphs give them, others stand in one line.
function rowsAsBlocks(table) {
  return [...table.querySelectorAll("caption, tr")].flatMap((row) => {
    const cells = row.localName === "tr" ? [...row.cells] : [row];
    if (cells.some((cell) => cell.querySelector("p, div, ul, ol, h2, blockquote"))) return cells.flatMap(asBlocks);
    const line = document.createElement("p");
    for (const cell of cells) line.append(...(line.hasChildNodes() && cell.textContent.trim() ? ["\u3000"] : []), ...cell.childNodes);
    return [line];
  });
}

// What a cell holds, its loose text as paragraphs.
function asBlocks(cell) {
  let loose = null;
  return [...cell.childNodes].flatMap((node) => {
    const isBlock = node.nodeType === Node.ELEMENT_NODE && node.matches("p, div, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, figure");
    if (isBlock) return ((loose = null), [node]);
    const begins = !loose;
    loose ??= document.createElement("p");
    loose.append(node);
    return begins ? [loose] : [];
  });
}

// A soft line end parts its paragraph in two.
function splitAt(line) {
  const block = line.closest("p, h1, h2, h3, h4, h5, h6, div");
  if (!block) return line.replaceWith("\n");
  const rest = document.createRange();
  rest.setStartAfter(line);
  rest.setEndAfter(block);
  const after = rest.extractContents();
  line.remove();
  block.after(after);
}

function rename(element, name) {
  const renamed = document.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

function asSubhead(block) {
  const head = document.createElement("h2");
  head.textContent = block.textContent.trim();
  block.replaceWith(head);
}

// The spaces with which a paragraph was indented, and those after its end.
function trim(block) {
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) found.push(texts.currentNode);
  for (const text of found) if ((text.data = text.data.replace(LEADING, ""))) break;
  for (const text of found.reverse()) if ((text.data = text.data.replace(TRAILING, ""))) break;
}

// The empty lines that part paragraphs elsewhere.
const isEmpty = (block) => !block.textContent.trim() && !block.querySelector("img");

function isFakeSubhead(block) {
  const text = block.textContent.trim();
  if (!text || [...text].length > LONGEST_SUBHEAD || ENDS_A_SENTENCE.test(text) || block.closest("li, blockquote")) return false;
  return [...block.querySelectorAll("strong")].some((bold) => bold.textContent.trim() === text);
}

// Bold letters, however they were made, and b elements that are none (some web editors wrap a whole text in one).
function markBold(root) {
  for (const element of root.querySelectorAll("b, strong, span")) {
    const weight = /font-weight:\s*(\w+)/i.exec(styleOf(element))?.[1] ?? (element.localName === "span" ? "normal" : "bold");
    const isBold = /^(bold|bolder|[6-9]00)$/.test(weight);
    if (isBold) rename(element, "strong");
    else element.replaceWith(...element.childNodes);
  }
}
