// The remote: what the wall shows now, and buttons that drive it. Enlarged it is a mirror alone.

import { drawBlocks } from "./blocks.js";
import { h, icon } from "./dom.js";
import { pointerPad } from "./pointer_pad.js";
import { panelChoice } from "./panel_choice.js";
import { sentence } from "./toast.js";
import { age, currentLanguage, said, word } from "./words.js";

export function remoteScreen(app) {
  const frame = h("div", { class: "frame" });
  const caption = h("p", { class: "caption" });
  const side = h("div", { class: "side-rows" });
  const sheet = h("div", { class: "sheet", id: "panels", hidden: true });
  const pad = pointerPad(app);
  const tools = h("div", { class: "mirror-tools" });
  const buttons = h("div", { class: "buttons" });
  const last = h("div", { class: "last" });
  const speak = h("button", { class: "primary speak", "data-press": true, id: "speak" });
  speak.addEventListener("click", () => app.act("voice.listen", {}));
  const written = h("input", { id: "written", maxlength: 80, autocomplete: "off", enterkeyhint: "send" });
  const send = h("button", { "data-press": true, id: "send" });
  const write = h("form", { class: "write" }, written, send);
  write.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = written.value.trim();
    if (!text) return;
    app.act("words.say", { text });
    written.value = "";
    written.blur();
  });
  const screen = h(
    "main",
    { class: "remote" },
    h(
      "div",
      { class: "column" },
      h("div", { class: "mirror" }, frame, h("div", { class: "mirror-foot" }, caption, tools)),
      buttons,
    ),
    h("div", { class: "column" }, side, h("div", { class: "talk" }, last, write, speak)),
    sheet,
    pad.element,
  );

  const low = window.matchMedia("(orientation: portrait) and (max-height: 1100px)");
  low.addEventListener("change", () => ((drawn = ""), draw()));
  frame.addEventListener("scroll", drawCaption);

  let drawn = "";
  function drawFrame() {
    const { projection } = app;
    const kept = app.state !== "here";
    const now = JSON.stringify([projection, kept, currentLanguage()]);
    if (now === drawn) return;
    drawn = now;
    frame.classList.toggle("kept", kept);
    if (!projection) {
      frame.replaceChildren(h("p", { class: "quiet" }, word("waiting_view")));
      side.replaceChildren();
      return;
    }
    const scroll = frame.scrollTop;
    const blocks = drawBlocks(projection.blocks, app.act, kept);
    const body = blocks.main.length || blocks.side.length ? blocks.main : [emptyNote()];
    // Where the list has no room of its own, it follows in the picture.
    const beside = !low.matches && !screen.classList.contains("enlarged");
    frame.replaceChildren(heading(projection), ...body, ...(beside ? [] : blocks.side));
    frame.scrollTop = scroll;
    side.replaceChildren(...(beside ? blocks.side : []));
    screen.classList.toggle("has-side", beside && blocks.side.length > 0);
  }

  function drawCaption() {
    if (!app.projection) return caption.replaceChildren();
    const live = app.state === "here";
    const shown = live ? word("picture_now") : word("picture", { age: age(app.kept_ms()) });
    const below = frame.scrollHeight - frame.scrollTop - frame.clientHeight > 24;
    const hint = below ? "more_hint" : "press_hint";
    caption.replaceChildren(h("span", {}, word(hint)), h("span", {}, shown));
  }

  function tool(id, name, label, act) {
    return h("button", { class: "plain", id, onclick: act }, icon(name), h("span", {}, word(label)));
  }

  function enlarge() {
    screen.classList.toggle("enlarged");
    drawn = pressed = "";
    draw();
  }

  function toggleSheet() {
    sheet.hidden = !sheet.hidden;
    if (sheet.hidden) return;
    const choose = (panel) => {
      sheet.hidden = true;
      app.act("panel.open", { panel });
    };
    const close = h("button", { class: "plain", id: "panels-close", onclick: toggleSheet }, word("cancel"));
    sheet.replaceChildren(...panelChoice(app.desk?.panels ?? [], { chosen: (id) => id === app.projection?.panel, choose }), close);
    sheet.scrollTop = 0;
  }

  let pressed = "";
  function drawButtons() {
    const large = screen.classList.contains("enlarged");
    const acts = ["mayor", "official"].includes(app.role);
    // An installer's walk stands in the wall's place: its own rows are all that can be pressed.
    const walk = app.projection?.panel === "calibration";
    if (!acts || walk) pad.end();
    buttons.hidden = write.hidden = speak.hidden = walk;
    const now = JSON.stringify([app.buttons, app.projection?.panel, app.gives, acts, large, currentLanguage()]);
    if (now !== pressed) {
      const all = tool("all-panels", "grid", "all_panels", toggleSheet);
      buttons.replaceChildren(...app.buttons.map((b) => drawButton(b, app)), all);
      const order = tool("order-this", "send", "order_this", () => app.compose({ about: null }));
      const report = tool("report-this", "desk", "report_this", () => app.compose({ about: null, ready: "brief", due: "today" }));
      const pointing = tool("point", "target", "point", pad.begin);
      tools.replaceChildren(...(app.gives && !walk ? [order, report] : []), ...(acts && !walk ? [pointing] : []), tool("enlarge", "large", large ? "smaller" : "larger", enlarge));
    }
    pressed = now;
    const hint = app.listening ? word("speak_hint") : word("speak");
    written.placeholder = word("write");
    written.setAttribute("aria-label", word("write"));
    send.replaceChildren(word("send"));
    speak.replaceChildren(icon("microphone", 28), h("span", {}, hint));
    last.replaceChildren(
      h("span", { class: "note" }, word("last")),
      h("b", {}, app.lastAnswer ? sentence(app.lastAnswer) : word("nothing_done")),
    );
  }

  // A finger that is down keeps its button: a new picture waits until the finger is up.
  const fingers = new Set();
  let waits = false;
  screen.addEventListener("pointerdown", (event) => fingers.add(event.pointerId));
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      if (waits && fingers.size === 0) setTimeout(draw, 0);
    });
  }

  function draw() {
    waits = fingers.size > 0;
    if (waits) return;
    drawFrame();
    drawCaption();
    drawButtons();
  }

  return {
    element: screen,
    title: () => word("remote"),
    hint: () => word("remote_hint"),
    draw,
    tick: drawCaption,
    left: () => pad.end(),
  };
}

function heading(projection) {
  const parts = [h("h2", {}, said(projection.title))];
  parts.push(h("span", { class: "note" }, said(projection.subtitle)));
  if (projection.offline) parts.push(h("span", { class: "tag" }, word("offline")));
  if (projection.recording_until_ms) {
    const at = new Date(projection.recording_until_ms).toTimeString().slice(0, 5);
    parts.push(h("span", { class: "tag" }, word("recording", { at })));
  }
  const head = [h("div", { class: "wall-title" }, parts)];
  if (projection.call) head.push(departmentCall(projection.call));
  return h("div", {}, head);
}

function departmentCall(call) {
  const at = new Date(call.t_ms).toTimeString().slice(0, 5);
  return h(
    "div",
    { class: "question", role: "alert" },
    h("span", {}, h("span", { class: "note" }, word("call", { at })), h("b", {}, said(call.department))),
    h("span", {}, said(call.subject)),
  );
}

function drawButton(button, app) {
  const korean = currentLanguage() === "ko";
  const args = !korean && button.args_en ? button.args_en : button.args;
  const here = button.panel !== undefined && button.panel === app.projection?.panel;
  return h(
    "button",
    {
      class: here ? "plain current" : "plain",
      "data-press": true,
      "data-command": button.command,
      onclick: () => app.act(button.command, args),
    },
    icon(button.icon),
    h("span", {}, korean ? button.ko : button.en),
  );
}

function emptyNote() {
  return h("p", { class: "quiet" }, word("empty"));
}
