// What the edit page says, in the language of the interface: the page brings the words along.

const words = JSON.parse(document.getElementById("story-words").textContent);
const plural = new Intl.PluralRules(document.documentElement.lang);

export function word(key, values = {}) {
  const said = words[key];
  if (said === undefined) throw new Error(`no word for ${key}`);
  return said.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// The word for so many of something: `key_one` or `key_other`.
export const counted = (key, count) => word(`${key}_${plural.select(count) === "one" ? "one" : "other"}`, { count });

// A time of this device's clock, with its day where that is not today.
export function moment(at) {
  const today = new Date(at).toDateString() === new Date().toDateString();
  const shown = { hour: "2-digit", minute: "2-digit", ...(today ? {} : { month: "long", day: "numeric" }) };
  return new Intl.DateTimeFormat(document.documentElement.lang, { hourCycle: "h23", ...shown }).format(at);
}
