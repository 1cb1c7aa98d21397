// What a page's scripts say, in the language of the interface: the page brings the words along in a block of JSON.

const plural = new Intl.PluralRules(document.documentElement.lang);

// The words in the block with this id: `word` says one, with its {values} put in; `counted` the one for so many of
// something, `key_one` or `key_other`.
export function wordsIn(id) {
  const words = JSON.parse(document.getElementById(id).textContent);

  function word(key, values = {}) {
    const said = words[key];
    if (said === undefined) throw new Error(`no word for ${key}`);
    return said.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }
  const counted = (key, count) => word(`${key}_${plural.select(count) === "one" ? "one" : "other"}`, { count });
  return { word, counted };
}

// The newsroom's time zone, wherever this device is.
const timeZone = document.body.dataset.zone;

// A moment by the newsroom's clock, with its day where that is not today.
export function moment(at) {
  const written = (shown) =>
    new Intl.DateTimeFormat(document.documentElement.lang, { hourCycle: "h23", timeZone, ...shown });
  const day = written({ dateStyle: "short" });
  const today = day.format(at) === day.format(Date.now());
  const dated = today ? {} : { month: "long", day: "numeric" };
  return written({ hour: "2-digit", minute: "2-digit", ...dated }).format(at);
}
