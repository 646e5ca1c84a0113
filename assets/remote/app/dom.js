// Makes elements. Text is always set as text, never as markup: the page's policy forbids markup.

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

export function s(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const ICONS = {
  home: "M4 11l8-7 8 7v9h-5v-6h-6v6H4z",
  chart: "M4 20V4M4 20h16M8 16l4-5 3 3 5-7",
  camera: "M3 7h12v10H3zM15 11l6-3v8l-6-3",
  back: "M20 12H5M11 6l-6 6 6 6",
  plus: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M15.5 15.5L21 21M7.5 10.5h6M10.5 7.5v6",
  minus: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M15.5 15.5L21 21M7.5 10.5h6",
  map: "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14",
  language: "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18M3.5 9h17M3.5 15h17M12 3c-6 6-6 12 0 18M12 3c6 6 6 12 0 18",
  microphone: "M9 6a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0zM5 11a7 7 0 0 0 14 0M12 18v3M8.5 21h7",
  hand: "M8 12V6.5a1.5 1.5 0 0 1 3 0V11V4.5a1.5 1.5 0 0 1 3 0V11V5.5a1.5 1.5 0 0 1 3 0V12v-2a1.5 1.5 0 0 1 3 0v5a7 7 0 0 1-7 7h-1c-3 0-4.500-1.500-6-4l-2.500-4c-.8-1.600 1.300-3 2.500-1.500z",
  tablet: "M6 3h12v18H6zM11 18h2",
  check: "M5 12.500l4.500 4.500L19 7",
  struck: "M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16M6.500 6.500l11 11",
  desk: "M6 3h9l4 4v14H6zM9 9h7M9 13h7M9 17h4",
  send: "M20 4L3 11l7 3 3 7zM10 14l10-10",
  grid: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
  place: "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 8a2 2 0 1 1 0 4a2 2 0 1 1 0-4",
  large: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  target: "M12 5a7 7 0 1 1 0 14a7 7 0 1 1 0-14M12 2v5M12 17v5M2 12h5M17 12h5",
  clock: "M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16M12 8v4.500l3 2",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM14 19h2M19 14h1",
};

export function icon(name, size = 24) {
  const shape = s("path", { d: ICONS[name], fill: "none", stroke: "currentColor" });
  return s("svg", { viewBox: "0 0 24 24", width: size, height: size, class: "icon" }, shape);
}

// The national severity scale is told by shape first: ring, square, triangle, octagon.
const SEVERITY = {
  notice: "M12 2.500a9.500 9.500 0 1 1 0 19a9.500 9.500 0 1 1 0-19",
  caution: "M3 3h18v18H3z",
  warning: "M12 2l11 20H1z",
  critical: "M8 2h8l6 6v8l-6 6H8l-6-6V8z",
};

export function severityMark(level, number) {
  const known = level in SEVERITY;
  const shape = s("path", { d: SEVERITY[known ? level : "notice"], class: "shape" });
  const label = s("text", { x: 12, y: level === "warning" ? 19.5 : 16.5, class: "number" });
  label.append(String(number));
  const kind = `mark ${known ? level : "plain"}`;
  return s("svg", { viewBox: "0 0 24 24", class: kind, width: 28, height: 28 }, shape, label);
}
