"""What is worked out once a machine: the same ever after, and nothing lost where it cannot be kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from medlint import kept


class Shape(NamedTuple):
    words: frozenset[str]
    weight: int = 1


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MEDLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(kept, "_WORTH_WRITING", 0.0)
    kept._state.cache_clear()
    return tmp_path / "cache"


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A module whose values are kept."""
    path = tmp_path / "module.py"
    path.write_text("one = 1")
    return path


class Maker:
    """Makes the sample, and counts how often."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> Mapping[str, Shape]:
        self.calls += 1
        return {word: Shape(frozenset(word), len(word)) for word in ("dose", "doses", "\N{MICRO SIGN}g")}


def run(make: Maker, module: Path) -> Mapping[str, Shape]:
    with kept.between_runs():
        return dict(kept.table("sample", Shape, make, str(module)))


def test_a_value_is_made_once(module: Path) -> None:
    make = Maker()
    assert run(make, module) == run(make, module) == Maker()()
    assert make.calls == 1


def test_a_table_is_a_mapping_however_it_was_come_by(module: Path) -> None:
    for _ in range(2):
        with kept.between_runs():
            found = kept.table("sample", Shape, Maker(), str(module))
            assert found.keys() == Maker()().keys()
            assert "dose" in found
            assert "pill" not in found
            assert found.get("pill") is None
            assert found["dose"] is found["dose"]
            assert len(found) == 3
            with pytest.raises(KeyError):
                found["pill"]


def test_a_changed_module_makes_its_values_again(module: Path) -> None:
    make = Maker()
    run(make, module)
    module.write_text("one = 111")
    kept._state.cache_clear()
    run(make, module)
    assert make.calls == 2


def test_a_changed_list_makes_again_what_is_made_of_it(module: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    for text in ("one", "other"):
        words.write_text(text)
        with kept.between_runs():
            assert kept.value("list", str, words.read_text, str(module), str(words)) == text
        kept._state.cache_clear()


def test_changed_rules_make_all_values_again(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    run(make, module)
    monkeypatch.setattr("medlint.bundle.load", lambda: type("Bundle", (), {"digest": "sha256:other"}))
    kept._state.cache_clear()
    run(make, module)
    assert make.calls == 2


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "other python", "not a dictionary"])
def test_a_file_that_is_not_ours_costs_time_only(folder: Path, module: Path, damage: str) -> None:
    make = Maker()
    run(make, module)
    (path,) = folder.glob("kept-*")
    data = path.read_bytes()
    middle = len(data) - 20
    path.write_bytes(
        {
            "cut": data[:middle],
            "flipped": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
            "empty": b"",
            "other python": data.replace(b"\n", b"x\n", 1),
            "not a dictionary": b"\xc0" * 100,
        }[damage]
    )
    assert run(make, module) == Maker()()
    assert make.calls == 2
    assert path.read_bytes()[:20] == data[:20]
    run(make, module)
    assert make.calls == 2


def test_a_folder_that_cannot_be_written_costs_time_only(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDLINT_CACHE_DIR", "/dev/null/nowhere")
    assert run(Maker(), module) == Maker()()


def test_little_new_work_does_not_write_the_file_again(
    folder: Path, module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_WORTH_WRITING", 1000.0)
    run(Maker(), module)
    assert not folder.exists()


def test_the_file_does_not_grow_without_end(folder: Path, module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 100)
    for start in range(0, 300, 30):
        with kept.between_runs():
            for number in range(start, start + 30):
                kept.value(f"name {number}", int, lambda: 1, str(module))
    (path,) = folder.glob("kept-*")
    assert path.stat().st_size < 20_000


def test_in_ci_nothing_is_believed_or_left_behind(folder: Path, module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    run(make, module)
    (path,) = folder.glob("kept-*")
    before = path.read_bytes()
    monkeypatch.setenv("CI", "true")
    run(make, module)
    assert make.calls == 2
    assert path.read_bytes() == before


def test_outside_a_run_nothing_is_kept(folder: Path, module: Path) -> None:
    make = Maker()
    assert kept.table("sample", Shape, make, str(module)) == make()
    assert not folder.exists()


def test_two_installations_keep_apart(tmp_path: Path) -> None:
    import shutil

    import medlint

    names = []
    for place in ("one", "two"):
        package = tmp_path / place / "medlint"
        package.mkdir(parents=True)
        for name in ("__init__.py", "_version.py", "cache.py"):
            shutil.copy(Path(medlint.__file__).with_name(name), package)
        code = "from medlint import cache; print(cache.INSTALLATION)"
        done = subprocess.run([sys.executable, "-S", "-c", code], env={"PYTHONPATH": str(tmp_path / place)},
                              capture_output=True, text=True, check=True)  # fmt: skip
        names.append(done.stdout)
    assert names[0] != names[1]
