"""A real SFU (Janus, of Debian's package) on free ports of this machine."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.broker import free_port

SECRET = "not a secret"
_LIBRARIES = "/usr/lib/x86_64-linux-gnu/janus"
_OTHER_PLUGINS = (
    *("audiobridge", "duktape", "echotest", "lua", "nosip", "recordplay", "sip", "streaming"),
    *("textroom", "videocall", "voicemail"),
)
_OTHER_TRANSPORTS = ("http", "mqtt", "nanomsg", "pfunix", "rabbitmq")


class SfuServer:
    """Running once made; `stop` ends it, `start` begins anew on the same port."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("janus") is None:
            pytest.skip("no janus here; ./kiosk.sh test installs it")
        self.port = free_port()
        self.url = f"ws://127.0.0.1:{self.port}"
        self._folder = folder / "janus"
        self._folder.mkdir()
        self._process: subprocess.Popen[bytes] | None = None
        general = _GENERAL.format(
            folder=self._folder,
            secret=SECRET,
            libraries=_LIBRARIES,
            plugins=_files(_OTHER_PLUGINS),
            transports=_files(_OTHER_TRANSPORTS),
        )
        self._write("janus.jcfg", general)
        self._write("janus.transport.websockets.jcfg", _LISTENS.format(port=self.port))
        self._write("janus.plugin.videoroom.jcfg", "general: {\n}\n")
        self.start()

    def start(self) -> None:
        """Returns when it takes connections."""
        self._process = subprocess.Popen(
            ["janus", "-F", str(self._folder), "-C", str(self._folder / "janus.jcfg")],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self._process.stdout is not None
        said: list[str] = []
        for line in self._process.stdout:
            said.append(line.decode(errors="replace"))
            if "WebSockets thread started" in said[-1]:
                return
        raise AssertionError("janus ended before it listened: " + "".join(said[-20:]))

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process = None

    def _write(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text)


def _files(names: tuple[str, ...]) -> str:
    return ",".join(f"libjanus_{name}.so" for name in names)


_GENERAL = """
general: {{
  configs_folder = "{folder}"
  plugins_folder = "{libraries}/plugins"
  transports_folder = "{libraries}/transports"
  events_folder = "/nowhere"
  loggers_folder = "/nowhere"
  debug_level = 4
  api_secret = "{secret}"
  session_timeout = 30
}}
nat: {{
  ice_ignore_list = "vmnet"
}}
plugins: {{
  disable = "{plugins}"
}}
transports: {{
  disable = "{transports}"
}}
"""
_LISTENS = """
general: {{
  json = "compact"
  ws = true
  ws_port = {port}
  ws_ip = "127.0.0.1"
}}
"""
