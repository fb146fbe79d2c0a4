"""A third party can add a check by installing a package, and rules by naming a folder."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from medlint import checks
from medlint.catalog import from_folder, problems, select
from medlint.errors import RuleError
from medlint.examples import run

PLUGIN = Path(__file__).parent / "plugin"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The plug-in as an installed package: on the path, with its entry point declared."""
    info = tmp_path / "medlint_shouting-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: medlint-shouting\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[medlint.checks]\nshouting = medlint_shouting\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(PLUGIN), *sys.path])
    importlib.invalidate_caches()
    checks.load.cache_clear()


@pytest.mark.usefixtures("installed")
def test_a_package_adds_a_check_and_a_folder_of_rules() -> None:
    rules = from_folder(PLUGIN / "medlint_shouting" / "house")
    assert [rule.name for rule in rules] == ["shouting-in-text"]
    assert not [problem for rule in rules for problem in problems(rule)]
    assert all(failure is None for failure in run(select(rules).rules))


def test_without_the_package_the_error_says_what_is_missing() -> None:
    checks.load.cache_clear()
    with pytest.raises(RuleError, match="no check called 'shouting'"):
        from_folder(PLUGIN / "medlint_shouting" / "house")
