"""The public process: what it writes down, and where it says that it is."""

import logging

from aiohttp.http_exceptions import BadHttpMessage

from kiosk.public.worker import address, ours_alone
from kiosk.settings.model import PublicSettings


def said(error: Exception) -> bool:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "", (), (type(error), error, None))
    return bool(ours_alone().filter(record))


def test_what_readers_do_wrong_fills_no_log() -> None:
    assert not said(BadHttpMessage("not HTTP"))
    assert said(KeyError("a fault of ours"))


def test_the_address_is_the_sites_own_word_before_where_it_listens() -> None:
    assert address(PublicSettings()) == "http://127.0.0.1:8480"
    assert address(PublicSettings(host="::1", port=81)) == "http://[::1]:81"
    assert address(PublicSettings(url="https://open.city.example")) == "https://open.city.example"
