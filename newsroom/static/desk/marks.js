// A proof: drawing a rectangle on its picture fills the numbers of the form, which works without this as well.

const plate = document.querySelector(".plate[data-marking]");
const form = plate && document.getElementById(plate.dataset.marking);
const SVG = "http://www.w3.org/2000/svg";
// Per cent of the paper below which a press was a click and no rectangle.
const SMALLEST = 0.3;

if (form) {
  const drawn = plate.appendChild(document.createElementNS(SVG, "rect"));
  drawn.classList.add("drawn");
  const { width, height } = plate.viewBox.baseVal;
  const fields = Object.fromEntries(["left", "top", "width", "height"].map((name) => [name, form.elements[name]]));
  let from = null;

  const place = (event) => {
    const frame = plate.getBoundingClientRect();
    const within = (value) => Math.min(Math.max(value, 0), 100);
    return {
      x: within((100 * (event.clientX - frame.left)) / frame.width),
      y: within((100 * (event.clientY - frame.top)) / frame.height),
    };
  };

  const show = () => {
    const [left, top, wide, high] = Object.values(fields).map((field) => Number(field.value) || 0);
    drawn.setAttribute("x", (left * width) / 100);
    drawn.setAttribute("y", (top * height) / 100);
    drawn.setAttribute("width", (wide * width) / 100);
    drawn.setAttribute("height", (high * height) / 100);
  };

  const draw = (to) => {
    fields.left.value = Math.min(from.x, to.x).toFixed(2);
    fields.top.value = Math.min(from.y, to.y).toFixed(2);
    fields.width.value = Math.abs(to.x - from.x).toFixed(2);
    fields.height.value = Math.abs(to.y - from.y).toFixed(2);
    show();
  };

  plate.addEventListener("pointerdown", (event) => {
    // A finger scrolls the page; on a phone the numbers mark.
    if (event.button || event.pointerType === "touch") return;
    event.preventDefault();
    plate.setPointerCapture(event.pointerId);
    from = place(event);
  });
  plate.addEventListener("pointermove", (event) => from && draw(place(event)));
  plate.addEventListener("pointerup", (event) => {
    if (!from) return;
    const to = place(event);
    const meant = Math.abs(to.x - from.x) >= SMALLEST && Math.abs(to.y - from.y) >= SMALLEST;
    if (meant) {
      draw(to);
      form.elements.remark.focus();
    }
    from = null;
  });
  plate.addEventListener("pointercancel", () => (from = null));
  form.addEventListener("input", show);
  show();
}

// The mark whose remark somebody points at, or comes to, stands out on the picture.
const areas = document.querySelectorAll(".plate .area");
for (const item of document.querySelectorAll("[data-mark]")) {
  const shine = (on) => areas[item.dataset.mark]?.classList.toggle("shining", on);
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]])
    item.addEventListener(event, () => shine(on));
}
