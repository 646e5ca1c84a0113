"""News: from feeds, as the wall lists them, and as the demonstration plays them."""

import contextlib
from typing import cast

import msgspec
import pytest

from kiosk.backend.connectors.normal import News, NotUnderstood
from kiosk.backend.connectors.registry import Context, all_connectors
from kiosk.backend.connectors.standards.news import SUMMARY_LETTERS, plain, when
from kiosk.backend.simulator.news import EVERY_MS, KEPT, NewsCourse
from kiosk.cache.repositories import Repositories
from kiosk.panels.names import read_names
from kiosk.panels.news.headlines import best
from kiosk.wire.city import Item
from kiosk.wire.text import Text
from tests.helpers.mutations import mutations
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, model_of

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>시정 소식</title>
<item><title>강남구 도서관 &amp; 공원</title><link>https://news.example/1</link>
<description>&lt;p&gt;주말에도 &lt;b&gt;연다&lt;/b&gt;
&lt;script&gt;x()&lt;/script&gt;&lt;/p&gt;</description>
<pubDate>Sun, 22 Nov 2026 14:00:00 +0900</pubDate><guid>a-1</guid></item>
<item><link>https://news.example/2</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title>
<entry><title type="html">Seoul &amp;amp; Han</title><id>urn:1</id>
<link rel="self" href="https://news.example/self"/><link href="https://news.example/3"/>
<updated>2026-11-22T05:00:00Z</updated>
<summary type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml">A <em>short</em> text</div></summary>
</entry></feed>"""


def parse(text: str, **options: str) -> tuple[list[News], int]:
    connector = all_connectors()["news-feed"]
    parsed = connector.parse(text.encode(), Context(options=options))
    return [item for item in parsed.items if isinstance(item, News)], len(parsed.rejected)


def test_rss_is_read_without_markup() -> None:
    (one,), rejected = parse(RSS)
    assert (one.name, one.description) == ("강남구 도서관 & 공원", "주말에도 연다")
    assert (one.id, one.link, one.publisher) == ("a-1", "https://news.example/1", "시정 소식")
    assert one.time == "2026-11-22T14:00:00+09:00"
    assert rejected == 1


def test_atom_is_read_and_its_own_link_taken() -> None:
    (one,), _ = parse(ATOM, publisher="연합")
    assert (one.name, one.description) == ("Seoul & Han", "A short text")
    assert (one.link, one.publisher) == ("https://news.example/3", "연합")
    assert one.time == "2026-11-22T14:00:00+09:00"


@pytest.mark.parametrize(
    "raw",
    [b"", b"hello", b"<html/>", b"{}", b"<rss", b'<!DOCTYPE x [<!ENTITY a "b">]><rss>&a;</rss>'],
)
def test_what_is_no_feed_is_not_understood(raw: bytes) -> None:
    with pytest.raises(NotUnderstood):
        all_connectors()["news-feed"].parse(raw, Context())


def test_a_link_that_is_no_web_address_is_left_out() -> None:
    (one,), _ = parse(RSS.replace("https://news.example/1", "javascript:alert(1)"))
    assert one.link == ""


def test_long_texts_are_cut_between_words() -> None:
    text = plain("가나다 " * 200, SUMMARY_LETTERS)
    assert len(text) <= SUMMARY_LETTERS + 1
    assert text.endswith("다…")


@pytest.mark.parametrize("written", ["", "yesterday", "Sun, 99 Nov 2026 14:00:00 +0900"])
def test_times_that_are_none_are_none(written: str) -> None:
    assert when(written) is None


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def test_the_newest_stand_first_with_time_source_and_place(city: MemoryRepositories) -> None:
    model = model_of("news", city, at("news"))
    times = {item.id: item.t_ms or 0 for item in city.items("news")}
    told = [times[line.id] for line in model.lines]
    assert told == sorted(told, reverse=True)
    assert len(model.lines) == 60
    assert model.simulated
    first = model.lines[0].facts.ko
    assert "전" in first
    assert "시연" in first


def test_of_a_district_only_its_own(city: MemoryRepositories) -> None:
    model = model_of("news", city, at("news", district="11680"))
    assert model.lines
    assert all("강남구" in line.facts.ko for line in model.lines)


def test_an_opened_one_says_that_it_is_a_demonstration(city: MemoryRepositories) -> None:
    first = model_of("news", city, at("news")).lines[0].id
    one = model_of("news", city, at("news", item=first)).sheet
    assert one.invented
    assert one.facts[0][0].ko == "때"


def test_feeds_take_the_place_of_the_demonstration() -> None:
    played = Item("demo-news-1", "news", Text("시연", "Played"), simulated=True)
    told = msgspec.structs.replace(played, id="news-feed/1", simulated=False)
    assert best([played, told]) == (told,)
    assert best([played]) == (played,)


def test_the_demonstration_tells_two_days_and_then_what_is_new() -> None:
    course = NewsCourse((("11680", Text("강남구", "Gangnam-gu")),), Text("서울", "Seoul"), 7)
    assert course.ids() == frozenset()
    first = course.step(NOW_MS)
    assert len(first) == KEPT
    assert course.step(NOW_MS + 1000) == []
    assert [item.t_ms for item in course.step(NOW_MS + EVERY_MS)] == [
        NOW_MS // EVERY_MS * EVERY_MS + EVERY_MS
    ]
    assert {item.id for item in first} == course.ids()
    course.tell_all_again()
    again = course.step(NOW_MS + EVERY_MS)
    assert again[:-1] == first[1:]


def test_the_newest_stand_under_prices_and_events(city: MemoryRepositories) -> None:
    model = model_of("culture", city, at("culture"))
    assert [line.id for line in model.news] == [
        line.id for line in model_of("news", city, at("news")).lines[:4]
    ]
    assert model.news[0].press.command == "item.open"


def test_news_are_turned_and_numbered_as_they_are_listed(city: MemoryRepositories) -> None:
    names = read_names(cast(Repositories, city))
    told = [entry.id for entry in names.items() if entry.kind == "news"]
    shown = [line.id for line in model_of("news", city, at("news")).lines]
    assert told[: len(shown)] == shown


@pytest.mark.parametrize("sample", [RSS, ATOM], ids=["rss", "atom"])
def test_any_bytes_are_understood_or_refused(sample: str) -> None:
    connector = all_connectors()["news-feed"]
    for broken in mutations(sample.encode(), seed=5, count=400):
        with contextlib.suppress(NotUnderstood):
            connector.parse(broken, Context())
