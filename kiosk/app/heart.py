"""The heart of the wall: registry, bindings, the one Dispatcher, and the way to it."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.app.configuration import read_desk, read_policy, read_presets, read_profiles
from kiosk.app.world import WallWorld
from kiosk.cache.files import JOURNAL
from kiosk.cache.journal import AuditJournal
from kiosk.commands import make_registry
from kiosk.core.bindings import Bindings
from kiosk.core.clock import Clock
from kiosk.core.dispatcher import Carry, Dispatcher
from kiosk.core.registry import Registry, Risk
from kiosk.core.state import Place, Store, replace
from kiosk.inputs import Intake
from kiosk.inputs.configured import read_bindings
from kiosk.settings import Settings

ORDERING = "order.give"


@dataclass(frozen=True)
class Heart:
    """What every input goes through."""

    registry: Registry
    bindings: Bindings
    store: Store
    dispatcher: Dispatcher
    intake: Intake


def make_heart(
    settings: Settings, store: Store, world: WallWorld, clock: Clock, carry: Carry
) -> Heart:
    """From the configuration folder; audits into the data folder. Raises SettingsError."""
    config, data = Path(settings.paths.config_dir), Path(settings.paths.data_dir)
    registry = make_registry()
    bindings, _ = read_bindings(config, registry, settings.bindings)
    world.people = {name: who.title for name, who in bindings.people.items()}
    world.desk = read_desk(settings)
    world.presets = read_presets(settings)
    world.profiles = read_profiles(settings)
    if store.state.place == Place() and not store.state.past:
        store.put(replace(store.state, place=world.profiles.home(store.state.profile)))
    policy = read_policy(config)
    world.givers = tuple(
        role
        for role in policy.limit
        if policy.may_take(Risk.REACH, role) or ORDERING in policy.grant.get(role, frozenset())
    )
    dispatcher = Dispatcher(
        registry=registry,
        store=store,
        policy=policy,
        world=world,
        audit=AuditJournal(data / JOURNAL),
        clock=clock,
        carry=carry,
    )
    intake = Intake(
        dispatcher=dispatcher,
        store=store,
        bindings=bindings,
        policy=policy,
        clock=clock,
        profiles=world.profiles,
    )
    return Heart(registry, bindings, store, dispatcher, intake)
