"""The pairing desk, the limits, and what a frame may hold."""

import asyncio

import pytest

from kiosk.core.buckets import ADDRESSES_KEPT, Bucket, Buckets
from kiosk.core.clock import ManualClock
from kiosk.remote.keys import PublicKey, hash_code
from kiosk.remote.limits import REFUSALS_KEPT, Refusals
from kiosk.remote.pairing import COMPARE_MS, EXPIRED, GUESSED, WRONG_CODES, PairingDesk
from kiosk.remote.protocol import Command, Malformed, Prove, clean_name, parse
from kiosk.wire.messages import PairingDecision

KEY = PublicKey(crv="P-256", kty="EC", x="x", y="y")


class TestDesk:
    def test_a_code_is_random_and_works_once(self, clock: ManualClock) -> None:
        desk = PairingDesk(clock)
        code, expires_ms = desk.open(120)
        assert expires_ms == clock.now_ms() + 120_000
        assert len(code) == 22
        assert desk.take("wrong") is None
        assert desk.take(code) == hash_code(code)
        assert desk.take(code) is None
        assert desk.open(120)[0] != code

    def test_without_an_offer_no_code_is_right(self, clock: ManualClock) -> None:
        desk = PairingDesk(clock)
        assert desk.take("") is None
        code, _ = desk.open(120)
        desk.close()
        assert desk.take(code) is None

    def test_a_new_offer_ends_the_old_one(self, clock: ManualClock) -> None:
        desk = PairingDesk(clock)
        old, _ = desk.open(120)
        new, _ = desk.open(120)
        assert desk.take(old) is None
        assert desk.take(new) is not None

    def test_expires_and_says_so_once(self, clock: ManualClock) -> None:
        desk = PairingDesk(clock)
        code, _ = desk.open(120)
        clock.advance(119_999)
        assert desk.tick() is None
        clock.advance(1)
        assert desk.take(code) is None
        gone = desk.tick()
        assert gone is not None
        assert gone.reason == EXPIRED
        assert desk.tick() is None

    def test_guessing_closes_the_offer(self, clock: ManualClock) -> None:
        desk = PairingDesk(clock)
        code, _ = desk.open(120)
        for guess in range(WRONG_CODES):
            assert desk.take(str(guess)) is None
        gone = desk.tick()
        assert gone is not None
        assert gone.reason == GUESSED
        assert desk.take(code) is None

    async def test_a_person_decides(self, clock: ManualClock) -> None:
        desk = PairingDesk(clock)
        code, _ = desk.open(120)
        used = desk.take(code)
        assert used is not None
        waiting, asked = desk.ask(used, KEY, "이름", "nonce")
        assert asked.device.id == KEY.device_id()
        desk.decide(PairingDecision("another", accepted=True))
        assert not waiting.end.done()
        desk.decide(PairingDecision(asked.request, accepted=True, role="mayor"))
        assert await waiting.end == "accepted"
        desk.decide(PairingDecision(asked.request, accepted=False))
        assert await waiting.end == "accepted"

    async def test_a_late_tablet_leaves_time_to_compare(self, clock: ManualClock) -> None:
        desk = PairingDesk(clock)
        code, _ = desk.open(120)
        clock.advance(119_000)
        used = desk.take(code)
        assert used is not None
        waiting, asked = desk.ask(used, KEY, "이름", "nonce")
        assert asked.expires_ms == clock.now_ms() + COMPARE_MS
        clock.advance(COMPARE_MS)
        gone = desk.tick()
        assert gone is not None
        assert gone.reason == EXPIRED
        assert await waiting.end == "gone"

    async def test_a_new_offer_ends_who_waits(self, clock: ManualClock) -> None:
        desk = PairingDesk(clock)
        used = desk.take(desk.open(120)[0])
        assert used is not None
        waiting, _ = desk.ask(used, KEY, "이름", "nonce")
        desk.open(120)
        assert await asyncio.wait_for(waiting.end, 1) == "gone"


class TestLimits:
    def test_bucket(self, clock: ManualClock) -> None:
        bucket = Bucket(clock, per_s=2, burst=3)
        assert [bucket.take() for _ in range(4)] == [True, True, True, False]
        assert bucket.empty
        clock.advance(500)
        assert bucket.take()
        clock.advance(60_000)
        assert [bucket.take() for _ in range(4)] == [True, True, True, False]

    def test_addresses_have_buckets_of_their_own_and_are_forgotten(
        self, clock: ManualClock
    ) -> None:
        buckets = Buckets(clock, per_s=0, burst=1)
        assert buckets.of("a").take()
        assert buckets.of("a").empty
        assert buckets.of("b").take()
        for number in range(ADDRESSES_KEPT):
            buckets.of(str(number))
        assert not buckets.of("a").empty

    def test_a_flood_of_refusals_is_counted_not_lost(self, clock: ManualClock) -> None:
        refusals = Refusals(clock)
        for _ in range(1000):
            refusals.note("10.0.0.9", "foreign origin")
        told = refusals.drain()
        assert 1 < len(told) < 50
        clock.advance(1000)
        (rest,) = refusals.drain()
        assert rest.reason == f"foreign origin x{1000 - len(told)}"
        assert rest.address == "10.0.0.9"
        clock.advance(60_000)
        assert refusals.drain() == []

    def test_a_flood_from_many_is_one_line_that_names_the_most(self, clock: ManualClock) -> None:
        refusals = Refusals(clock)
        for number in range(30):
            refusals.note("10.0.0.1", f"early {number}")
        for number in range(50):
            for _ in range(number + 1):
                refusals.note(f"10.0.1.{number}", "no handshake")
        refusals.drain()
        clock.advance(500)
        (told,) = refusals.drain()
        assert told.address == "50 addresses"
        assert told.reason == ("no handshake x1275: 10.0.1.49 x50, 10.0.1.48 x49, 10.0.1.47 x48")

    def test_what_reached_nobody_is_told_again(self, clock: ManualClock) -> None:
        refusals = Refusals(clock)
        refusals.note("10.0.0.9", "foreign origin")
        (told,) = refusals.drain()
        assert refusals.drain() == []
        refusals.untold(told)
        assert refusals.drain() == [told]

    def test_refusals_of_days_without_a_wall_are_bounded_and_counted(
        self, clock: ManualClock
    ) -> None:
        refusals = Refusals(clock)
        for _ in range(3 * REFUSALS_KEPT):
            refusals.note("10.0.0.9", "foreign origin")
            clock.advance(1000)
        told = refusals.drain()
        assert len(told) == REFUSALS_KEPT + 1
        assert told[-1].reason == f"foreign origin x{2 * REFUSALS_KEPT}"


class TestFrames:
    def test_reads_what_a_tablet_says(self) -> None:
        frame = '{"type":"command","request":"abcdefgh","command":"nav.home","args":{"a":1}}'
        assert parse(frame) == Command("abcdefgh", "nav.home", {"a": 1})
        assert parse('{"type":"prove","device":"d","signature":"s"}') == Prove("d", "s")

    @pytest.mark.parametrize(
        "frame",
        [
            "",
            "null",
            "[]",
            "{}",
            '{"type":"challenge","nonce":"x"}',
            '{"type":"prove","device":"d"}',
            '{"type":"prove","device":"d","signature":"s","role":"mayor"}',
            '{"type":"prove","device":"d","device":"e","signature":"s"}',
            '{"type":"command","request":"short","command":"nav.home"}',
            '{"type":"command","request":"abcdefgh","command":"Nav Home"}',
            '{"type":"command","request":"abcdefgh","command":"nav.home","args":{"a":NaN}}',
            '{"type":"command","request":"abcdefgh","command":"nav.home","args":{"a":1e999}}',
            '{"type":"command","request":"abcdefgh","command":"nav.home","args":{"a":[1]}}',
            '{"type":"command","request":"abcdefgh","command":"nav.home","args":{"a":1,"a":2}}',
            '{"type":"command","request":"abcdefgh","command":"nav.home","args":{"a b":1}}',
            '{"type":"command","request":"abcdefgh","command":"a","args":{"a":"\\ud800"}}',
            '{"type":"command","request":"abcdefgh","command":"a","args":{"a":99999999999999999999}}',
            '{"type":"command","request":"abcdefgh","command":"a","args":'
            + '{"a":' * 3000
            + "1"
            + "}" * 3000
            + "}",
            '{"type":"prove","device":"d","signature":"' + "s" * 20_000 + '"}',
            '{"type":"prove","device":"d","signature":"s"' + " " * 16_400 + "}",
            "\ud800",
        ],
    )
    def test_refuses_the_rest(self, frame: str) -> None:
        with pytest.raises(Malformed):
            parse(frame)

    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ("  비서실   태블릿\n", "비서실 태블릿"),
            ("", "태블릿"),
            ("\u202eevil\u200b", "evil"),
            ("\x00\x07", "태블릿"),
            ("a" * 100, "a" * 40),
            ("<script>", "<script>"),
        ],
    )
    def test_a_name_is_what_it_looks_like(self, given: str, shown: str) -> None:
        assert clean_name(given) == shown
