"""Small files that grow large when they are read, and names that lead to no file, are refused at once and with a remedy."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from medlint import safe_yaml
from medlint.errors import RuleError
from medlint.readers import read
from medlint.source import Source

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS = {
    "aliases of aliases": LAUGHS,
    "an alias to itself": "a: &a [*a]\n",
    "deep nesting": "[" * 50_000,
    "deep blocks": "".join(f"{' ' * depth}-\n" for depth in range(3000)),
    "many merges": "a: &a {b: 1}\nc:\n" + "  <<: *a\n" * 20_000,
    "a tag that runs code": "!!python/object/apply:os.system ['true']\n",
    "a huge number": "a: " + "9" * 200_000 + "\n",
    "many documents": "---\na: 1\n" * 20_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_a_rule_file_is_refused_at_once(name: str) -> None:
    started = time.process_time()
    try:
        found = safe_yaml.read(BOMBS[name], "rule.yaml")
    except RuleError as error:
        assert "rule.yaml" in str(error)
    else:
        assert name == "a huge number"
        assert len(str(found)) < 300_000
    assert time.process_time() - started < 5, "far more than is ever needed, for no machine is that slow"


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_front_matter_loses_no_text(name: str) -> None:
    document = read(Source(f"---\n{BOMBS[name]}\n---\n\n# Coughs\n\nRest helps.\n", "a.md"))
    assert any(block.text == "Rest helps." for block in document.blocks)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_only_files_are_read_from_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.md")
    Path("folder.md").mkdir()
    Path("dangling.md").symlink_to("nowhere.md")
    Path("a.md").write_text("# Coughs\n")
    from medlint.cli import invoke

    assert invoke(["check", ".", "--offline", "--isolated", "--exit-zero"]) == 0
