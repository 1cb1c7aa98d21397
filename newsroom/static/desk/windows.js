// Windows that keep copies of what is typed: each copy's name ends with that of its window.

export const windowOf = ({ name }) => name.split(":").at(-1);

// In milliseconds; what was kept longer ago than that nobody misses.
export const OLDEST = 14 * 24 * 3600 * 1000;

// A window holds a lock as long as it is open, and a browser that is killed lets go of it. Browsers have locks in a
// secure context alone; elsewhere every window counts as gone. Where a site may store nothing, it has no copies either.
const lockOf = (window) => `story-window:${window}`;

export function holdWindow(window) {
  navigator.locks?.request(lockOf(window), () => new Promise(() => {})).catch(() => {});
}

export function whenWindowIsGone(window, act) {
  if (navigator.locks) navigator.locks.request(lockOf(window), { mode: "shared" }, act);
  else act();
}
