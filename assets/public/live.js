// Where scripts run, figures change in place. The page itself is asked for again, so that there is
// one way in which it is made; without scripts it is as complete as it is.

const SPREAD_MS = 2000; // readers ask at different moments
const SAY_EVERY_MS = 30000;
const MOST_SAID = 3;

const lamp = document.getElementById("live");
const told = document.getElementById("told");
let saidAt = 0;
let asking = false;

function show(on) {
  if (!lamp) return;
  lamp.hidden = false;
  lamp.classList.toggle("on", on);
  lamp.textContent = on ? lamp.dataset.on : lamp.dataset.off;
}

function words(piece) {
  const value = piece.querySelector("[data-value]");
  return value && piece.dataset.says ? `${piece.dataset.says} ${value.textContent.trim().replace(/\s+/g, " ")}` : "";
}

function take(fresh) {
  const news = [];
  for (const old of document.querySelectorAll("[data-live]")) {
    const piece = fresh.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    if (!piece || piece.innerHTML === old.innerHTML) continue;
    const before = words(old);
    if (old.contains(document.activeElement) && old !== document.activeElement) continue;
    old.replaceChildren(...document.importNode(piece, true).childNodes);
    if (words(old) !== before && words(old)) {
      news.push(words(old));
      old.classList.remove("changed");
      void old.offsetWidth; // starts the animation anew
      old.classList.add("changed");
    }
  }
  const now = Date.now();
  if (news.length && told && now - saidAt > SAY_EVERY_MS) {
    saidAt = now;
    told.textContent = news.slice(0, MOST_SAID).join(", ");
  }
}

async function ask() {
  if (asking || document.hidden) return;
  asking = true;
  try {
    const answer = await fetch(location.href, { cache: "no-cache", headers: { Accept: "text/html" } });
    if (answer.ok) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    show(false);
  } finally {
    asking = false;
  }
}

if (document.querySelector("[data-live]")) {
  let stream = null;
  const listen = () => {
    stream = new EventSource("/live");
    stream.addEventListener("open", () => show(true));
    stream.addEventListener("error", () => show(false));
    stream.addEventListener("changed", () => setTimeout(ask, Math.random() * SPREAD_MS));
  };
  listen();
  document.addEventListener("visibilitychange", () => ask());
  // A page that the browser keeps for the way back would hold on to one of its few connections.
  window.addEventListener("pagehide", () => stream.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      listen();
      ask();
    }
  });
}

for (const range of document.querySelectorAll("input[data-for]")) {
  const typed = document.getElementById(range.dataset.for);
  range.hidden = false;
  range.addEventListener("input", () => (typed.value = range.value));
  typed.addEventListener("input", () => (range.value = typed.value.replaceAll(",", "")));
}
