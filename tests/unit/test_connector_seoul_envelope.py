"""Whatever stands around the rows: read, or refused with the source's own code."""

import json

import pytest

from kiosk.backend.connectors.normal import NotUnderstood, SourceRefused
from kiosk.backend.connectors.registry import Context, all_connectors
from kiosk.backend.connectors.seoul.envelope import rows_of

OK = {"CODE": "INFO-000", "MESSAGE": "정상"}
ROW = {"stationId": "ST-1"}


def answer(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "body",
    [
        {"rentBikeStatus": {"list_total_count": 1, "RESULT": OK, "row": [ROW]}},
        {"rentBikeStatus": {"list_total_count": 1, "RESULT": OK, "row": ROW}},
        {"RENTBIKESTATUS": {"row": [ROW]}},
        {"bikeList": [ROW], "RESULT": {"RESULT.CODE": "INFO-000"}},
        {"RESULT": {"resultCode": "INFO-000", "resultMsg": ""}, "bikeList": [ROW]},
        [ROW],
    ],
)
def test_rows_come_out_of_every_shape(body: object) -> None:
    assert rows_of(answer(body), "bikeList", "rentBikeStatus") == [ROW]


def test_xml_is_read_where_json_was_asked_for() -> None:
    raw = (
        "<rentBikeStatus><list_total_count>1</list_total_count><RESULT><CODE>INFO-000</CODE>"
        "<MESSAGE>정상</MESSAGE></RESULT><row><stationId>ST-1</stationId></row></rentBikeStatus>"
    )
    assert rows_of(raw.encode(), "rentBikeStatus") == [ROW]


@pytest.mark.parametrize(
    "body",
    [
        {"RESULT": {"CODE": "INFO-200", "MESSAGE": "해당하는 데이터가 없습니다."}},
        {"CODE": "INFO-200", "MESSAGE": "해당하는 데이터가 없습니다."},
        {"RESULT": {"RESULT.CODE": "INFO-200", "RESULT.MESSAGE": "데이터 없음"}},
        {"errorMessage": {"status": 500, "code": "INFO-200", "message": "없음", "total": 0}},
        {"status": 500, "code": "INFO-200", "message": "없음", "total": 0},
        {"bikeList": {"RESULT": {"CODE": "INFO-200", "MESSAGE": ""}}},
        {"bikeList": {"list_total_count": 0, "RESULT": OK}},
        {"bikeList": {"list_total_count": "0", "RESULT": OK, "row": ""}},
    ],
)
def test_no_data_is_an_empty_answer(body: object) -> None:
    assert rows_of(answer(body), "bikeList") == []


@pytest.mark.parametrize(
    ("code", "retry"),
    [
        ("INFO-100", "never"),
        *((f"ERROR-{number}", "never") for number in (300, 301, 310, 331, 332, 333, 334, 335, 336)),
        ("ERROR-337", "tomorrow"),
        ("ERROR-500", "soon"),
        ("ERROR-600", "soon"),
        ("ERROR-601", "never"),
    ],
)
def test_an_error_keeps_its_code_and_says_when_to_try_again(code: str, retry: str) -> None:
    for body in (
        answer({"RESULT": {"CODE": code, "MESSAGE": "오류"}}),
        answer({"CODE": code, "MESSAGE": "오류"}),
        answer({"errorMessage": {"code": code, "message": "오류"}}),
        f"<RESULT><CODE>{code}</CODE><MESSAGE>오류</MESSAGE></RESULT>".encode(),
        f"<response><RESULT><CODE>{code}</CODE><MESSAGE>오류</MESSAGE></RESULT></response>".encode(),
    ):
        with pytest.raises(SourceRefused) as refusal:
            rows_of(body, "bikeList")
        assert (refusal.value.code, refusal.value.retry) == (code, retry)
        assert str(refusal.value) == f"{code}: 오류"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"null",
        b"17",
        b"{}",
        b'{"bikeList": {"RESULT": {"CODE": "INFO-000", "MESSAGE": ""}}}',
        b'{"bikeList": {"RESULT": {"CODE": "OK", "MESSAGE": ""}, "row": []}}',
        b'{"other": {"row": []}}',
        b"<html><body>502 Bad Gateway</body></html>",
        b'<!DOCTYPE a [<!ENTITY b "b">]><bikeList><row>&b;</row></bikeList>',
        b"[" * 100_000,
        b"\xff\xff\xff\xff",
    ],
)
def test_what_has_another_form_is_not_understood(raw: bytes) -> None:
    with pytest.raises(NotUnderstood):
        rows_of(raw, "bikeList")


def test_rows_that_are_none_are_rejected_and_the_others_read() -> None:
    raw = answer({"rentBikeStatus": {"row": ["x", {"rackTotCnt": "3"}, ROW, None, ROW]}})
    parsed = all_connectors()["bikeList"].parse(raw, Context())
    assert {item.place for item in parsed.items} == {"ST-1"}
    assert [(rejected.row, rejected.reason) for rejected in parsed.rejected] == [
        (1, "not an object with fields"),
        (2, "stationId is missing"),
        (4, "not an object with fields"),
        (5, "an earlier row is about bikeList/ST-1 too"),
    ]
