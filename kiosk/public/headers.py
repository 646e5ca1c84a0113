"""What every answer says of itself: what a browser may load with it, and that it may be read by
anybody. There are no cookies, and nothing comes from elsewhere."""

from aiohttp import web

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Server": "kiosk",
}


async def add_headers(request: web.Request, answer: web.StreamResponse) -> None:
    """Of every answer, also of refusals, errors and streams."""
    for name, value in HEADERS.items():
        if name == "Server" or name not in answer.headers:
            answer.headers[name] = value
