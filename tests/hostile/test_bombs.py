"""Small files that grow large when they are read are refused at once and with a remedy."""

from __future__ import annotations

import time

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
    assert time.process_time() - started < 0.5, "ten times what the slowest needs"


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_front_matter_loses_no_text(name: str) -> None:
    document = read(Source(f"---\n{BOMBS[name]}\n---\n\n# Coughs\n\nRest helps.\n", "a.md"))
    assert any(block.text == "Rest helps." for block in document.blocks)
