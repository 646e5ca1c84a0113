"""What can be pressed in the walk, on the wall and on a tablet."""

from kiosk.wire.text import Text

TITLE = Text("설치 보정", "Calibration")
START = Text("시작", "Start")
AGAIN = Text("다시 재기", "Measure again")
CANCEL = Text("멈춤", "Stop")
NEXT = Text("다음", "Next")
SKIP_STEP = Text("이 단계 건너뛰기", "Leave this step out")
SKIP_TAKE = Text("이 자리 건너뛰기", "Leave this place out")
LEAVE = Text("나중에 계속", "Go on later")
KEEP = Text("입력 남기기", "Keep the input")
KEPT = Text("입력 남기는 중", "Input is kept")
RAW = {
    "pictures": Text("이번 영상도", "This take's video"),
    "sound": Text("이번 소리도", "This take's sound"),
}
RAW_KEPT = {
    "pictures": Text("영상을 남깁니다", "Video is kept"),
    "sound": Text("소리를 남깁니다", "Sound is kept"),
}
FINISH = Text("저장하고 끝내기", "Save and finish")
MEASURING = Text("재는 중", "Measuring")
OTHER_LANGUAGE = Text("English", "한국어")
