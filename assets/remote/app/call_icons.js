// Icons of a call, in the manner of dom.js.

import { s } from "./dom.js";

const SHAPES = {
  phone: "M6 3l4 1 1 5-3 2c1 3 2 4 5 5l2-3 5 1 1 4c0 2-2 3-4 3C9 20 4 14 3 7c0-2 1-4 3-4z",
  hangup: "M3 15c0-6 18-6 18 0v2l-5 1-1-4c-2-.6-4-.6-6 0l-1 4-5-1z",
  microphone: "M9 6a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0zM5 11a7 7 0 0 0 14 0M12 18v3M8.500 21h7",
  microphone_off: "M9 6a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0zM5 11a7 7 0 0 0 14 0M12 18v3M8.500 21h7M3 3l18 18",
  camera: "M3 7h12v10H3zM15 11l6-3v8l-6-3",
  camera_off: "M3 7h12v10H3zM15 11l6-3v8l-6-3M3 3l18 18",
  smaller: "M10 4v6H4M14 20v-6h6M10 10L4 4M14 14l6 6",
  larger: "M4 10V4h6M20 14v6h-6M4 4l6 6M20 20l-6-6",
};

export function callIcon(name) {
  const shape = s("path", { d: SHAPES[name], fill: "none", stroke: "currentColor" });
  return s("svg", { viewBox: "0 0 24 24", width: 26, height: 26, class: "icon" }, shape);
}
