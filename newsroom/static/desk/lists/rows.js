// Moving through the rows of a list by key: where one stands is where the focus is, so nothing else has to know.

const ROWS = ".list tbody tr, .thumbs > li, .held > li, .calendar .entry";
const place = (row) => row.querySelector(".what a, a");

export const currentRow = () => document.activeElement?.closest?.(ROWS) ?? null;

// Answers false where there is no row to go to.
export function step(by, { fromOutside }) {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => place(row) && row.getClientRects().length);
  const now = rows.indexOf(currentRow());
  if (now < 0 && !fromOutside) return false;
  const next = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by];
  if (!next) return now >= 0;
  place(next).focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}
