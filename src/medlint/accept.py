"""Adding a word to a configuration's ``words``, with the reason beside it, and nothing else of the file changed."""

from __future__ import annotations

import json
from typing import Any

from medlint.errors import ConfigError
from medlint.safe_toml import TomlError, loads
from medlint.toml_lines import lines


def with_word(text: str, where: str, word: str, reason: str) -> str:
    """``text``, the configuration at ``where``, with ``word`` among its accepted ones.

    Raises ConfigError where the word is accepted already, or where the file is written so that only a person can tell
    where the word belongs.
    """
    before = _settings(text)
    if word in before.get("words", []):
        raise ConfigError(where, f"{word!r} is accepted already", remedy="There is nothing to do.")
    entry = f"{json.dumps(word, ensure_ascii=False)},  # {' '.join(reason.split())}"
    rows = text.splitlines(keepends=True)
    found = lines(text)
    if "words" in found:
        row = found["words"] - 1
        head, bracket, tail = rows[row].partition("[")
        rows[row] = f"{head}{bracket}\n    {entry}\n{'    ' if tail.strip() not in ('', ']') else ''}{tail.lstrip()}"
    else:
        # In a pyproject.toml after the head of our table, in a file of our own before the first table.
        tables = [
            number for place, number in found.items() if "." not in place and rows[number - 1].lstrip()[:1] == "["
        ]
        row = found[""] if "" in found else min(tables, default=len(rows) + 1) - 1
        rows.insert(row, f"words = [\n    {entry}\n]\n")
    after = "".join(rows)
    wanted = {**before, "words": [*before.get("words", []), word]}
    if not _same(after, wanted):
        raise ConfigError(where, f"there is no plain place for {word!r}", remedy=f"Add {entry} to 'words' by hand.")
    return after


def _same(text: str, wanted: dict[str, Any]) -> bool:
    try:
        found = _settings(text)
    except TomlError:
        return False
    return {**found, "words": sorted(found.get("words", []))} == {**wanted, "words": sorted(wanted["words"])}


def _settings(text: str) -> dict[str, Any]:
    values = loads(text)
    own: dict[str, Any] = values.get("tool", {}).get("medlint", values)
    return own
