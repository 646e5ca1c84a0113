"""The download of the package admdongkor (MIT), which the kiosk does not bring along: it is asked
for only where an installer wants it, and brings a geographic stack of some 200 MB."""

from importlib import import_module

from kiosk.backend.outlines import OutlinesError

PACKAGE = "admdongkor"
SOURCE = "Statistics Korea, administrative boundaries, by admdongkor"
LICENCE = "free use with attribution (KOGL type 1)"


def download(version: str | None) -> tuple[str, bytes]:
    """Version (its date) and the country's neighbourhoods as GeoJSON in degrees. Raises
    OutlinesError when the package is absent, knows no such version or can't reach its server."""
    try:
        package = import_module(PACKAGE)
    except ImportError as error:
        raise OutlinesError(
            f"the package {PACKAGE} is not installed; install it with "
            f".venv/bin/python -m pip install {PACKAGE}, or import a file"
        ) from error
    except Exception as error:
        raise OutlinesError(f"{PACKAGE} can't reach its server: {error}") from error
    try:
        wanted = version or str(package.versions()[-1])
        text: str = package.get(wanted, "emd", crs="EPSG:4326").to_json()
    except Exception as error:
        raise OutlinesError(f"{PACKAGE} can't bring the boundaries: {error}") from error
    return wanted, text.encode()
