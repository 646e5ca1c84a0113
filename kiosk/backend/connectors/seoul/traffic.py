"""Speed on a road link, one link a call. The service gives no time and knows only XML."""

from kiosk.backend.connectors.seoul.table import Table, figure, table_connector

FASTEST_KMH = 150  # speed limits end at 110 km/h; above this the detector is wrong

CONNECTOR = table_connector(
    "TrafficInfo",
    "실시간 도로 소통 정보",
    Table(
        identity=("link_id",),
        figures=(
            figure("prcs_spd", "road.speed", "km/h", high=FASTEST_KMH),
            figure("prcs_trv_time", "road.travel_time", "s"),
        ),
    ),
)
