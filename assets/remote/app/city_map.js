// The districts as a scheme of tiles a thumb can hit: neighbours lie beside one another, roughly.

import { h } from "./dom.js";
import { said, word } from "./words.js";

export function cityMap(block, act) {
  const header = h("header", {}, h("h3", {}, said(block.title)));
  if (block.simulated) header.append(h("span", { class: "tag" }, word("simulated")));
  const grid = h("div", { class: "tiles" });
  const columns = Math.max(...block.areas.map((area) => area.column)) + 1;
  grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  for (const area of block.areas) grid.append(tile(area, act));
  grid.append(h("span", { class: "scheme" }, word("schematic")));
  if (block.areas.some((area) => area.selected || area.part)) {
    const whole = () => act("district.clear", {});
    header.append(h("button", { class: "small", "data-press": true, onclick: whole }, word("whole")));
  }
  return h("section", { class: "block map" }, header, grid);
}

function ask(area, act) {
  if (area.part) act("neighbourhood.select", { neighbourhood: area.code });
  else act("district.select", { district: area.code });
}

function tile(area, act) {
  // Classes 0 to 3 are the ramp from weak to strong, 4 is the other side (growth among falls).
  const step = area.step === null ? "none" : Math.min(4, Math.max(0, area.step));
  const button = h(
    "button",
    {
      class: `tile step-${step}`,
      "data-press": true,
      "data-district": area.code,
      "aria-pressed": area.selected ? "true" : "false",
      onclick: () => ask(area, act),
    },
    h("b", {}, said(area.name).replace(/(?<=..)구$/, "")),
    h("span", {}, (said(area.value) || word("no_data")).replaceAll("~", "~\u200b")),
  );
  button.style.gridColumn = String(area.column + 1);
  button.style.gridRow = String(area.row + 1);
  return button;
}
