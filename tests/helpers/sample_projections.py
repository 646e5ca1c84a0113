"""Views of the wall as a test shows them to tablets: a home view, and one with every block."""

import math

from kiosk.wire.projection import (
    Area,
    Block,
    CamerasBlock,
    ChartBlock,
    FigureBlock,
    MapBlock,
    Projection,
    Row,
    RowsBlock,
)
from kiosk.wire.text import Text

DISTRICTS = (
    ("11110", "종로구", "Jongno"), ("11140", "중구", "Jung"), ("11170", "용산구", "Yongsan"),
    ("11200", "성동구", "Seongdong"), ("11215", "광진구", "Gwangjin"),
    ("11230", "동대문구", "Dongdaemun"), ("11260", "중랑구", "Jungnang"),
    ("11290", "성북구", "Seongbuk"), ("11305", "강북구", "Gangbuk"), ("11320", "도봉구", "Dobong"),
    ("11350", "노원구", "Nowon"), ("11380", "은평구", "Eunpyeong"),
    ("11410", "서대문구", "Seodaemun"), ("11440", "마포구", "Mapo"),
    ("11470", "양천구", "Yangcheon"),
    ("11500", "강서구", "Gangseo"), ("11530", "구로구", "Guro"), ("11545", "금천구", "Geumcheon"),
    ("11560", "영등포구", "Yeongdeungpo"), ("11590", "동작구", "Dongjak"),
    ("11620", "관악구", "Gwanak"), ("11650", "서초구", "Seocho"), ("11680", "강남구", "Gangnam"),
    ("11710", "송파구", "Songpa"), ("11740", "강동구", "Gangdong"),
)  # fmt: skip


AGES = {
    "fresh": Text("2분 전", "2 min ago"),
    "late": Text("2분 전, 지연", "2 min ago, late"),
    "stale": Text("2분 전, 오래됨", "2 min ago, old"),
    "absent": Text("자료 없음", "No data"),
}


def figures() -> tuple[FigureBlock, ...]:
    wave = tuple(10 + 3 * math.sin(i / 3) + i / 10 for i in range(24))
    labels = (
        (Text("119 출동, 오늘 누계", "Dispatches today"), "1,284", "건", "fresh"),
        (Text("초미세먼지 PM2.5, 서울 평균", "PM2.5, mean"), "18", "μg/m³", "fresh"),
        (Text("도심 평균 통행 속도", "Mean speed downtown"), "17.6", "km/h", "late"),
        (Text("한강 수위, 잠수교", "Han river level"), "5.10", "m", "fresh"),
        (Text("민원 접수, 오늘 누계", "Complaints today"), "4,812", "건", "stale"),
        (Text("응급실 빈 병상, 서울 전체", "Free emergency beds"), "", "개", "absent"),
    )
    return tuple(
        FigureBlock(
            label=label,
            value=value,
            unit=Text(unit, unit),
            age=AGES[quality],
            quality=quality,  # type: ignore[arg-type]
            simulated=True,
            series=wave,
            command="indicator.open",
            args={"indicator": f"figure-{number}"},
        )
        for number, (label, value, unit, quality) in enumerate(labels)
    )


def percent(value: float) -> Text:
    words = f"{value:.1f}%".replace("-", "−")
    return Text(words, words)


def districts(selected: str = "11710") -> MapBlock:
    areas = tuple(
        Area(
            code=code,
            name=Text(ko, en),
            value={
                "11320": Text("", ""),
                "11560": Text("12,500~15,000", "12,500~15,000"),
                "11740": Text("증가", "growth"),
            }.get(code, percent(-index * 0.5)),
            step=None if code == "11320" else index % 5,
            selected=code == selected,
            column=index % 5,
            row=index // 5,
        )
        for index, (code, ko, en) in enumerate(DISTRICTS)
    )
    return MapBlock(Text("등록 인구 변화", "Change of population"), areas)


def issues() -> RowsBlock:
    rows = (
        ("중구 을지로5가 상가 화재", "심각, 대응 1단계, 12대 현장", "critical"),
        ("서초구 잠수교, 보행 통제 임박", "경계, 5.10 m, 16시 10분 예상", "warning"),
        ("올림픽대로 성수, 사고 정체", "주의, 2개 차로 막힘", "caution"),
        ("은평구 응암동, 악취 민원 급증", "주의, 41건, 담당 미배정", "caution"),
        ("응급실 7곳, 병상 자료 지연", "관심, 재시도 중", "notice"),
    )
    return RowsBlock(
        Text("지금 확인할 현안", "Issues now"),
        tuple(
            Row(
                Text(f"{number}. {head}", f"{number}. Issue"),
                Text(facts, severity),
                severity,
                "panel.open",
                {"panel": "indicators"},
            )
            for number, (head, facts, severity) in enumerate(rows, 1)
        ),
        simulated=True,
    )


def cameras(count: int = 5) -> CamerasBlock:
    rows = tuple(
        Row(
            Text(f"{number}번 을지로{number}가 사거리", f"{number} Euljiro {number}"),
            Text("실시간", "live") if number % 4 else Text("끊김, 4분 전 그림", "lost, 4 min"),
            command="cctv.open",
            args={"camera": f"camera-{number}"},
        )
        for number in range(1, count + 1)
    )
    return CamerasBlock(Text("CCTV 모의 카메라", "Simulated cameras"), rows)


def trend() -> ChartBlock:
    hour = 3_600_000
    points = tuple(
        (1_790_000_000_000 + i * hour, 20 + 8 * math.sin(i / 4) + i / 5) for i in range(48)
    )
    return ChartBlock(
        Text("초미세먼지, 이틀", "PM2.5, two days"), Text("μg/m³", "μg/m³"), points, simulated=True
    )


def view(
    t_ms: int, *blocks: Block, panel: str = "home", question: Text | None = None
) -> Projection:
    return Projection(
        panel=panel,
        title=Text("시정 상황판", "City board"),
        subtitle=Text("서울특별시", "Seoul"),
        t_ms=t_ms,
        blocks=blocks,
        question=question,
    )


def home(t_ms: int) -> Projection:
    return view(t_ms, *figures(), districts(), issues(), cameras())


def everything(t_ms: int) -> Projection:
    question = Text("화면을 잠글까요?", "Lock the wall?")
    return view(t_ms, *figures(), districts(), trend(), issues(), cameras(9), question=question)
