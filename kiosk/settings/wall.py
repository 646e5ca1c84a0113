"""The settings of the wall as people see it: its city, its screen, who stands before it."""

from typing import Annotated, Literal

from msgspec import Meta

from kiosk.settings.section import Section


class CitySettings(Section, frozen=True):
    """The city on the wall."""

    pack: Annotated[
        str,
        Meta(
            title="City",
            description="Folder of the city's files: one of config/city by its name, or a path",
            min_length=1,
        ),
    ] = "seoul"
    district: Annotated[
        str,
        Meta(
            title="District",
            description="Code of the one district that the wall is for; empty: the whole city",
        ),
    ] = ""
    panels: Annotated[
        tuple[str, ...],
        Meta(title="Panels", description="Ids of those that it shows; empty: as the city says"),
    ] = ()
    demo: Annotated[
        bool,
        Meta(
            title="Demonstration",
            description="Show the simulated city; every simulated value is marked as such",
        ),
    ] = True


class UiSettings(Section, frozen=True):
    """The wall display."""

    windowed: Annotated[
        bool, Meta(title="Windowed", description="Run in a window instead of full screen")
    ] = False
    width_px: Annotated[
        int, Meta(title="Width", description="Width of the window, pixels", ge=640, le=15360)
    ] = 1920
    height_px: Annotated[
        int, Meta(title="Height", description="Height of the window, pixels", ge=480, le=8640)
    ] = 1080
    language: Annotated[
        Literal["ko", "en"], Meta(title="Language", description="Language at start")
    ] = "ko"
    theme: Annotated[
        Literal["dark", "light", "high_contrast"],
        Meta(title="Theme", description="Colours at start; light is for bright rooms"),
    ] = "dark"
    text_scale: Annotated[
        float,
        Meta(title="Type size", description="Factor on all type, 1.0 to 1.3", ge=1.0, le=1.3),
    ] = 1.0
    profile: Annotated[
        str,
        Meta(
            title="Profile",
            description="Whom the wall works for, of the profiles; empty: the first one",
        ),
    ] = ""
    by_use: Annotated[
        bool,
        Meta(
            title="Arrange by use",
            description="Whether the tabs of a category stand in the order of use from the start",
        ),
    ] = False
    pixel_aspect: Annotated[
        float,
        Meta(
            title="Pixel aspect",
            description="Width over height of a pixel as measured on the wall",
            ge=0.5,
            le=2.0,
        ),
    ] = 1.0
    driver: Annotated[
        bool,
        Meta(
            title="Driver",
            description="Let the tour or a benchmark drive the wall over its local socket",
        ),
    ] = False
    ask_when_critical: Annotated[
        bool,
        Meta(
            title="Ask when critical",
            description="Ask whether an incident that has become critical may take the screen",
        ),
    ] = True


class PresenceSettings(Section, frozen=True):
    """Whether somebody is near the wall, and what it does when nobody is."""

    dim_after_s: Annotated[
        float,
        Meta(title="Dim", description="Seconds without anybody until the wall dims; 0 never", ge=0),
    ] = 120.0
    lock_after_s: Annotated[
        float,
        Meta(
            title="Lock", description="Seconds without anybody until the wall locks; 0 never", ge=0
        ),
    ] = 900.0
    without_sensor: Annotated[
        bool,
        Meta(
            title="Without sensor",
            description="Dim and lock after so long without any input where neither camera nor "
            "sensor tells who is near; off, such a wall stays on in front of somebody who speaks",
        ),
    ] = False
    near_m: Annotated[
        float,
        Meta(title="Near", description="Metres from the camera that count as near", ge=1, le=8),
    ] = 4.0
    lens_deg: Annotated[
        float,
        Meta(title="Lens", description="Horizontal angle of the lens, degrees", ge=30, le=150),
    ] = 60.0
    mqtt_host: Annotated[
        str,
        Meta(title="Broker", description="MQTT broker of a presence sensor; empty uses none"),
    ] = ""
    mqtt_port: Annotated[
        int, Meta(title="Broker's port", description="1883, with TLS 8883", ge=1, le=65535)
    ] = 1883
    mqtt_tls: Annotated[
        bool, Meta(title="TLS", description="Encrypt the line to the broker and check who it is")
    ] = False
    mqtt_ca_file: Annotated[
        str,
        Meta(title="CA", description="Certificate of the broker's CA; empty takes the system's"),
    ] = ""
    mqtt_user: Annotated[str, Meta(title="User", description="Empty logs in as nobody")] = ""
    mqtt_password_file: Annotated[
        str, Meta(title="Password", description="File that holds the password, and nothing else")
    ] = ""
    mqtt_topic: Annotated[
        str,
        Meta(title="Topic", description="Of one sensor, without wildcards", pattern="^[^+#]*$"),
    ] = ""
    mqtt_field: Annotated[
        str,
        Meta(
            title="Field",
            description="Field of the JSON payload that tells (occupancy, or a.b for a field in a "
            "field); empty: the payload is on/off, true/false, 1/0 itself",
        ),
    ] = ""
    sensor_lost_s: Annotated[
        float,
        Meta(
            title="Sensor lost",
            description="A sensor silent for so many seconds can't tell any more; choose it "
            "longer than the time until the wall locks",
            ge=10,
        ),
    ] = 3600.0
