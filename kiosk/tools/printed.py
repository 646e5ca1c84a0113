"""Pages to print, in Korean and English: one HTML file that needs nothing else."""

import base64
import os
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.pack import here
from kiosk.pack.clock import local_time
from kiosk.wire.text import Text

ASSETS = Path(__file__).resolve().parents[2] / "assets"
TEMPLATES, FACE = ASSETS / "print", ASSETS / "fonts" / "Pretendard-Medium.otf"


def printed(template: str, title: Text, now_ms: int, **values: Any) -> str:
    """A page of assets/print, headed by its title, the city and the time (epoch ms)."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    stamp = f"{local_time(now_ms):%Y-%m-%d %H:%M}"
    when = Text(f"{stamp} 기준", f"as of {stamp}")
    head = {"title": title, "place": here().name, "when": when}
    face = base64.b64encode(FACE.read_bytes()).decode()
    return pages.get_template(template).render(face=face, **head, **values)


def keep_whole(file: Path, text: str) -> None:
    """Writes a text, or leaves the file as it was. Raises OSError."""
    fresh = file.with_name(f".{file.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        os.replace(fresh, file)  # noqa: PTH105 - over a file that may be there
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
