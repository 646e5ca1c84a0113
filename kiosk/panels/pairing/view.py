"""Pairing on the wall."""

from PySide6.QtCore import Signal

from kiosk.panels.pairing.devices import DeviceRows
from kiosk.panels.pairing.presenter import OFFER_MS, RIGHTS, PairingModel
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.component import Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.pairing import (
    CheckCode,
    CheckCodeView,
    PairingSteps,
    QrCode,
)
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.wire.text import Text

BUTTON_U = 76.0
WORDS_U = 170.0
ROLES = tuple(RIGHTS)
STEPS = (
    Text("태블릿 카메라로 QR을 비춥니다", "Point the tablet's camera at the QR code"),
    Text(
        "태블릿에 뜬 번호와 아래 번호가 같은지 봅니다",
        "Compare the tablet's number with the one below",
    ),
    Text("같으면 태블릿과 벽에서 한 번씩 눌러 마칩니다", "If equal, press once on each"),
)
CHOICES = tuple(Action(words, "", {}, f"pairing.role.{role}") for role, words in RIGHTS.items())
OPEN = Action(Text("QR 열기", "Show the QR code"), "remote.pair", {}, "pairing.open", "qr")
MEET = Action(
    Text("모두와 영상 회의", "Conference with all"),
    "call.meet",
    {"about": ""},
    "pairing.meet",
    "person",
)
REJECT = Action(Text("다릅니다", "Different"), "remote.reject", {}, "pairing.reject")
CLOSE = Action(Text("닫기", "Close"), "remote.close", {}, "pairing.close")


class RoleSwitch(Segmented):
    """Which rights the next tablet gets: chosen here, sent when it is let in."""

    chosen = Signal(int)

    def activate(self, target: Target) -> None:
        self.chosen.emit([choice.trigger for choice in CHOICES].index(target.trigger))


class PairingPanelView(PanelView):
    """QR code, steps with the check code, paired tablets."""

    def build(self) -> None:
        theme = self.theme
        self._model = PairingModel()
        self._role = ROLES.index("official")
        self._heads = [self.add(SectionHead(theme)) for _ in range(4)]
        self.code = self.add(QrCode(theme))
        self._typed = self.add(Sentence(theme))
        self._steps = self.add(PairingSteps(theme, STEPS))
        self.check = self.add(CheckCode(theme, CheckCodeView("", Text("", ""), 0, OFFER_MS)))
        self.accept = self.add(Button(theme, self._accepting(), "primary"))
        self.reject = self.add(Button(theme, REJECT))
        self.roles = self.add(RoleSwitch(theme, SegmentedView(CHOICES, self._role)))
        self.roles.chosen.connect(self._choose)
        self._no_device = self.add(Sentence(theme))
        self.devices = self.add(DeviceRows(theme))
        self.meet = self.add(Button(theme, MEET))

    def _accepting(self) -> Action:
        words = Text("번호가 같습니다", "The numbers are equal")
        args = {"role": ROLES[self._role]}
        return Action(words, "remote.accept", args, "pairing.accept", "check")

    def _choose(self, index: int) -> None:
        self._role = index
        self.roles.set_view(SegmentedView(CHOICES, index))
        self._set_buttons(self._model)

    def set_view_model(self, model: PairingModel) -> None:
        self._model = model
        self._set_heads(model)
        self.code.set_content(model.url)
        if model.check_code:
            typed = Text(
                "태블릿이 QR을 읽었습니다. 두 번호가 같은지 보세요.",
                "A tablet has read the code. Compare the two numbers.",
            )
        elif model.address:
            typed = Text(
                f"카메라가 없으면 태블릿에서 {model.address}을 여세요.",
                f"Without a camera open {model.address} on the tablet.",
            )
        else:
            typed = Text(
                "QR을 열면 2분 동안 연결할 수 있습니다.", "A QR code is good for 2 minutes."
            )
        self._typed.set_words(typed, _first_time(model))
        total = max(OFFER_MS, model.expires_ms - model.now_ms)
        self.check.set_view(CheckCodeView(model.check_code, model.waiting, model.expires_ms, total))
        self.check.setVisible(bool(model.check_code))
        self._set_buttons(model)
        self.devices.setVisible(bool(model.devices))
        self.devices.set_lines(model.devices, model.offices)
        if self.meet.isVisibleTo(self) != model.meets:
            self.meet.setVisible(model.meets)
            self.rearrange()
        self._no_device.setVisible(not model.devices)
        self._no_device.set_words(Text("연결된 태블릿이 없습니다.", "No tablet is paired."))

    def _set_heads(self, model: PairingModel) -> None:
        count = len(model.devices)
        views = (
            SectionView(
                Text("QR 비추기", "Scan the code"),
                Text("내부망에서만 열립니다", "opens on the inner network only"),
            ),
            SectionView(
                Text("번호 맞추기", "Compare"), Text("한 번만 쓰는 번호", "good for one use")
            ),
            SectionView(
                Text(
                    f"연결된 태블릿 {count}대", f"{count} paired tablet{'' if count == 1 else 's'}"
                ),
                Text(f"지금 {model.connected}대 접속", f"{model.connected} connected now"),
            ),
            SectionView(
                Text("새 태블릿 권한", "Rights of the next tablet"),
                Text("터치로만 바꿉니다", "by touch only"),
            ),
        )
        for head, view in zip(self._heads, views, strict=True):
            head.set_view(view)

    def _set_buttons(self, model: PairingModel) -> None:
        if model.check_code:
            self.accept.set_action(self._accepting(), "primary")
            self.reject.set_action(REJECT)
        elif model.url:
            self.reject.set_action(CLOSE)
        else:
            self.accept.set_action(OPEN, "primary")
        self.accept.setVisible(bool(model.check_code) or not model.url)
        self.reject.setVisible(bool(model.url or model.check_code))

    # ---- places

    def arrange(self, modules: Modules) -> None:
        if modules.upright:
            self._arrange_upright(modules)
            return
        third = modules.count / 3
        span = [modules.box(third * i, third, 0, modules.height) for i in range(3)]
        side = min(span[0].width(), modules.height - HEAD_U - WORDS_U - 20)
        self._place_code(modules, side)
        middle = span[1]
        self.put(self._heads[1], modules.box(third, third, 0, HEAD_U))
        self.put(self._steps, modules.box(third, third, HEAD_U + 8, 204))
        self.put(self.check, modules.box(third, third, HEAD_U + 236, 330))
        bottom = modules.height - BUTTON_U
        wide, gap = (middle.width() - 16) * 0.6, 16
        yes = modules.box(third, third, bottom, BUTTON_U)
        no = modules.box(third, third, bottom, BUTTON_U)
        yes.setWidth(wide)
        no.setLeft(yes.right() + gap)
        self.put(self.accept, yes)
        self.put(self.reject, no)
        roles = modules.height - BUTTON_U - HEAD_U - 10
        self.put(self._heads[3], modules.box(third * 2, third, roles, HEAD_U))
        self.put(self.roles, modules.box(third * 2, third, modules.height - BUTTON_U, BUTTON_U))
        self._place_devices(modules, third * 2, third, 0, roles - 16)

    def _place_code(self, modules: Modules, side: float) -> None:
        box = modules.box(0, modules.count / 3 if not modules.upright else 3, 0, HEAD_U)
        self.put(self._heads[0], box)
        square = modules.box(0, 1, HEAD_U + 8, side)
        square.setWidth(side)
        self.put(self.code, square)
        words = modules.box(0, modules.count / 3 if not modules.upright else 3, 0, WORDS_U)
        words.moveTop(HEAD_U + 8 + side + 14)
        self.put(self._typed, words)

    def _place_devices(
        self, modules: Modules, index: float, span: float, top: float, bottom: float
    ) -> None:
        """Rows down to `bottom`, as many as fit on a page."""
        self.put(self._heads[2], modules.box(index, span, top, HEAD_U))
        y = top + HEAD_U
        self.put(self._no_device, modules.box(index, span, y + 12, 60))
        if self._model.meets:
            bottom -= BUTTON_U
            self.put(self.meet, modules.box(index, span, bottom, BUTTON_U))
            bottom -= 12
        self.put(self.devices, modules.box(index, span, y, bottom - y))

    def _arrange_upright(self, modules: Modules) -> None:
        side = min(modules.width * 0.62, modules.height * 0.36)
        self._place_code(modules, side)
        y = HEAD_U + 8 + side + 14 + WORDS_U + 14
        self.put(self._heads[1], modules.box(0, 3, y, HEAD_U))
        self.put(self._steps, modules.box(0, 3, y + HEAD_U, 160))
        self.put(self.check, modules.box(0, 2, y + HEAD_U + 172, 250))
        self.put(self.accept, modules.box(2, 1, y + HEAD_U + 190, BUTTON_U))
        self.put(self.reject, modules.box(2, 1, y + HEAD_U + 190 + BUTTON_U + 12, BUTTON_U))
        beside = modules.box(0, 3, HEAD_U + 8, HEAD_U)
        beside.setLeft(side + 24)
        self.put(self._heads[3], beside)
        beside.setTop(beside.bottom() + 6)
        beside.setHeight(BUTTON_U)
        self.put(self.roles, beside)
        self._place_devices(modules, 0, 3, y + HEAD_U + 440, modules.height)


def _first_time(model: PairingModel) -> Text:
    """How a tablet comes to trust the wall, where the kiosk's own certificate serves."""
    if not model.url or not model.authority:
        return Text("", "")
    where = f"https://{model.address}/trust"
    return Text(
        f"처음 쓰는 태블릿은 {where}에서 인증서를 설치합니다. 지문 {model.authority}",
        f"A new tablet installs the certificate from {where}. Fingerprint {model.authority}",
    )
