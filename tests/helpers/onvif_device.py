"""A camera that speaks ONVIF, as far as a reader of its streams asks: discovery and five calls."""

import base64
import hashlib
import re
import socket
import threading

from tests.helpers.web_server import Asked, WebServer

PASSWORD = "hunter2"
SOAP = "http://www.w3.org/2003/05/soap-envelope"
DEVICE = "http://www.onvif.org/ver10/device/wsdl"
MEDIA = "http://www.onvif.org/ver10/media/wsdl"
SCHEMA = "http://www.onvif.org/ver10/schema"


class OnvifDevice:
    """On loopback; answers to `mayor` with PASSWORD alone where it is `locked`.

    `elsewhere`: the host that it names its streams at. `services`: the host that it says its own
    services are at.
    """

    def __init__(
        self, *, locked: bool = False, elsewhere: str = "127.0.0.1", services: str = "127.0.0.1"
    ) -> None:
        self._locked = locked
        self._elsewhere = elsewhere
        self._services = services
        self.calls: list[str] = []
        self._web = WebServer(**{"onvif/device_service": self._serve, "onvif/media": self._serve})
        self.port = self._web.server_address[1]
        self._line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._line.bind(("127.0.0.1", 0))
        self.group: tuple[str, int] = self._line.getsockname()
        self._thread = threading.Thread(target=self._answer_probes)

    def __enter__(self) -> "OnvifDevice":
        self._web.__enter__()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.sendto(b"", self.group)
        self._thread.join()
        self._line.close()
        self._web.__exit__()

    def match(self, address: str = "") -> bytes:
        """Its answer to a probe."""
        service = address or f"http://127.0.0.1:{self.port}/onvif/device_service"
        return f"""<?xml version="1.0"?><s:Envelope xmlns:s="{SOAP}"
          xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Body><d:ProbeMatches>
          <d:ProbeMatch><d:Scopes>onvif://www.onvif.org/name/Gate-1
          onvif://www.onvif.org/location/</d:Scopes><d:XAddrs>http://192.0.2.9/x {service}
          </d:XAddrs></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>""".encode()

    def _answer_probes(self) -> None:
        while True:
            question, sender = self._line.recvfrom(65535)
            if not question:
                return
            if b"NetworkVideoTransmitter" in question:
                self._line.sendto(self.match(), sender)

    def _serve(self, asked: Asked) -> None:
        body = asked.rfile.read(int(asked.headers["Content-Length"])).decode()
        found = re.search(r"Body>\s*<(?:\w+:)?(\w+)", body)
        call = found[1] if found else ""
        self.calls.append(call)
        if self._locked and call != "GetSystemDateAndTime" and not _knows(body):
            asked.give(400, _envelope(FAULT), Content_Type="application/soap+xml")
            return
        token = re.search(r"ProfileToken>([^<]*)", body)
        answer = {
            "GetServices": self._named_services(),
            "GetDeviceInformation": ABOUT,
            "GetProfiles": PROFILES,
            "GetStreamUri": self._stream(token[1] if token else ""),
        }.get(call, FAULT)
        asked.give(200, _envelope(answer), Content_Type="application/soap+xml")

    def _named_services(self) -> str:
        service = "".join(
            f"<t:Service><t:Namespace>{space}</t:Namespace>"
            f"<t:XAddr>http://{self._services}:{self.port}/onvif/{name}</t:XAddr>"
            "<t:Version><tt:Major>2</tt:Major><tt:Minor>0</tt:Minor></t:Version></t:Service>"
            for space, name in ((DEVICE, "device_service"), (MEDIA, "media"))
        )
        return f'<t:GetServicesResponse xmlns:t="{DEVICE}">{service}</t:GetServicesResponse>'

    def _stream(self, token: str) -> str:
        return (
            f'<m:GetStreamUriResponse xmlns:m="{MEDIA}"><m:MediaUri>'
            f"<tt:Uri>rtsp://{self._elsewhere}:554/{token}?a=1&amp;b=2</tt:Uri>"
            "<tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>"
            "<tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout>"
            "</m:MediaUri></m:GetStreamUriResponse>"
        )


def _knows(body: str) -> bool:
    """Whether a question carries the password's digest (WSS UsernameToken Profile 1.0)."""
    given = re.search(r"PasswordDigest\">([^<]+)<", body)
    nonce = re.search(r"Nonce[^>]*>([^<]+)<", body)
    made = re.search(r"Created[^>]*>([^<]+)<", body)
    if not (given and nonce and made and ">mayor<" in body):
        return False
    words = base64.b64decode(nonce[1]) + made[1].encode() + PASSWORD.encode()
    return base64.b64encode(hashlib.sha1(words).digest()).decode() == given[1]


def _envelope(body: str) -> bytes:
    head = f'<?xml version="1.0"?><s:Envelope xmlns:s="{SOAP}" xmlns:tt="{SCHEMA}">'
    return f"{head}<s:Body>{body}</s:Body></s:Envelope>".encode()


FAULT = (
    "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason>"
    '<s:Text xml:lang="en">Sender not Authorized</s:Text></s:Reason></s:Fault>'
)
ABOUT = (
    f'<t:GetDeviceInformationResponse xmlns:t="{DEVICE}"><t:Manufacturer>Acme</t:Manufacturer>'
    "<t:Model>Eye 3</t:Model><t:FirmwareVersion>1</t:FirmwareVersion>"
    "<t:SerialNumber>7</t:SerialNumber><t:HardwareId>1</t:HardwareId>"
    "</t:GetDeviceInformationResponse>"
)


def _profile(token: str, width_px: int, height_px: int) -> str:
    return (
        f'<m:Profiles token="{token}" fixed="true"><tt:Name>{token}</tt:Name>'
        f'<tt:VideoEncoderConfiguration token="e{token}"><tt:Name>e</tt:Name>'
        "<tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding><tt:Resolution>"
        f"<tt:Width>{width_px}</tt:Width><tt:Height>{height_px}</tt:Height></tt:Resolution>"
        "<tt:Quality>5</tt:Quality><tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type>"
        "<tt:IPv4Address>0.0.0.0</tt:IPv4Address></tt:Address><tt:Port>0</tt:Port><tt:TTL>1</tt:TTL>"
        "<tt:AutoStart>false</tt:AutoStart></tt:Multicast><tt:SessionTimeout>PT30S"
        "</tt:SessionTimeout></tt:VideoEncoderConfiguration></m:Profiles>"
    )


PROFILES = (
    f'<m:GetProfilesResponse xmlns:m="{MEDIA}">'
    f"{_profile('low', 640, 360)}{_profile('high', 1920, 1080)}{_profile('mid', 1280, 720)}"
    '<m:Profiles token="sound" fixed="true"><tt:Name>sound</tt:Name></m:Profiles>'
    "</m:GetProfilesResponse>"
)
