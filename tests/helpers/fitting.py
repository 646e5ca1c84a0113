"""What does not fit on a tablet's page, or can't be hit or read there."""

from tests.helpers.chromium import Chromium

NONE: dict[str, list[str]] = {"wide": [], "small": [], "tiny": [], "out": []}
_SCRIPT = """
const seen = (e) => e.offsetParent !== null && e.getClientRects().length;
const all = [...document.querySelectorAll("body *")].filter((e) => seen(e) && !e.closest("svg"));
const wide = all.filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
  && getComputedStyle(e).display !== "inline"
  && getComputedStyle(e).textOverflow !== "ellipsis");
const buttons = [...document.querySelectorAll("button, select, textarea")].filter(seen);
const small = buttons.filter((e) => e.getBoundingClientRect().height < 47.5);
const tiny = all.filter((e) => parseFloat(getComputedStyle(e).fontSize) < 13);
const out = buttons.filter((e) => {
  const { left, right } = e.getBoundingClientRect();
  return left < -1 || right > window.innerWidth + 1;
});
const told = (list) => list.map((e) => e.outerHTML.slice(0, 90));
return { wide: told(wide), small: told(small), tiny: told(tiny), out: told(out) };
"""


def misfits(tablet: Chromium) -> dict[str, list[str]]:
    """Beginnings of the elements that scroll sideways, are lower than 48 px, have text below 13 px,
    or lie beside the screen."""
    found: dict[str, list[str]] = tablet.script(_SCRIPT)
    return found
