"""Finding the speech model, and giving it our rules without copying it."""

from pathlib import Path

import pytest

from voice.errors import ModelError
from voice.model_files import ModelRules, find_model, with_our_rules


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "some_model" / "model"
    for part in ("am/final.mdl", "graph/Gr.fst", "conf/mfcc.conf"):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text("large")
    (folder / "conf/model.conf").write_text(
        "--beam=10.0\n--frame-subsampling-factor=3\n--endpoint.rule2.min-trailing-silence=0.5\n"
    )
    return folder


def test_the_large_files_are_linked_and_the_rules_are_ours(model: Path, tmp_path: Path) -> None:
    original = (model / "conf/model.conf").read_text()
    for confident_s in (0.4, 0.3):  # making it again replaces it
        copy = with_our_rules(model, tmp_path / "cache", ModelRules(confident_s=confident_s))
    assert (copy / "am").is_symlink()
    assert (copy / "am/final.mdl").read_text() == "large"
    assert (copy / "conf/model.conf").read_text().splitlines() == [
        "--frame-subsampling-factor=3",
        "--endpoint.rule2.min-trailing-silence=0.3",
        "--endpoint.rule3.min-trailing-silence=0.7",
        "--endpoint.rule4.min-trailing-silence=1.4",
        "--beam=8.0",
        "--max-active=1000",
        "--lattice-beam=8.0",
    ]
    assert (model / "conf/model.conf").read_text() == original
    assert find_model("ko", copy) == copy


def test_a_folder_that_is_no_model_names_what_is_missing(model: Path) -> None:
    (model / "am/final.mdl").unlink()
    with pytest.raises(ModelError, match=r"am/final\.mdl is missing"):
        find_model("ko", model)


def test_a_cache_that_can_not_be_written_is_named(model: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(ModelError, match="can't be written"):
        with_our_rules(model, tmp_path / "cache", ModelRules())


def test_a_language_without_a_model_says_so() -> None:
    with pytest.raises(ModelError, match="no speech model for 'fr'"):
        find_model("fr")
