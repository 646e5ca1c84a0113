"""A small HTTP server for tests whose answers a test writes itself."""

import threading
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Page = Callable[["Asked"], None]


class Asked(SimpleHTTPRequestHandler):
    """One question; a page writes its answer, files come from the folder where there is one."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        pages: dict[str, Page] = self.server.pages
        self.server.asked.append((self.path, dict(self.headers)))
        page = pages.get(self.path.partition("?")[0])
        if page is not None:
            page(self)
        elif self.server.folder is not None:
            super().do_GET()
        else:
            self.give(404)

    def do_POST(self) -> None:
        self.do_GET()

    def give(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class WebServer(ThreadingHTTPServer):
    """Serves `pages` (path -> page), then files of `folder`, on a free port of loopback."""

    daemon_threads = True

    def __init__(self, folder: Path | None = None, /, **pages: Page) -> None:
        self.folder = folder
        self.pages: dict[str, Page] = {f"/{name}": page for name, page in pages.items()}
        self.asked: list[tuple[str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), self._handler)
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,))

    def _handler(self, *args: Any) -> Asked:
        return Asked(*args, directory=str(self.folder or "/nowhere"))

    def handle_error(self, *_: object) -> None:
        """A reader that leaves early is no fault."""

    def __enter__(self) -> "WebServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()
