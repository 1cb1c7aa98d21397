// What happens on the desk, as it happens: one channel a browser, whoever of its windows holds it.
//
//   live.on("story", ({ number, version, state }) => …)   returns a function that stops listening
//   live.watch("page:12")                                  then on("present", ({ target, people }) => …)
//
// Of all windows in one language the one that holds a lock hears the server and passes everything on to the others.
// It listens to a stream; where the server has no room for one, or none gets through, it asks every ten seconds.
// Whoever hears the same thing twice does no harm: events say how things stand, not how they change.

const ASK = 10_000;
const TRY_STREAM = 60_000;
const KEPT = 100;
const EVENTS = ["notice", "story", "board", "present"];

const bell = document.getElementById("bell");
const listeners = new Map(EVENTS.map((name) => [name, new Set()]));
const watched = new Set();
const me = crypto.getRandomValues(new Uint32Array(2)).join("-");
const lane = `desk-live-${document.body.dataset.person}-${document.documentElement.lang}`;
const windows = bell && "BroadcastChannel" in window ? new BroadcastChannel(lane) : null;
let leading = null;

export const live = {
  on(name, hear) {
    listeners.get(name).add(hear);
    return () => listeners.get(name).delete(hear);
  },
  watch(target) {
    watched.add(target);
    join();
  },
};

function tell(name, data) {
  for (const hear of listeners.get(name) ?? []) hear(data);
}

// Says to whoever leads that this window is here, since when, and what it watches.
function join() {
  const joining = { kind: "join", from: me, since: performance.timeOrigin, watched: [...watched] };
  leading ? leading.joined(joining) : windows?.postMessage(joining);
}

class Leader {
  #position = "";
  #recent = [];
  #standing = new Map();
  #watched = new Map();
  #targets = "";
  #stream = null;
  #asking = null;
  #tag = "";

  constructor() {
    this.#watched.set(me, [...watched]);
    this.#targets = this.#wanted();
    windows?.postMessage({ kind: "who" });
    // Alone, or where nobody can say who leads, every window asks for itself and none holds a stream.
    navigator.locks ? this.#listen() : this.#ask();
    addEventListener("pagehide", () => this.#stream?.close());
  }

  joined({ from, since, watched: targets }) {
    if (from !== me) {
      for (const { name, data } of this.#standing.values()) this.#pass(name, data);
      for (const { at, name, data } of this.#recent) if (at >= since) this.#pass(name, data);
    }
    this.#watched.set(from, targets);
    this.#rewatch();
  }

  left(from) {
    if (this.#watched.delete(from)) this.#rewatch();
  }

  #rewatch() {
    const wanted = this.#wanted();
    if (wanted === this.#targets) return;
    this.#targets = wanted;
    if (this.#stream) this.#listen();
  }

  #wanted() {
    return [...new Set([...this.#watched.values()].flat())].sort().join(" ");
  }

  #address(path) {
    const address = new URL(path, location.href);
    if (this.#position) address.searchParams.set("after", this.#position);
    else address.searchParams.set("age", ((Date.now() - performance.timeOrigin) / 1000).toFixed(1));
    for (const target of this.#targets.split(" ").filter(Boolean)) address.searchParams.append("watch", target);
    return address;
  }

  #listen() {
    this.#stream?.close();
    const stream = new EventSource(this.#address(bell.dataset.live));
    this.#stream = stream;
    stream.addEventListener("open", () => this.#stopAsking());
    for (const name of EVENTS) {
      stream.addEventListener(name, (event) => {
        if (event.lastEventId) this.#position = event.lastEventId;
        this.#heard(name, JSON.parse(event.data));
      });
    }
    stream.addEventListener("hello", (event) => (this.#position = event.lastEventId));
    stream.addEventListener("full", () => this.#askInstead(stream));
    // A stream that ended comes again by itself; one that was refused does not.
    stream.addEventListener("error", () => stream.readyState === EventSource.CLOSED && this.#askInstead(stream));
  }

  #askInstead(stream) {
    stream.close();
    if (stream !== this.#stream) return;
    this.#stream = null;
    this.#ask();
    setTimeout(() => this.#stream || this.#asking === "ended" || this.#listen(), TRY_STREAM);
  }

  #stopAsking() {
    if (this.#asking !== "ended") clearTimeout(this.#asking);
    this.#asking = null;
  }

  async #ask() {
    if (this.#asking === "ended") return;
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => this.#ask(), ASK);
    try {
      const headers = this.#tag ? { "If-None-Match": this.#tag } : {};
      const answer = await fetch(this.#address(bell.dataset.news), { headers, cache: "no-store" });
      if (answer.status === 304 || answer.status >= 500) return;
      // Signed out, or the desk is closed to this person: there is nothing to ask any more.
      if (answer.redirected || !answer.ok) return this.#end();
      const { position, events } = await answer.json();
      this.#tag = position === this.#position ? answer.headers.get("ETag") : "";
      this.#position = position;
      for (const { name, data } of events) this.#heard(name, data);
    } catch {
      // No network: the next time will do.
    }
  }

  #end() {
    clearTimeout(this.#asking);
    this.#asking = "ended";
  }

  #heard(name, data) {
    // How things stand is told to every window that comes; what changed, to one that was being fetched meanwhile.
    if (name === "notice" || name === "present") this.#standing.set(`${name} ${data.target}`, { name, data });
    else this.#recent.push({ at: Date.now(), name, data });
    if (this.#recent.length > KEPT) this.#recent.shift();
    tell(name, data);
    this.#pass(name, data);
  }

  #pass(name, data) {
    windows?.postMessage({ kind: "event", name, data });
  }
}

function lead() {
  leading = new Leader();
  // The lock is held as long as this window is there.
  return new Promise(() => {});
}

if (bell) {
  windows?.addEventListener("message", ({ data }) => {
    if (data.kind === "event") tell(data.name, data.data);
    if (data.kind === "who") join();
    if (data.kind === "join") leading?.joined(data);
    if (data.kind === "leave") leading?.left(data.from);
  });
  addEventListener("pagehide", () => windows?.postMessage({ kind: "leave", from: me }));
  if (navigator.locks && windows) {
    navigator.locks.request(lane, lead);
    join();
  } else lead();
}
