// A thing gripped with the pointer and carried among places. A click stays a click; with Escape, when the pointer is lost
// or its button was released where nobody heard of it, everything is as it was. A finger scrolls and grips nothing:
// whatever is moved so has another way too.

const SLACK = 5;

// In `area`, `gripped(target)` names the thing under a pressed pointer, null for none. `over(thing, elements)` is told
// what lies under the pointer at each step, `drop(thing)` where it is let go, `back(thing)` where it is put back.
export function carry(area, { gripped, begin = () => {}, over, drop, back }) {
  let grip = null;

  function press(event) {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const thing = gripped(event.target);
    if (thing) grip = { thing, pointer: event.pointerId, at: event, isDragging: false };
  }

  function drag(event) {
    if (event.pointerId !== grip?.pointer) return;
    if (!event.buttons) return letGo(back);
    if (!grip.isDragging && Math.hypot(event.clientX - grip.at.clientX, event.clientY - grip.at.clientY) < SLACK) return;
    if (!grip.isDragging) lift();
    over(grip.thing, document.elementsFromPoint(event.clientX, event.clientY), event);
  }

  function lift() {
    grip.isDragging = true;
    area.setPointerCapture(grip.pointer);
    grip.thing.classList.add("lifted");
    begin(grip.thing);
  }

  function letGo(then) {
    if (!grip) return;
    const { thing, isDragging } = grip;
    grip = null;
    if (!isDragging) return;
    thing.classList.remove("lifted");
    then(thing);
  }

  // The click that ends a drag would open what lies there. It need not come: whatever is pressed next is meant.
  function letGoBeforeClick(then) {
    if (grip?.isDragging) {
      const ended = new AbortController();
      addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true, signal: ended.signal });
      addEventListener("pointerdown", () => ended.abort(), { capture: true, once: true });
    }
    letGo(then);
  }

  area.addEventListener("dragstart", (event) => gripped(event.target) && event.preventDefault());
  area.addEventListener("pointerdown", press);
  area.addEventListener("pointermove", drag);
  area.addEventListener("pointerup", (event) => event.pointerId === grip?.pointer && letGoBeforeClick(drop));
  area.addEventListener("pointercancel", () => letGo(back));
  addEventListener("keydown", (event) => event.key === "Escape" && letGoBeforeClick(back));
}
