"""Items: read from the city's files, told to kiosks, found in the cache, opened and stepped."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.backend.catalogue import load_city
from kiosk.backend.items import item_rows, load_items
from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.repositories import Repositories
from kiosk.cache.writer import CacheWriter
from kiosk.core.state import Place, replace
from kiosk.pack import pack_folder
from kiosk.settings import Settings, SettingsError
from kiosk.wire.city import Change, ChangesPage, Item
from kiosk.wire.text import Text
from tests.helpers.heart import Heart

FOLDER = pack_folder(Settings())
NOW_MS = 1_790_000_000_000
TOML = """
[[publication]]
id = "paper"
title = { ko = "보도자료", en = "Press release" }
date = "2021-01-21"

[[item]]
id = "named"
kind = "pledge"
publication = "paper"
title = { ko = "이름", en = "Name" }
state = "running"
progress = 0.5
owner = { ko = "담당", en = "Owner" }
due = "2022-06-30"
readings = { count = 29 }
simulated = true

[[item]]
id = "made-up"
kind = "pledge"
parent = "named"
title = { ko = "시연", en = "Demonstration" }
districts = ["11110"]
simulated = true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "some.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[CacheWriter]:
    made, _ = CacheWriter.open(tmp_path / "cache.db", NOW_MS)
    yield made
    made.close()


def write(writer: CacheWriter, *rows: Item, revision: int = 1) -> None:
    changes = tuple(Change(revision=revision, row=row) for row in rows)
    writer.apply(ChangesPage("e", revision, changes, more=False, head=revision), NOW_MS)


@pytest.fixture
def repositories(tmp_path: Path, writer: CacheWriter) -> Iterator[Repositories]:
    rows = [
        Item("b", "pledge", Text("나", "B"), parent="v", position=2),
        Item("v", "vision", Text("가", "A"), position=1),
        Item("a", "pledge", Text("다", "C"), parent="v", position=3, readings={"count": 2.0}),
    ]
    write(writer, *rows)
    engine = open_cache_for_reading(tmp_path / "cache.db")
    yield Repositories(engine)
    engine.dispose()


def ids(items: tuple[Item, ...]) -> list[str]:
    return [item.id for item in items]


def test_items_are_found_by_kind_by_parent_and_by_id(repositories: Repositories) -> None:
    assert ids(repositories.items()) == ["v", "b", "a"]
    assert ids(repositories.items("pledge")) == ["b", "a"]
    assert ids(repositories.children("v")) == ["b", "a"]
    assert ids(repositories.newest_items("pledge", 1)) == ["a"]
    found = repositories.item("a")
    assert found is not None
    assert found.readings == {"count": 2.0}
    assert repositories.item("x") is None


def test_what_was_read_before_is_read_again_when_it_has_changed(
    repositories: Repositories, writer: CacheWriter
) -> None:
    before = repositories.items("pledge")
    assert repositories.items("pledge") is before
    write(writer, Item("c", "pledge", Text("라", "D"), position=4), revision=2)
    assert ids(repositories.items("pledge")) == ["b", "a", "c"]
    assert ids(repositories.items("vision")) == ["v"]


def test_an_item_says_where_it_stands_written(folder: Path) -> None:
    named, made_up = item_rows(load_items(folder, ["11110"]), demo=True)
    assert named.source == Text("보도자료, 2021-01-21", "Press release, 2021-01-21")
    assert named.t_ms == 1_611_154_800_000  # 2021-01-21 in Korea
    assert (named.state, named.progress, named.simulated) == ("running", 0.5, True)
    assert made_up.source == Text("", "")
    assert made_up.simulated


def test_without_the_demonstration_only_what_is_written_remains(folder: Path) -> None:
    (named,) = item_rows(load_items(folder, ["11110"]), demo=False)
    assert (named.state, named.progress, named.due_ms, named.owner.ko) == ("", None, None, "")
    assert named.readings == {"count": 29.0}
    assert not named.simulated


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('parent = "named"', 'parent = "nobody"', "made-up.parent"),
        ('publication = "paper"', 'publication = "book"', "named.publication"),
        ('["11110"]\nsimulated = true', '["11110"]', "made-up.publication"),
        ('["11110"]', '["99999"]', "made-up.districts"),
        ('id = "made-up"', 'id = "named"', "named.id"),
        ("progress = 0.5", "progress = 50", "item[0].progress"),
    ],
)
def test_a_wrong_item_is_refused_with_its_place(
    folder: Path, old: str, new: str, field: str
) -> None:
    assert old in TOML
    file = folder / "items" / "some.toml"
    file.write_text(TOML.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load_items(folder, ["11110"])
    assert field in refused.value.field
    assert refused.value.file == str(file)


def test_the_citys_own_items_fit(tmp_path: Path) -> None:
    assert load_city(FOLDER).items.items
    copy = Path(shutil.copytree(FOLDER, tmp_path / "city"))
    shutil.rmtree(copy / "items")
    assert load_city(copy).items.items == ()


def test_an_item_opens_on_the_panel_of_its_kind() -> None:
    heart = Heart()
    heart.intake.touch("item.open", {"item": "pledge-2"}, "press")
    assert heart.store.state.place == Place("pledges", item="pledge-2")
    heart.intake.touch("item.next", {}, "press")
    assert heart.store.state.place == Place("pledges", item="pledge-1")
    heart.intake.touch("item.previous", {}, "press")
    assert heart.store.state.place == Place("pledges", item="pledge-2")
    heart.intake.touch("item.open", {"item": "unseen"}, "press")
    assert heart.store.state.place.item == "pledge-2"


def test_a_hand_goes_down_the_tree_and_up_again() -> None:
    heart = Heart()
    heart.store.put(replace(heart.store.state, place=Place("pledges")))

    def shown(command: str) -> str | None:
        heart.intake.touch(command, {}, "press")
        return heart.store.state.place.item

    assert shown("nav.detail") == "vision"
    assert shown("item.next") == "vision", "it stands alone at the top"
    assert shown("nav.detail") == "pledge-1"
    assert shown("nav.detail") == "pledge-1", "there is nothing further down"
    assert shown("item.previous") == "pledge-2"
    assert shown("nav.close") == "vision"
    assert shown("nav.close") is None
    assert heart.store.state.panel == "pledges"


def test_a_number_opens_what_has_it_in_the_list() -> None:
    heart = Heart()
    heart.store.put(replace(heart.store.state, place=Place("pledges", item="vision")))
    heart.intake.touch("item.number", {"number": 2}, "press")
    assert heart.store.state.place.item == "pledge-2"
    heart.intake.touch("item.number", {"number": 1}, "press")
    assert heart.store.state.place.item == "pledge-1", "beside a leaf its siblings are listed"
    refused = heart.intake.touch("item.number", {"number": 9}, "press")
    assert "9번" in refused.reason.ko
    assert heart.store.state.place.item == "pledge-1"


def test_in_a_district_numbers_count_what_lies_there() -> None:
    heart = Heart()
    for district, number, opened in (("11710", 1, "project-2"), (None, 1, "project-1")):
        heart.store.put(replace(heart.store.state, place=Place("projects", district)))
        heart.intake.touch("item.number", {"number": number}, "press")
        assert heart.store.state.place.item == opened


def test_an_order_is_about_the_item_that_is_open() -> None:
    heart = Heart()
    heart.intake.touch("item.open", {"item": "pledge-1"}, "press")
    heart.intake.touch("order.compose", {}, "press")
    assert heart.store.state.place.about == "items/pledge-1"
