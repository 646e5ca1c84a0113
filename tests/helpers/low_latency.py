"""A low-latency HLS server for tests: fragmented MP4 of a moving picture, in parts of a fifth of a
second, with a playlist that waits for what is asked for where it `blocks`.

Written by the rules of draft-pantos-hls-rfc8216bis (4.4.4.9, 6.2.5.2), for want of a packager of
FFmpeg's that does it. The pictures are grey levels that go up, so that each can be told apart.
"""

import threading
import time
from datetime import UTC, datetime
from fractions import Fraction
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import av
import numpy as np

from tests.helpers.web_server import Asked, WebServer

FPS, A_PART, PARTS = 15, 3, 5
PART_S = A_PART / FPS
LISTED, WITH_PARTS = 6, 2


class LowLatency:
    """Serves `live.m3u8`; `asked` are the paths that were asked for."""

    def __init__(self, *, blocks: bool = True) -> None:
        self._blocks = blocks
        self._head = b""
        self._parts: list[tuple[int, bytes]] = []
        self._news = threading.Condition()
        self._stopped = threading.Event()
        self._server = WebServer(**{"live.m3u8": self._playlist, "init.mp4": self._init})
        self._thread = threading.Thread(target=self._run, name="low-latency")
        self.url = f"{self._server.base}/live.m3u8"

    @property
    def asked(self) -> list[str]:
        return [path for path, _ in self._server.asked]

    def __enter__(self) -> "LowLatency":
        self._server.__enter__()
        self._thread.start()
        with self._news:
            assert self._news.wait_for(lambda: len(self._parts) > PARTS, 10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._thread.join()
        self._server.__exit__()

    def _run(self) -> None:
        boxes = _Boxes(self._take)
        options = {
            "movflags": "empty_moov+default_base_moof+frag_keyframe",
            "frag_duration": str(round(PART_S * 1e6)),
        }
        container: Any = av.open(boxes, "w", format="mp4", container_options=options)
        stream: Any = container.add_stream(
            "libx264",
            rate=FPS,
            options={"preset": "ultrafast", "tune": "zerolatency", "g": str(A_PART * PARTS)},
        )
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        began = time.monotonic()
        for count in range(1_000_000):
            if self._stopped.wait(max(0.0, began + count / FPS - time.monotonic())):
                break
            grey = np.full((180, 320, 3), count * 5 % 200 + 20, np.uint8)
            frame: Any = av.VideoFrame.from_ndarray(grey, "rgb24")
            frame.pts, frame.time_base = count, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.close()

    def _take(self, head: bytes, part: bytes) -> None:
        with self._news:
            self._head = head
            number, at = divmod(len(self._parts), PARTS)
            self._server.pages[f"/{number}.{at}.m4s"] = _file(part)
            self._parts.append((round(time.time() * 1000 - PART_S * 1000), part))
            if at == PARTS - 1:
                whole = b"".join(data for _, data in self._parts[-PARTS:])
                self._server.pages[f"/{number}.m4s"] = _file(whole)
            self._news.notify_all()

    def _init(self, asked: Asked) -> None:
        asked.give(200, self._head)

    def _playlist(self, asked: Asked) -> None:
        wanted = parse_qs(urlsplit(asked.path).query)
        with self._news:
            if self._blocks and "_HLS_msn" in wanted:
                number, at = (int(wanted[f"_HLS_{name}"][0]) for name in ("msn", "part"))
                self._news.wait_for(lambda: len(self._parts) > number * PARTS + at, 2)
            lines = self._lines()
        asked.give(200, "\n".join(lines).encode(), Content_Type="application/vnd.apple.mpegurl")

    def _lines(self) -> list[str]:
        number, rest = divmod(len(self._parts), PARTS)
        first = max(0, number - LISTED)
        control = f"PART-HOLD-BACK={3 * PART_S:.1f}"
        if self._blocks:
            control = f"CAN-BLOCK-RELOAD=YES,{control}"
        lines = [
            "#EXTM3U", "#EXT-X-VERSION:9", "#EXT-X-TARGETDURATION:1",
            f"#EXT-X-SERVER-CONTROL:{control}", f"#EXT-X-PART-INF:PART-TARGET={PART_S:.1f}",
            f"#EXT-X-MEDIA-SEQUENCE:{first}", '#EXT-X-MAP:URI="init.mp4"',
        ]  # fmt: skip
        for segment in range(first, number + 1):
            parts = range(PARTS if segment < number else rest)
            taken_ms = self._parts[segment * PARTS][0] if parts else 0
            if parts:
                moment = datetime.fromtimestamp(taken_ms / 1000, UTC)
                lines.append(
                    f"#EXT-X-PROGRAM-DATE-TIME:{moment.isoformat(timespec='milliseconds')}"
                )
            if segment > number - WITH_PARTS:
                lines += [self._part(segment, at) for at in parts]
            if segment < number:
                lines += [f"#EXTINF:{PARTS * PART_S:.1f},", f"{segment}.m4s"]
        return [*lines, f'#EXT-X-PRELOAD-HINT:TYPE=PART,URI="{number}.{rest}.m4s"', ""]

    def _part(self, segment: int, at: int) -> str:
        alone = ",INDEPENDENT=YES" if at == 0 else ""
        return f'#EXT-X-PART:DURATION={PART_S:.1f},URI="{segment}.{at}.m4s"{alone}'


class _Boxes:
    """What a muxer writes, cut into its head and fragments (ISO/IEC 14496-12, 4.2)."""

    def __init__(self, take: Any) -> None:
        self._take = take
        self._left = b""
        self._head = b""
        self._moof = b""

    def write(self, data: bytes) -> int:
        self._left += bytes(data)
        while len(self._left) >= 8 and len(self._left) >= (size := int.from_bytes(self._left[:4])):
            box, self._left = self._left[:size], self._left[size:]
            match box[4:8]:
                case b"ftyp" | b"moov":
                    self._head += box
                case b"moof":
                    self._moof = box
                case b"mdat":
                    self._take(self._head, self._moof + box)
        return len(data)


def _file(data: bytes) -> Any:
    return lambda asked: asked.give(200, data)
