// Places in a body, as the server names them (articles/text/body.py): the number of a block, and how many characters
// (code points) into its stripped text. Blocks are the editor's text blocks that are not empty, in their order.

// Every block as {index, text, from}: `from` is the position in the editor of the text's first character.
export function passages(editor) {
  const found = [];
  editor.state.doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    const text = node.textContent.trim();
    const before = node.textContent.length - node.textContent.trimStart().length;
    if (text) found.push({ index: found.length, text, from: position + 1 + before });
    return false;
  });
  return found;
}

// Code points into a text as units of the editor, which counts UTF-16; and back.
export const unitsOf = (text, characters) => [...text].slice(0, characters).join("").length;
const charactersOf = (text, units) => [...text.slice(0, units)].length;

// The range of the editor for a place, kept within its block; null where there is no such block any more.
export function rangeOf(editor, { block, start, end }) {
  const passage = passages(editor)[block];
  if (!passage) return null;
  return { from: passage.from + unitsOf(passage.text, start), to: passage.from + unitsOf(passage.text, end) };
}

// The place of a position: in its block, or at the end of the block before it; null before the first one.
export function placeOf(editor, position) {
  const passage = passages(editor).findLast(({ from }) => from <= position);
  if (!passage) return null;
  return { block: passage.index, offset: charactersOf(passage.text, position - passage.from) };
}
