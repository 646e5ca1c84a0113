// Asks for the board until it is there. Nothing that a finger or a key does leads anywhere.
const kinds = ["keydown", "keyup", "keypress", "contextmenu", "dragstart", "wheel", "touchmove", "auxclick", "click"];
for (const kind of kinds) addEventListener(kind, (event) => event.preventDefault(), { capture: true, passive: false });
setInterval(async () => {
  try {
    if ((await fetch("/board", { cache: "no-store" })).ok) location.replace("/board");
  } catch {
    // not yet
  }
}, 3000);
