// A board runs by itself: it asks for its page again, goes on to the next section while nobody touches it, and begins anew
// when somebody has gone. Nothing that a finger or a key does leads anywhere but to a page of the board.

const ASK_MS = 10_000;
const NEXT_MS = 20_000; // a section stays so long while nobody is there
const DAY_MS = 86_400_000;
const ALONE_MS = 60_000; // without a touch for so long nobody is there

let touched = -Infinity;
let turned = performance.now();
let good = Date.now();
let asking = null;

const board = (address) => {
  const url = new URL(address, location.href);
  return url.origin === location.origin && /^\/(ko\/|en\/)?board(\/[a-z0-9-]+)?$/.test(url.pathname) ? url : null;
};

function cut(on) {
  const line = document.getElementById("cut");
  line.hidden = !on;
  if (!on) return;
  const minutes = Math.floor((Date.now() - good) / 60_000);
  const age = minutes < 1 ? line.dataset.now : line.dataset.minutes.replace("{n}", minutes);
  for (const when of document.querySelectorAll(".b-age time")) {
    const at = Date.parse(when.dateTime); // "just now" was true when it came
    if (good - at < DAY_MS) when.textContent = time(at);
  }
  line.textContent = line.dataset.says.replace("{at}", time(good)).replace("{age}", age);
}

function time(at) {
  const told = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: document.body.dataset.zone };
  return new Intl.DateTimeFormat("ko", told).format(at);
}

async function show(address) {
  const url = board(address);
  if (url === null) return;
  asking?.abort();
  const mine = (asking = new AbortController());
  const late = setTimeout(() => mine.abort(), ASK_MS);
  try {
    const answer = await fetch(url, { cache: "no-cache", signal: mine.signal, headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !fresh.documentElement.classList.contains("board") || board(answer.url) === null) throw new Error(answer.status);
    document.documentElement.lang = fresh.documentElement.lang;
    document.title = fresh.title;
    document.body.replaceWith(document.adoptNode(fresh.body));
    history.replaceState(null, "", answer.url);
    good = Date.now();
    tick();
  } catch {
    if (asking === mine) cut(true);
  } finally {
    clearTimeout(late);
    if (asking === mine) asking = null;
  }
}

function next() {
  const ways = [...document.querySelectorAll(".b-sections a")];
  const here = ways.findIndex((way) => way.hasAttribute("aria-current"));
  return ways.length ? ways[(here + 1) % ways.length].href : document.body.dataset.begin;
}

function tick() {
  document.getElementById("clock").textContent = time(Date.now());
  if (!document.getElementById("cut").hidden) cut(true);
}

function turn() {
  const now = performance.now();
  if (touched > 0 && now - touched > ALONE_MS) {
    touched = -Infinity;
    turned = now;
    show(document.body.dataset.begin);
  } else if (touched < 0 && now - turned > NEXT_MS) {
    turned = now;
    show(next());
  } else if (asking === null && Date.now() - good > ASK_MS) {
    show(location.href);
  }
  tick();
}

function press(event) {
  touched = performance.now();
  const way = event.target.closest?.("a");
  event.preventDefault();
  if (event.type === "click" && way) show(way.href);
}

for (const kind of ["click", "auxclick", "dblclick"]) addEventListener(kind, press, { capture: true });
const refused = ["contextmenu", "dragstart", "drop", "dragover", "selectstart", "copy", "cut", "paste", "wheel", "keydown", "keyup", "keypress", "gesturestart", "beforeinput"];
for (const kind of refused) {
  addEventListener(kind, (event) => event.preventDefault(), { capture: true, passive: false });
}
addEventListener("touchmove", (event) => event.preventDefault(), { capture: true, passive: false });
addEventListener("pointerdown", () => (touched = performance.now()), { capture: true });
setInterval(turn, 1000);
tick();
