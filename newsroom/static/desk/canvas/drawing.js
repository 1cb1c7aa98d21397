// An arrangement as a small drawing.

import { itemsOf } from "./arrangement.js";
import { draw } from "./dom.js";
import { millimetres } from "./geometry.js";

// `isSame` says of an item whether the other side has it too: what differs is drawn stronger.
export function drawing(arrangement, layout, described, isSame = () => true) {
  const { template, masthead } = layout;
  const picture = draw("svg", { viewBox: `0 0 ${template.width_mm} ${template.height_mm}`, class: "drawing", role: "img", "aria-label": described });
  picture.append(draw("rect", { class: "sheet", width: template.width_mm, height: template.height_mm }));
  if (masthead) picture.append(box(millimetres(masthead, template), "reserved"));
  for (const item of itemsOf(arrangement)) {
    const place = millimetres(item.placement, template);
    const kind = `${item.photo === null ? "text" : "photo"}${isSame(item) ? "" : " differs"}`;
    picture.append(box(place, kind), name(place, item, layout));
  }
  return picture;
}

const box = ({ left, top, width, height }, kind) => draw("rect", { class: kind, x: left, y: top, width, height });

function name({ left, top, width, height }, item, layout) {
  const size = 15;
  const fits = Math.floor((width - 6) / size);
  const said = layout.storyOf(item.article)?.title ?? "";
  return draw("text", { x: left + 4, y: top + Math.min(size + 2, height - 2), "font-size": size }, said.length > fits ? `${said.slice(0, Math.max(fits - 1, 1))}…` : said);
}
