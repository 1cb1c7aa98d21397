// What the edit page says.

import { wordsIn } from "../wording.js";

export const { word, counted } = wordsIn("story-words");

// A time of this device's clock, with its day where that is not today.
export function moment(at) {
  const today = new Date(at).toDateString() === new Date().toDateString();
  const shown = { hour: "2-digit", minute: "2-digit", ...(today ? {} : { month: "long", day: "numeric" }) };
  return new Intl.DateTimeFormat(document.documentElement.lang, { hourCycle: "h23", ...shown }).format(at);
}
