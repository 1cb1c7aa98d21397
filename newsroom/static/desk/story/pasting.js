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
// The marks of Word's lists: such as count something, and those of them that a list of a body counts alike.
const ORDERED = /^\(?（?[0-9０-９a-zA-Z一二三四五六七八九十]+[.)．、）]/;
const COUNTED = /^(\d+)[.．、]$/;
const BULLET = "·";

export const cleaned = (html) => (html.includes("data-pm-slice") ? withoutForeignImages(html) : reduced(html));

// Indents made of spaces go; line ends part paragraphs, as the editor reads them.
export const cleanedText = (text) => text.replace(/^[ \t\u3000\u00a0]+/gm, "");

function withoutForeignImages(html) {
  const page = read(html);
  dropForeignImages(page);
  return page.body.innerHTML;
}

function dropForeignImages(page) {
  const foreign = [...page.querySelectorAll("img, picture, svg, video")].filter((image) => !HOUSE_PHOTO.test(image.getAttribute("src")));
  for (const image of foreign) (image.closest("figure") ?? image).remove();
  if (foreign.length) show(form.querySelector("[data-paste-hint]"));
  return foreign.length > 0;
}

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;
const ATTRIBUTE = /([^\s"'<>\/=]+)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))/g;

// A document that nobody sees has the page's policy all the same: it forbids styles and handlers, so the ones are only
// read about, under a name of their own, and the others go with them.
const withoutStyles = (html) => html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, "").replace(TAG, (tag) => tag.replace(ATTRIBUTE, quiet));
const quiet = (attribute, name, value) => (/^(style|on\w+)$/i.test(name) ? ` data-${name}${value}` : attribute);

// What is on the clipboard, as a page that runs and fetches nothing; what is made of it is made in it.
export const read = (html) => new DOMParser().parseFromString(withoutStyles(html), "text/html");

const make = ({ ownerDocument }, name, ...children) => {
  const made = ownerDocument.createElement(name);
  made.append(...children);
  return made;
};

const styleOf = (element) => element.dataset.style ?? "";

function reduced(html) {
  const page = read(html);
  const root = page.body;
  dropUnseen(root);
  dropForeignImages(page);
  makeLists(root);
  markBold(root);
  for (const list of root.querySelectorAll("ol")) keepMarks(list);
  for (const text of root.querySelectorAll("pre")) text.innerHTML = text.innerHTML.trim().replaceAll("\n", "<br>");
  for (const holder of [root, ...root.querySelectorAll("li, td, th, caption, blockquote, pre")]) {
    if (holder.querySelector(":scope > br")) holder.replaceChildren(...asBlocks(holder));
  }
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
  const comments = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.remove();
}

// Word writes lists as paragraphs that carry their mark as text. They become lists where those are counted alike;
// otherwise they stay paragraphs, and their marks stay with them.
function makeLists(root) {
  const found = [...root.querySelectorAll("p")].filter((item) => /mso-list:(?!\s*ignore)/i.test(styleOf(item)));
  for (const run of runsOf(found.map(wordItem))) {
    const place = root.ownerDocument.createComment("");
    run[0].item.before(place);
    place.replaceWith(...(asLists(run) ?? run.map(({ item }) => item)));
  }
}

function wordItem(item) {
  const sign = [...item.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
  const mark = sign?.textContent.replace(/[\s\u00a0]+/g, "") ?? "";
  const kind = ORDERED.test(mark) ? "ol" : "ul";
  if (sign) sign.textContent = kind === "ol" ? mark : BULLET;
  return { item, sign, kind, number: Number(COUNTED.exec(mark)?.[1]), level: Number(/level(\d)/i.exec(styleOf(item))?.[1] ?? 1) };
}

function runsOf(items) {
  const runs = [];
  for (const one of items) {
    const follows = runs.length && one.item.previousElementSibling === runs.at(-1).at(-1).item;
    if (follows) runs.at(-1).push(one);
    else runs.push([one]);
  }
  return runs;
}

// Lists within one another by their levels; null where a list would count otherwise than the marks do.
function asLists(run) {
  const [lists, open] = [[], []];
  for (const { item, kind, number, level } of run) {
    while (open.at(-1)?.level > level || (open.at(-1)?.level === level && open.at(-1).list.localName !== kind)) open.pop();
    if (open.at(-1)?.level !== level) {
      const list = make(item, kind);
      const holder = open.at(-1)?.list.lastElementChild;
      if (holder) holder.append(list);
      else lists.push(list);
      open.push({ level, list });
    }
    const { list } = open.at(-1);
    list.append(make(item, "li", item));
    if (kind === "ol" && number !== list.children.length) return null;
  }
  for (const { sign } of run) sign?.remove();
  return lists;
}

// A list of a body counts from one. One that goes on after another is one with it; of any other its items become
// paragraphs with their marks.
function keepMarks(list) {
  const before = list.previousElementSibling;
  const isLettered = /^a$/i.test(list.type);
  if (list.start === 1 && !isLettered) return;
  if (!isLettered && before?.localName === "ol" && before.children.length + 1 === list.start) {
    before.append(...list.children);
    return list.remove();
  }
  const first = isLettered ? list.type.codePointAt(0) - 1 : 0;
  const markOf = (number) => (isLettered ? `${String.fromCodePoint(first + number)}. ` : `${number}．`);
  list.replaceWith(...[...list.children].flatMap((item, index) => marked(asBlocks(item), markOf(list.start + index))));
}

function marked(blocks, mark) {
  blocks[0]?.prepend(mark);
  return blocks;
}

// A table is read row by row, one that holds a line a cell as one line; what else stands in cells, cell by cell.
function rowsAsBlocks(table) {
  return [...table.querySelectorAll("caption, tr")].flatMap((row) => {
    const cells = (row.localName === "tr" ? [...row.cells] : [row]).map((cell) => asBlocks(cell).filter((block) => !isEmpty(block)));
    const full = cells.filter(({ length }) => length);
    if (!full.every(isOneLine)) return full.flat();
    return [make(row, "p", ...full.flatMap(([line], place) => [...(place ? ["\u3000"] : []), ...line.childNodes]))];
  });
}

const isOneLine = ([block, ...more]) => !more.length && block.matches("p, div, h1, h2, h3, h4, h5, h6") && !block.querySelector(`${BLOCKS}, img`);

// What a cell or an item holds, its loose text as paragraphs.
function asBlocks(cell) {
  let loose = null;
  return [...cell.childNodes].flatMap((node) => {
    const isElement = node.nodeType === Node.ELEMENT_NODE;
    if (isElement && node.matches("br")) return ((loose = null), []);
    if (isElement && node.matches("p, div, ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, figure")) return ((loose = null), [node]);
    if (loose) return (loose.append(node), []);
    loose = make(cell, "p", node);
    return [loose];
  });
}

// A soft line end parts its paragraph in two.
function splitAt(line) {
  const block = line.closest("p, h1, h2, h3, h4, h5, h6, div");
  if (!block) return line.replaceWith("\n");
  const rest = line.ownerDocument.createRange();
  rest.setStartAfter(line);
  rest.setEndAfter(block);
  const after = rest.extractContents();
  line.remove();
  block.after(after);
}

const rename = (element, name) => element.replaceWith(make(element, name, ...element.childNodes));

const asSubhead = (block) => block.replaceWith(make(block, "h2", block.textContent.trim()));

// The spaces with which a paragraph was indented, and those after its end.
function trim(block) {
  const texts = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT);
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
  const rest = block.cloneNode(true);
  for (const bold of rest.querySelectorAll("strong")) bold.remove();
  return !rest.textContent.trim();
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
