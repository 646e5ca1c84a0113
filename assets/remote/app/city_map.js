// The districts as a scheme of tiles a thumb can hit: neighbours lie beside one another, roughly.

import { h } from "./dom.js";
import { said, word } from "./words.js";

const COLUMNS = 6;
const DISTRICT_DIGITS = 5; // a longer code is a neighbourhood's
// Column and row of each of Seoul's districts by its code; other codes fill up from the bottom.
const PLACES = {
  11305: [3, 0], 11320: [4, 0], 11350: [5, 0],
  11380: [2, 1], 11110: [3, 1], 11290: [4, 1], 11260: [5, 1],
  11440: [1, 2], 11410: [2, 2], 11140: [3, 2], 11230: [4, 2], 11215: [5, 2],
  11500: [0, 3], 11470: [1, 3], 11560: [2, 3], 11170: [3, 3], 11200: [4, 3], 11740: [5, 3],
  11530: [1, 4], 11590: [2, 4], 11650: [3, 4], 11680: [4, 4], 11710: [5, 4],
  11545: [1, 5], 11620: [2, 5],
};

export function cityMap(block, act) {
  const header = h("header", {}, h("h3", {}, said(block.title)));
  if (block.simulated) header.append(h("span", { class: "tag" }, word("simulated")));
  const grid = h("div", { class: "tiles" });
  const known = block.areas.every((area) => area.code in PLACES);
  block.areas.forEach((area, index) => grid.append(tile(area, known, index, act)));
  grid.append(h("span", { class: known ? "scheme corner" : "scheme" }, word("schematic")));
  if (block.areas.some((area) => area.selected || isPart(area))) {
    const whole = () => act("district.clear", {});
    header.append(h("button", { class: "small", "data-press": true, onclick: whole }, word("whole")));
  }
  return h("section", { class: "block map" }, header, grid);
}

function isPart(area) {
  return area.code.length > DISTRICT_DIGITS;
}

function ask(area, act) {
  if (isPart(area)) act("neighbourhood.select", { neighbourhood: area.code });
  else act("district.select", { district: area.code });
}

function tile(area, known, index, act) {
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
  const [column, row] = known ? PLACES[area.code] : [index % COLUMNS, Math.floor(index / COLUMNS)];
  button.style.gridColumn = String(column + 1);
  button.style.gridRow = String(row + 1);
  return button;
}
