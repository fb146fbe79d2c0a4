"""The documentation says what is: generated pages are fresh, commands and rules it names exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from medlint.catalog import builtin
from medlint.cli import COMMANDS

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(
    not all((ROOT / name).exists() for name in ("tools/reference.py", "docs", "mkdocs.yml")),
    reason="only in a checkout",
)


def test_the_reference_pages_are_fresh() -> None:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stale = [name for name, text in module.pages().items() if (ROOT / "docs" / name).read_text("utf-8") != text]
    assert not stale, "run tools/reference.py"


@pytest.mark.parametrize(
    "page",
    [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"],
    ids=lambda page: page.name,
)
def test_commands_and_rules_that_are_named_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    fenced = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    named = re.findall(r"`medlint ([a-z]+)", text) + re.findall(
        r"^(?:\.venv/bin/)?medlint ([a-z]+)", fenced, re.MULTILINE
    )
    assert set(named) <= set(COMMANDS)
    rules = {rule.name for rule in builtin()}
    for rule in re.findall(r"(?:explain|try|--select) ([a-z]+(?:-[a-z]+)+)", text):
        assert rule in rules or rule in ("my-rule",)


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        assert page.relative_to(ROOT / "docs").as_posix() in navigation


def test_tests_that_are_named_exist() -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page.read_text("utf-8")):
            assert f"def {name}(" in (ROOT / path).read_text("utf-8"), (page.name, path, name)
