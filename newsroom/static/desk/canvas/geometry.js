// Columns, rows, rectangles, and where they lie on the paper. Pure.
//
// A rectangle is {column, row, width, height} in whole columns and rows, counted from 1 at the top left. A `sheet`
// is the page template as the server describes it: its grid, and its measures in millimetres.

export const rectangleOf = ({ column, row, width, height }) => ({ column, row, width, height });

export const equal = (one, other) =>
  one.column === other.column && one.row === other.row && one.width === other.width && one.height === other.height;

export function overlap(one, other) {
  const across = one.column < other.column + other.width && other.column < one.column + one.width;
  return across && one.row < other.row + other.height && other.row < one.row + one.height;
}

export const isFree = (rectangle, taken) => !taken.some((other) => overlap(rectangle, other));

const between = (least, value, most) => Math.max(least, Math.min(value, most));

// The rectangle, no larger than the grid and moved until no part of it lies outside.
export function within(rectangle, { columns, rows }) {
  const width = between(1, rectangle.width, columns);
  const height = between(1, rectangle.height, rows);
  const column = between(1, rectangle.column, columns - width + 1);
  return { column, row: between(1, rectangle.row, rows - height + 1), width, height };
}

export const isInside = (rectangle, grid) =>
  Object.values(rectangleOf(rectangle)).every(Number.isInteger) && equal(rectangle, within(rectangle, grid));

export const moved = (rectangle, across, down, grid) =>
  within({ ...rectangle, column: rectangle.column + across, row: rectangle.row + down }, grid);

// Resized by the edges that `handle` names ("n", "se", …), each of them moved by so many columns or rows.
export function resized(rectangle, handle, across, down, { columns, rows }) {
  let { column, row } = rectangle;
  let right = column + rectangle.width;
  let bottom = row + rectangle.height;
  if (handle.includes("w")) column = between(1, column + across, right - 1);
  if (handle.includes("e")) right = between(column + 1, right + across, columns + 1);
  if (handle.includes("n")) row = between(1, row + down, bottom - 1);
  if (handle.includes("s")) bottom = between(row + 1, bottom + down, rows + 1);
  return { column, row, width: right - column, height: bottom - row };
}

// The largest free part of the rectangle that keeps its top left corner; null where that corner is taken.
export function largestFree(rectangle, taken) {
  let best = null;
  for (let width = rectangle.width; width >= 1; width -= 1) {
    const height = freeHeight({ ...rectangle, width }, taken);
    if (height && (!best || width * height > best.width * best.height)) best = { ...rectangle, width, height };
  }
  return best;
}

// How high the rectangle can be before it meets something; 0 where its top is taken.
export function freeHeight(rectangle, taken) {
  let height = rectangle.height;
  for (const other of taken) {
    if (overlap({ ...rectangle, height }, other)) height = other.row - rectangle.row;
    if (height < 1) return 0;
  }
  return height;
}

// The first place from the top where so much room is free; where it is nowhere, the largest piece of it that is.
export function freePlace({ width, height }, taken, grid) {
  let best = null;
  for (let row = 1; row <= grid.rows; row += 1) {
    for (let column = 1; column <= grid.columns; column += 1) {
      const wanted = { column, row, width: Math.min(width, grid.columns - column + 1), height: Math.min(height, grid.rows - row + 1) };
      const found = largestFree(wanted, taken);
      if (!found) continue;
      if (found.width === width && found.height === height) return found;
      if (!best || found.width * found.height > best.width * best.height) best = found;
    }
  }
  return best;
}

const span = (columns, sheet) => columns * sheet.column_mm + (columns - 1) * sheet.gutter_mm;

export const millimetres = (rectangle, sheet) => ({
  left: sheet.side_mm + (rectangle.column - 1) * (sheet.column_mm + sheet.gutter_mm),
  top: sheet.top_mm + (rectangle.row - 1) * sheet.row_mm,
  width: span(rectangle.width, sheet),
  height: rectangle.height * sheet.row_mm,
});

// Left, top, width and height in per cent of the paper.
export function percentages(rectangle, sheet) {
  const { left, top, width, height } = millimetres(rectangle, sheet);
  const across = (value) => (100 * value) / sheet.width_mm;
  const down = (value) => (100 * value) / sheet.height_mm;
  return { left: across(left), top: down(top), width: across(width), height: down(height) };
}

// The column and the row under a point of the paper, in millimetres from its top left.
export function fieldAt(x, y, sheet) {
  const column = Math.floor((x - sheet.side_mm + sheet.gutter_mm / 2) / (sheet.column_mm + sheet.gutter_mm)) + 1;
  const row = Math.floor((y - sheet.top_mm) / sheet.row_mm) + 1;
  return { column: between(1, column, sheet.columns), row: between(1, row, sheet.rows) };
}

export const columnsIn = (x, sheet) => Math.round(x / (sheet.column_mm + sheet.gutter_mm));
export const rowsIn = (y, sheet) => Math.round(y / sheet.row_mm);

// Rows that a headline takes above a text so many columns wide, with the byline below it; what a kicker and a
// subhead add; and a caption under a picture: a first guess.
const HEADLINE_ROWS = [0, 5, 5, 6, 7, 8, 9];
const KICKER_ROWS = 2;
const SUBHEAD_ROWS = 2;
const CAPTION_ROWS = 2;
const WIDE_FROM_LINES = [[25, 1], [100, 2], [200, 3], [Infinity, 4]];

const headlineRows = ({ kicker, subhead }, width) => HEADLINE_ROWS[width] + (kicker ? KICKER_ROWS : 0) + (subhead ? SUBHEAD_ROWS : 0);

// How large something is when it first comes to the page; the typesetting says what it really needs.
export function firstSize(story, picture, sheet) {
  // Without a typesetting nobody has counted the lines.
  const lines = story.lines ?? Math.ceil(story.characters / sheet.characters);
  const [, wanted] = picture ? [0, 2] : WIDE_FROM_LINES.find(([most]) => lines <= most);
  const width = Math.min(wanted, sheet.columns);
  const rows = picture
    ? Math.round((span(width, sheet) * picture.height) / picture.width / sheet.row_mm) + CAPTION_ROWS
    : Math.ceil(lines / width) + headlineRows(story, width);
  return { width, height: between(1, rows, sheet.rows) };
}
