// What happens on the desk, as it happens: one channel a browser, whoever of its windows holds it.
//
//   live.on("story", ({ number, version, state }) => …)
//
// Of all windows in one language the one that holds a lock hears the server and passes everything on to the others.
// It listens to a stream; where the server has no room for one, or none gets through, it asks every ten seconds.
// Whoever hears the same thing twice does no harm: events say how things stand, not how they change.

const ASK = 10_000;
const TRY_STREAM = 60_000;
const KEPT = 100;
const EVENTS = ["notice", "story", "board"];

const bell = document.getElementById("bell");
const listeners = new Map(EVENTS.map((name) => [name, new Set()]));
const lane = `desk-live-${document.body.dataset.person}-${document.documentElement.lang}`;
const windows = bell && "BroadcastChannel" in window ? new BroadcastChannel(lane) : null;
let leading = null;

export const live = {
  on(name, hear) {
    listeners.get(name).add(hear);
  },
  // Somebody has signed in again in this window: after the end there is something to hear again, for all windows.
  again() {
    join();
    leading?.joined(performance.timeOrigin);
  },
};

function tell(name, data) {
  for (const hear of listeners.get(name) ?? []) hear(data);
}

// Says to whoever leads that this window is here, and since when.
function join() {
  windows?.postMessage({ kind: "join", since: performance.timeOrigin });
}

class Leader {
  #position = "";
  #recent = [];
  #notices = null;
  #stream = null;
  #asking = null;
  #tag = "";

  constructor() {
    windows?.postMessage({ kind: "who" });
    // Alone, or where nobody can say who leads, every window asks for itself and none holds a stream.
    this.#begin();
    addEventListener("pagehide", () => this.#stream?.close());
  }

  #begin() {
    navigator.locks ? this.#listen() : this.#ask();
  }

  // A window that has come was shown to somebody who is signed in: after the end there is something to hear again.
  joined(since) {
    if (this.#asking === "ended") {
      this.#asking = null;
      this.#begin();
    }
    if (this.#notices) this.#pass("notice", this.#notices);
    for (const { at, name, data } of this.#recent) if (at >= since) this.#pass(name, data);
  }

  #address(path) {
    const address = new URL(path, location.href);
    if (this.#position) address.searchParams.set("after", this.#position);
    else address.searchParams.set("age", ((Date.now() - performance.timeOrigin) / 1000).toFixed(1));
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
      if (answer.status === 204 || !answer.ok) return this.#end();
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
    if (name === "notice") this.#notices = data;
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
    if (data.kind === "join") leading?.joined(data.since);
  });
  if (navigator.locks && windows) {
    navigator.locks.request(lane, lead);
    join();
  } else lead();
}
