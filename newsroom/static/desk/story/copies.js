// Where copies are kept on this device: in IndexedDB, which says when something is on the disk. What is written to
// localStorage a browser brings to the disk some seconds later; a browser that is killed before then has nothing of
// it. But it is written at once, where a page that closes may not wait: so it takes a window's last words. What an
// earlier form of this page left there is found there too.
//
// A copy is {name, at, fields}. Storage may be full or forbidden; then it is said that nothing is kept.

const STORE = "copies";
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("newsroom", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "name" });
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      // Somebody cleared what this site keeps: the next time begins anew.
      asked.result.onclose = () => (opened = null);
      // A window left open does not keep a later form of this page from its store.
      asked.result.onversionchange = () => {
        asked.result.close();
        opened = null;
      };
      resolve(asked.result);
    };
  });
  opened.catch(() => (opened = null));
  return opened;
}

// What `act` asks of the store, once all of it is done; "strict": on the disk, not only on its way there.
async function inStore(mode, act) {
  const transaction = (await open()).transaction(STORE, mode, { durability: "strict" });
  const asked = act(transaction.objectStore(STORE));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  return asked?.result;
}

function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

// Keep this copy, instead of the one called `before`; whether it is on the disk.
export async function keepCopy(copy, before = copy.name) {
  try {
    await inStore("readwrite", (store) => {
      if (before !== copy.name) store.delete(before);
      store.put(copy);
    });
  } catch {
    sayLast(copy);
    return false;
  }
  for (const name of [before, copy.name]) forgetLast(name, copy.at);
  return true;
}

export async function forgetCopy(name) {
  forgetLast(name);
  await inStore("readwrite", (store) => void store.delete(name)).catch(() => {});
}

// The copies whose names begin so, the newest first.
export async function copiesNamed(beginning) {
  const within = () => IDBKeyRange.bound(beginning, `${beginning}\uffff`);
  const kept = await inStore("readonly", (store) => store.getAll(within())).catch(() => []);
  const found = new Map();
  for (const copy of [...kept, ...lastWords(beginning)]) {
    if (!(copy.at < found.get(copy.name)?.at)) found.set(copy.name, copy);
  }
  return [...found.values()].sort((one, other) => other.at - one.at);
}

// -- last words

// A page that closes says them while an earlier text may still be on its way to the disk: whatever becomes of that
// one, newer words stay.
export function sayLast({ name, at, fields }) {
  if (!isOlderThanLast(name, at)) attempt(() => localStorage.setItem(name, JSON.stringify({ at, fields })));
}

function forgetLast(name, at = Infinity) {
  if (!isOlderThanLast(name, at)) attempt(() => localStorage.removeItem(name));
}

const isOlderThanLast = (name, at) => at < lastWord(name)?.at;

const lastWord = (name) => attempt(() => JSON.parse(localStorage.getItem(name)));

function lastWords(beginning) {
  const names = attempt(() => Object.keys(localStorage)) ?? [];
  return names
    .filter((name) => name.startsWith(beginning))
    .map((name) => ({ ...lastWord(name), name }))
    .filter(({ at, fields }) => at && fields);
}
