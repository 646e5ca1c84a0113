"""Public bicycles. `shared` is bicycles per rack in per cent: over 100 where some stand beside."""

from kiosk.backend.connectors.seoul.table import Table, figure, table_connector

CONNECTOR = table_connector(
    "bikeList",
    "따릉이 실시간 대여정보",
    Table(
        identity=("stationId",),
        kind="bike.station",
        name="stationName",
        lat="stationLatitude",
        lon="stationLongitude",
        figures=(
            figure("parkingBikeTotCnt", "bike.parked", full="rackTotCnt"),
            figure("rackTotCnt", "bike.racks"),
            figure("shared", "bike.occupancy", "%", full=100),
        ),
    ),
    "rentBikeStatus",
)
