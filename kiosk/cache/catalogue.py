"""Names of what the city has, for checking arguments and filling spoken slots."""

from kiosk.cache.repositories import Repositories
from kiosk.core.world import Entry


class CachedCatalogue:
    """The Catalogue of the core, read from the cache when made: a snapshot that costs no query.

    Make a new one when CacheChanged names districts, indicators or cameras.
    """

    def __init__(self, repositories: Repositories) -> None:
        self._districts = tuple(
            Entry(id=d.code, name=d.name, number=i)
            for i, d in enumerate(repositories.districts(), 1)
        )
        self._indicators = tuple(
            Entry(id=indicator.id, name=indicator.title, number=i)
            for i, indicator in enumerate(repositories.indicators(), 1)
        )
        self._cameras = tuple(
            Entry(id=c.id, name=c.name, number=c.number) for c in repositories.cameras()
        )

    def districts(self) -> tuple[Entry, ...]:
        return self._districts

    def indicators(self) -> tuple[Entry, ...]:
        return self._indicators

    def cameras(self) -> tuple[Entry, ...]:
        return self._cameras
