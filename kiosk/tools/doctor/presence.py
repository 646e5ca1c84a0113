"""What tells whether somebody is near the wall: the camera, a sensor behind an MQTT broker."""

from pathlib import Path

from kiosk.tools.doctor.machine import Machine
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

PRESENCE = Check("presence", Text("재실", "Presence"))


def check_presence(machine: Machine) -> Finding:
    settings = machine.settings.presence
    camera = machine.settings.camera.source != "none"
    if not settings.mqtt_host:
        return _without_sensor(machine, camera)
    where = f"mqtt {settings.mqtt_host}:{settings.mqtt_port}"
    if not settings.mqtt_topic:
        return PRESENCE.poor(
            Text(f"{where}: 토픽 없음", f"{where}: no topic"),
            Text("presence.mqtt_topic 을 정하십시오.", "Set presence.mqtt_topic."),
        )
    password = settings.mqtt_password_file
    if password and not Path(password).is_file():
        return PRESENCE.poor(
            Text(f"비밀번호 파일 없음: {password}", f"no password file: {password}"),
            Text("presence.mqtt_password_file 을 확인하십시오.", "Check mqtt_password_file."),
        )
    reason = machine.connect(settings.mqtt_host, settings.mqtt_port)
    if reason:
        return PRESENCE.poor(
            Text(f"{where} 응답 없음 ({reason})", f"{where} does not answer ({reason})"),
            Text(
                "브로커의 전원과 네트워크, presence.mqtt_host 와 mqtt_port 를 확인하십시오.",
                "Check the broker, the network, and presence.mqtt_host and mqtt_port.",
            ),
        )
    also = Text("카메라와 ", "camera and ") if camera else Text("", "")
    return PRESENCE.ok(f"{also.ko}{where} 응답함", f"{also.en}{where}, which answers")


def _without_sensor(machine: Machine, camera: bool) -> Finding:
    if camera:
        return PRESENCE.ok("카메라로 봄, 센서는 설정 안 함", "by the camera; no sensor is set")
    if machine.settings.presence.without_sensor:
        return PRESENCE.ok("입력이 없으면 어두워짐", "dims when nobody touches it for long")
    return PRESENCE.ok(
        "카메라도 센서도 없음: 저절로 어두워지거나 잠기지 않음",
        "neither camera nor sensor: the wall neither dims nor locks by itself",
    )


CHECKS = (check_presence,)
