// Draws the blocks of the wall's current view. A block that names a command can be pressed.

import { cityMap } from "./city_map.js";
import { chart, sparkline } from "./charts.js";
import { h, icon, severityMark } from "./dom.js";
import { said, word } from "./words.js";

const CHECKS = ["notice", "caution", "warning", "critical"];

function pressable(block, act) {
  if (!block.command) return {};
  return { "data-press": true, onclick: () => act(block.command, block.args) };
}

export function figure(block, act, kept) {
  const tag = block.command ? "button" : "div";
  const value = block.quality === "absent" ? "—" : block.value;
  return h(
    tag,
    { class: `figure ${block.quality}`, ...pressable(block, act) },
    h("span", { class: "label" }, said(block.label)),
    h("span", { class: "value" }, h("b", {}, value), " ", h("i", {}, said(block.unit))),
    h(
      "span",
      { class: "age" },
      said(block.age) ? icon("clock", 15) : null,
      h("span", {}, kept && said(block.age) ? word("then", { age: said(block.age) }) : said(block.age)),
      block.simulated ? h("span", { class: "tag" }, word("simulated")) : null,
    ),
    sparkline(block.series, block.quality === "fresh"),
  );
}

// A headline may begin with the number that the item has on the wall and in speech.
function numbered(headline, pattern) {
  const found = pattern.exec(headline);
  return found ? { number: found[1], text: found[2] } : { number: null, text: headline };
}

function row(item, act) {
  const known = CHECKS.includes(item.severity);
  const { number, text } = numbered(said(item.headline), /^(\d+)\. +(.*)$/);
  const mark = known || number ? severityMark(known ? item.severity : "plain", number ?? "") : null;
  return h(
    item.command ? "button" : "div",
    { class: "row", ...pressable(item, act) },
    mark,
    h("span", { class: "text" }, h("b", {}, text), h("span", {}, said(item.facts))),
  );
}

export function rows(block, act) {
  const header = h("header", {}, h("h3", {}, said(block.title)));
  if (block.rows.some((item) => item.command)) {
    header.append(h("span", { class: "note" }, word("press_hint")));
  }
  if (block.simulated) header.append(h("span", { class: "tag" }, word("simulated")));
  const items = block.rows.map((item) => row(item, act));
  if (!items.length) items.push(h("p", { class: "quiet" }, word("no_data")));
  return h("section", { class: "block rows" }, header, items);
}

export function cameras(block, act) {
  const items = block.rows.map((item) => {
    const { number, text } = numbered(said(item.headline), /^(\d+)번? +(.*)$/);
    return h(
      item.command ? "button" : "div",
      { class: "camera", ...pressable(item, act) },
      h("span", { class: "pane" }, number ? h("b", {}, number) : null, icon("camera", 28)),
      h("span", { class: "text" }, h("b", {}, text), h("span", {}, said(item.facts))),
    );
  });
  const header = h("header", {}, h("h3", {}, said(block.title)));
  return h("section", { class: "block cameras" }, header, h("div", { class: "wall" }, items));
}

// Elements for the blocks, figures gathered in one grid: {main, side}.
export function drawBlocks(blocks, act, kept) {
  const figures = blocks.filter((block) => block.block === "figure");
  const maps = blocks.filter((block) => block.block === "map");
  const main = [];
  const side = [];
  const head = maps.map((block) => cityMap(block, act));
  if (figures.length) {
    head.unshift(h("div", { class: "figures" }, figures.map((block) => figure(block, act, kept))));
  }
  // Some figures and the map stand side by side, so that one look takes in both.
  const beside = head.length === 2 && figures.length <= 6;
  main.push(...(beside ? [h("div", { class: "beside" }, head)] : head));
  for (const block of blocks) {
    if (block.block === "chart") main.push(chart(block));
    if (block.block === "cameras") main.push(cameras(block, act));
    if (block.block === "rows") side.push(rows(block, act));
  }
  return { main, side };
}
