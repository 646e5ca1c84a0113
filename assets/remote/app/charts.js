// Lines: a figure's small one, and the chart of a detail view. The y axis is never cut silently.

import { h, s } from "./dom.js";
import { currentLanguage, said, word } from "./words.js";

function path(points) {
  return points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

function scaled(values, width, height, pad) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const step = (width - 2 * pad) / Math.max(1, values.length - 1);
  return values.map((v, i) => [pad + i * step, height - pad - ((v - low) / span) * (height - 2 * pad)]);
}

export function sparkline(values, live) {
  if (values.length < 2) return null;
  const points = scaled(values, 200, 40, 5);
  const [x, y] = points.at(-1);
  return s(
    "svg",
    { viewBox: "0 0 200 40", class: "spark", preserveAspectRatio: "none", "aria-hidden": "true" },
    s("path", { d: "M0 39H200", class: "base" }),
    s("path", { d: path(points), class: "line" }),
    s("path", { d: `M${x} ${y}h0`, class: live ? "end" : "end hollow" }),
  );
}

function timeLabel(ms, span_ms) {
  const locale = currentLanguage() === "ko" ? "ko-KR" : "en-GB";
  const day = 86400000;
  const form =
    span_ms <= day
      ? { hour: "2-digit", minute: "2-digit", hour12: false }
      : span_ms <= 7 * day
        ? { month: "numeric", day: "numeric", hour: "numeric", hour12: false }
        : span_ms < 400 * day
          ? { month: "numeric", day: "numeric" }
          : { year: "numeric", month: "numeric" };
  return new Intl.DateTimeFormat(locale, form).format(ms);
}

function written(value, span) {
  const digits = span >= 20 ? 0 : span >= 2 ? 1 : 2;
  return new Intl.NumberFormat("ko-KR", { maximumFractionDigits: digits }).format(value);
}

export function chart(block) {
  const head = [h("h3", {}, said(block.title)), h("span", { class: "unit" }, said(block.unit))];
  if (block.simulated) head.push(h("span", { class: "tag" }, word("simulated")));
  const box = h("section", { class: "block chart" }, h("header", {}, head));
  if (block.points.length < 2) {
    box.append(h("p", { class: "quiet" }, word("no_data")));
    return box;
  }
  const [width, height, left, right, top, bottom] = [720, 250, 8, 84, 14, 28];
  const times = block.points.map(([t]) => t);
  const values = block.points.map(([, v]) => v);
  const [t0, t1] = [times[0], times.at(-1)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || Math.abs(high) || 1;
  const x = (t) => left + ((t - t0) / (t1 - t0 || 1)) * (width - left - right);
  const y = (v) => height - bottom - ((v - low) / span) * (height - top - bottom);
  const points = block.points.map(([t, v]) => [x(t), y(v)]);
  const grid = [low, low + span / 2, low + span].map((v) =>
    s(
      "g",
      {},
      s("path", { d: `M${left} ${y(v)}H${width - right}`, class: "grid" }),
      s("text", { x: width - right + 8, y: y(v) + 5, class: "axis" }, written(v, span)),
    ),
  );
  const [endX, endY] = points.at(-1);
  if (low > 0 || high < 0) box.firstChild.append(h("span", { class: "note" }, word("not_zero")));
  box.append(
    s(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, class: "plot", role: "img", "aria-label": said(block.title) },
      grid,
      s("path", { d: path(points), class: "focus" }),
      s("circle", { cx: endX, cy: endY, r: 5, class: "dot" }),
      s("text", { x: left, y: height - 6, class: "axis" }, timeLabel(t0, t1 - t0)),
      s("text", { x: width - right, y: height - 6, class: "axis last" }, timeLabel(t1, t1 - t0)),
    ),
  );
  return box;
}
