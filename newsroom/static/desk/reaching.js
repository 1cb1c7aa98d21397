// Choosing with Shift: from the box chosen last to this one, all stand as this one stands.
export function reach(boxes, last, box) {
  const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
  if (from >= 0) for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
}
