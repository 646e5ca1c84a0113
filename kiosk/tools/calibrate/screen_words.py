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
FINISH = Text("저장하고 끝내기", "Save and finish")
MEASURING = Text("재는 중", "Measuring")
OTHER_LANGUAGE = Text("English", "한국어")
