"""Patterns are compiled once, and mean the same ever after, whatever happens to the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from medlint import regex_cache

SAMPLE = "Dr Ada Lim, MD, reviewed this on 3 May 2026: take 5 mg \ud800 naïve İstanbul"
PATTERNS = [
    (rf"(?P<first>\w+)\s+(?P<second>[a-z]{{{number}}})(?!x)|(?<=\d) mg|[^\W\d_]+(?:'s)?", flags)
    for number in range(1, 8)
    for flags in (0, re.IGNORECASE, re.IGNORECASE | re.ASCII, re.VERBOSE | re.MULTILINE | re.DOTALL)
] + [("[\ud800-\udfff]", 0), (r"(?i:straße)|ſ", re.IGNORECASE), (r"((a)|b)*+c?", 0)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("MEDLINT_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    re.purge()
    yield tmp_path
    re.purge()


def seen() -> list[object]:
    """Everything about the patterns that a program could see."""
    found: list[object] = []
    for pattern, flags in PATTERNS:
        made = re.compile(pattern, flags)
        matches = [
            (match.span(), match.groups(), match.groupdict(), match.lastgroup) for match in made.finditer(SAMPLE)
        ]
        found.append((made.pattern, made.flags, made.groups, dict(made.groupindex), matches))
    return found


def kept() -> list[object]:
    re.purge()
    with regex_cache.kept():
        return seen()


def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is compiled from now on."""
    compiled: list[str] = []
    parser = re._parser  # type: ignore[attr-defined]
    parse = parser.parse
    monkeypatch.setattr(parser, "parse", lambda pattern, *rest: compiled.append(pattern) or parse(pattern, *rest))
    return compiled


def test_a_kept_pattern_is_the_pattern_and_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = seen()
    assert kept() == plain
    compiled = compilations(monkeypatch)
    assert kept() == plain
    assert compiled == []


def test_outside_nothing_is_changed() -> None:
    before = re._compiler.compile  # type: ignore[attr-defined]
    kept()
    assert re._compiler.compile is before  # type: ignore[attr-defined]


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "other python", "not a dictionary"])
def test_a_file_that_is_not_ours_costs_time_only(folder: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = kept()
    (path,) = folder.glob("patterns-*")
    data = path.read_bytes()
    middle = len(data) // 2
    path.write_bytes(
        {
            "cut": data[:middle],
            "flipped": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
            "empty": b"",
            "other python": data.replace(b"\n", b"x\n", 1),
            "not a dictionary": b"\xc0" * 100,
        }[damage]
    )
    assert kept() == plain
    assert path.read_bytes() == data
    compiled = compilations(monkeypatch)
    assert kept() == plain
    assert compiled == []


def test_a_folder_that_cannot_be_written_costs_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDLINT_CACHE_DIR", "/dev/null/nowhere")
    assert kept() == seen()


def test_a_few_new_patterns_do_not_write_the_file_again(folder: Path) -> None:
    kept()
    (path,) = folder.glob("patterns-*")
    before = path.stat().st_mtime_ns
    with regex_cache.kept():
        re.compile("an article's own name")
    assert path.stat().st_mtime_ns == before


def test_the_file_does_not_grow_without_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex_cache, "_MOST", 100)
    for start in range(0, 300, 30):
        with regex_cache.kept():
            for number in range(start, start + 30):
                re.compile(f"name {number}")
    (path,) = folder.glob("patterns-*")
    assert path.stat().st_size < 40_000


def test_a_mistake_in_a_pattern_is_told_as_ever() -> None:
    with regex_cache.kept(), pytest.raises(re.error, match="missing \\)"):
        re.compile("(never closed")


def test_in_ci_nothing_is_believed_or_left_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    compiled = compilations(monkeypatch)
    kept()
    assert compiled
    assert not list(folder.glob("patterns-*"))
