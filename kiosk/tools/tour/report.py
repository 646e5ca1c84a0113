"""What the tour tells: line by line while it goes, a JSON line for each step, a summary."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from kiosk.wire.text import Text


class Report:
    def __init__(self, json_file: Path | None, shots: Path | None) -> None:
        self._lines: list[str] = []
        self._json_file = json_file
        self._shots = shots
        self._failed: list[str] = []
        self._steps = 0
        self._begin_s = 0.0

    def began(self, seconds: float) -> None:
        print(f"Everything on after {seconds:.1f} s", flush=True)

    def step(self, number: int, title: Text) -> None:
        self._steps = number
        self._begin_s = time.monotonic()
        print(f"{number:2}. {title.en} · {title.ko}", flush=True)

    def stepped(
        self, name: str, records: list[dict[str, Any]], failure: str, picture: Path | None
    ) -> None:
        for record in records:
            print(f"      {_line(record)}", flush=True)
        if picture is None:
            failure = failure or "no picture could be taken"
        if failure:
            self._failed.append(name)
            print(f"      FAILED: {failure}", flush=True)
        line = {
            "step": name,
            "ok": not failure,
            "failure": failure,
            "took_ms": round((time.monotonic() - self._begin_s) * 1000),
            "records": records,
            "screenshot": str(picture) if picture and self._shots else None,
        }
        self._lines.append(json.dumps(line, ensure_ascii=False))

    def finish(self) -> int:
        if self._json_file is not None:
            self._json_file.write_text("\n".join(self._lines) + "\n", encoding="utf-8")
        good = self._steps - len(self._failed)
        print(f"\n{good} of {self._steps} steps led to their Outcome.", flush=True)
        if self._shots is not None:
            print(f"Pictures: {self._shots}", flush=True)
        if self._failed:
            print(f"Not these: {', '.join(self._failed)}", file=sys.stderr, flush=True)
        return 1 if self._failed else 0


def _line(record: dict[str, Any]) -> str:
    args = json.dumps(record["args"], ensure_ascii=False) if record["args"] else ""
    said = f" “{record['trigger']}”" if record["trigger"] else ""
    return (
        f"{record['source']}{said} → {record['command'] or '(no command)'} {args} "
        f"→ {record['status']}: {record['reason']['ko']} ({record['took_ms']} ms)"
    )
