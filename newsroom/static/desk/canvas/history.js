// Undo and redo over whole arrangements.

const KEPT = 200;

export class History {
  past = [];
  future = [];
  #gesture = null;

  // Remember what stood before a change. Changes of one `gesture` (a key held down, a field being typed in) are
  // one step.
  remember(before, gesture = null) {
    if (gesture === null || gesture !== this.#gesture) this.past.push(before);
    if (this.past.length > KEPT) this.past.shift();
    this.future = [];
    this.#gesture = gesture;
  }

  back(now) {
    return this.#step(this.past, this.future, now);
  }

  forward(now) {
    return this.#step(this.future, this.past, now);
  }

  forget() {
    this.past = [];
    this.future = [];
    this.#gesture = null;
  }

  endGesture() {
    this.#gesture = null;
  }

  #step(from, to, now) {
    if (!from.length) return null;
    to.push(now);
    this.#gesture = null;
    return from.pop();
  }
}
