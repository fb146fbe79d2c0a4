"""Patterns are compiled once, and mean the same ever after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from medlint import regex_cache
from medlint.kept import between_runs

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
    monkeypatch.setattr("medlint.kept._WORTH_WRITING", 0.0)
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
    with between_runs() as store, regex_cache.kept(store):
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
    before = re._compile  # type: ignore[attr-defined]
    kept()
    assert re._compile is before  # type: ignore[attr-defined]


def test_a_mistake_in_a_pattern_is_told_as_ever() -> None:
    with between_runs() as store, regex_cache.kept(store), pytest.raises(re.error, match="missing \\)"):
        re.compile("(never closed")
