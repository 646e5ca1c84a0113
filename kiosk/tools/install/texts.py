"""The files of an installed wall: services, session, command."""

from kiosk.tools.install.places import NAME, Places

TTY = "tty7"
WATCHDOG_S = 30
STARTS, STARTS_WITHIN_S = 10, 600
"""So many starts in so long, then the service rests until somebody looks: a wall that falls over at
once must not wear the disk out."""


def service(places: Places) -> str:
    """The wall itself."""
    run = f"{places.current}/kiosk.sh run --site {places.site} --data {places.data}"
    return f"""\
[Unit]
Description=City kiosk, the wall of the mayor's office
Documentation=file://{places.current}/README.md
Wants=network-online.target
After=systemd-user-sessions.service network-online.target sound.target
Conflicts=getty@{TTY}.service
StartLimitBurst={STARTS}
StartLimitIntervalSec={STARTS_WITHIN_S}

[Service]
Type=notify
NotifyAccess=all
ExecStart=/usr/bin/cage -d -- {run}
WatchdogSec={WATCHDOG_S}
KillMode=mixed
TimeoutStartSec=300
TimeoutStopSec=15
Restart=always
RestartSec=2
{_session(places)}
ReadWritePaths={places.data}

[Install]
WantedBy=graphical.target
"""


def calibrate_service(places: Places) -> str:
    """The installers' walk in place of the wall, which comes back after it."""
    walk = f"{places.current}/kiosk.sh calibrate --site {places.site} --data {places.data}"
    return f"""\
[Unit]
Description=City kiosk, calibration
Conflicts={NAME}.service getty@{TTY}.service
After={NAME}.service systemd-user-sessions.service
OnSuccess={NAME}.service
OnFailure={NAME}.service

[Service]
Type=exec
ExecStart=/usr/bin/cage -d -- {walk}
SuccessExitStatus=1 3
{_session(places)}
ReadWritePaths={places.data} {places.settings}
"""


def _session(places: Places) -> str:
    """Who it runs as: a user without rights, who has the seat (screen, touch) by logging in on a
    terminal of its own, and sees nothing of the machine but what it needs."""
    return f"""\
User={NAME}
PAMName={NAME}
TTYPath=/dev/{TTY}
TTYReset=yes
TTYVHangup=yes
StandardInput=tty-fail
StandardOutput=journal
StandardError=journal
UtmpIdentifier={TTY}
UtmpMode=user
ExecStartPre=+/usr/bin/chvt {TTY.removeprefix("tty")}
Environment=HOME={places.data} XDG_SESSION_TYPE=wayland QT_QPA_PLATFORM=wayland
Environment=WLR_NO_HARDWARE_CURSORS=1
UMask=0077
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
LockPersonality=yes"""


SESSION = """\
# Lets the service of the wall log its user in on the seat; nobody can log in with it otherwise.
auth     required pam_deny.so
account  required pam_permit.so
session  required pam_unix.so
session  required pam_systemd.so type=wayland class=user
"""

LOGIND = """\
# A wall is never idle, and has no lid and no key that puts it to sleep.
[Login]
IdleAction=ignore
HandleLidSwitch=ignore
HandleSuspendKey=ignore
HandleHibernateKey=ignore
"""


def command(places: Places) -> str:
    """Any command of the installed program, as its user: `city-kiosk doctor`."""
    return f"""\
#!/bin/sh
# {NAME} COMMAND: a command of the installed wall, as the wall's own user.
set -eu
case ${{1:-}} in
    calibrate) exec systemctl start {NAME}-calibrate.service ;;
    install) exec {places.current}/kiosk.sh "$@" ;;
esac
exec runuser -u {NAME} -- env HOME={places.data} XDG_DATA_HOME={places.data.parent} \\
    {places.current}/kiosk.sh "$@"
"""


SITE = """\
# Settings of this wall. `city-kiosk calibrate` writes what it measures here; the rest is yours.
# Every setting: docs/settings.md of the program.
"""
